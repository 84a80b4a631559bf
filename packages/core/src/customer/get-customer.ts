import { BursarError } from '../errors/index.ts'
import type { Call, Storage } from '../ports/index.ts'
import { byId, readAll, type VersionedRecord } from '../storage/index.ts'
import { customers } from './customer.collection.ts'
import type { Customer } from './customer.ts'
import { customerView } from './named-in.ts'

/** One customer of the operator. @throws BursarError `not_found` */
export async function getCustomer(
  ports: { storage: Storage },
  call: Call,
  input: { customerId: string },
): Promise<VersionedRecord<Customer>> {
  const [stored] = await readAll(ports.storage, call.scope, byId(customers, input.customerId))
  if (stored === null) throw new BursarError('not_found')
  return { record: customerView(stored.body), version: stored.version }
}
