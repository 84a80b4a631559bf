import { auditedWrite, writeChanges } from '../audit/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import { byId, changedFields, decide, put, readAll, type VersionedRecord } from '../storage/index.ts'
import { customers } from './customer.collection.ts'
import type { Customer } from './customer.ts'
import { customerView } from './named-in.ts'
import type { CustomerPorts } from './put-customer.ts'
import { sameEmail } from './same-email.ts'

/** A record after its personal data were erased. */
export interface ErasedCustomer extends VersionedRecord<Customer> {
  /**
   * Ids of the other records with the e-mail that was erased, which are left as they are. Null where the record had been
   * erased before: the e-mail is gone, so there may be others.
   */
  sameEmail: readonly string[] | null
}

/**
 * Erases what is personal and forgets who it was, the id at the host included: who comes back is a new customer.
 * Orders, entitlements and the journal hold the opaque id and stay as they are. Repeated, it changes nothing, and cannot
 * say any more which other records have the e-mail.
 * @throws BursarError `not_found`
 */
export function eraseCustomer(
  ports: CustomerPorts,
  call: Call,
  input: { customerId: string },
): Promise<ErasedCustomer> {
  let others: readonly string[] | null = null // kept for the attempt after a lost reply, which finds no e-mail
  const write = auditedWrite(ports.runtime, call)
  return decide(ports, call.scope, async () => {
    const [stored] = await readAll(ports.storage, call.scope, byId(customers, input.customerId))
    if (stored === null) throw new BursarError('not_found')
    if (stored.body.erasedAt !== null) {
      return { answer: { record: stored.body, version: stored.version, sameEmail: others } }
    }
    others = await sameEmail(ports.storage, call.scope, stored.body)
    const { id, createdAt } = stored.body
    const record: Customer = {
      ...{ id, createdAt, hostId: null, email: null, name: null, links: [], groups: [] },
      erasedAt: call.now,
    }
    const fields = changedFields(customerView(stored.body), record)
    const what = { collection: customers.name, record: id, fields }
    return {
      changes: [put(customers, stored, record), ...writeChanges(call, write, what)],
      done: () => ({ record, version: stored.version + 1, sameEmail: others }),
    }
  })
}
