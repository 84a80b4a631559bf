import { auditedWrite, writeChanges } from '../audit/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import { byId, changedFields, decide, put, readAll, type VersionedRecord } from '../storage/index.ts'
import { customers } from './customer.collection.ts'
import type { Customer } from './customer.ts'
import type { CustomerPorts } from './put-customer.ts'

/**
 * Erases what is personal and forgets who it was, the id at the host included: who comes back is a new customer.
 * Orders, entitlements and the journal hold the opaque id and stay as they are. Repeated, it changes nothing.
 * @throws BursarError `not_found`
 */
export function eraseCustomer(
  ports: CustomerPorts,
  call: Call,
  input: { customerId: string },
): Promise<VersionedRecord<Customer>> {
  const write = auditedWrite(ports.runtime, call)
  return decide(ports, call.scope, async () => {
    const [stored] = await readAll(ports.storage, call.scope, byId(customers, input.customerId))
    if (stored === null) throw new BursarError('not_found')
    if (stored.body.erasedAt !== null) return { answer: { record: stored.body, version: stored.version } }
    const { id, createdAt } = stored.body
    const record: Customer = {
      ...{ id, createdAt, hostId: null, email: null, name: null, links: [], groups: [] },
      erasedAt: call.now,
    }
    const what = { collection: customers.name, record: id, fields: changedFields(stored.body, record) }
    return {
      changes: [put(customers, stored, record), ...writeChanges(call, write, what)],
      done: () => ({ record, version: stored.version + 1 }),
    }
  })
}
