import type { Call, Runtime, Stored } from '../ports/index.ts'
import { customerHostId } from '../ports/index.ts'
import { byKey, type RecordRef } from '../storage/index.ts'
import type { Instant } from '../time/index.ts'
import { customers } from './customer.collection.ts'
import type { Customer, CustomerRecord } from './customer.ts'

/** Finds the customer for whom a call is made; add it to the refs of the use case's own read. Empty if nobody is named. */
export function customerRef(call: Call): readonly RecordRef<Stored<Customer>>[] {
  const hostId = customerHostId(call.principal)
  return hostId === null ? [] : [byKey(customers, 'hostId', hostId)]
}

/** A new customer record. */
export function newCustomer(
  runtime: Pick<Runtime, 'newId'>,
  now: Instant,
  known: Partial<Pick<Customer, 'hostId' | 'email' | 'name' | 'links' | 'groups'>>,
): Customer {
  return {
    id: runtime.newId('cus'),
    hostId: known.hostId ?? null,
    email: known.email?.toLowerCase() ?? null,
    name: known.name ?? null,
    links: known.links ?? [],
    groups: known.groups ?? [],
    createdAt: now,
    erasedAt: null,
  }
}

/** A new record that waits for whoever claims its address; insert it only where `unclaimedWith` found none. */
export function newWaiting(
  runtime: Pick<Runtime, 'newId'>,
  now: Instant,
  known: { email: string; name?: string | null },
): CustomerRecord {
  return { ...newCustomer(runtime, now, known), waitsAlone: true }
}
