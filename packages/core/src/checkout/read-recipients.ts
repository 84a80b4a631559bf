import { type Customer, customers } from '../customer/index.ts'
import type { Order } from '../order/index.ts'
import type { Scope, Storage, Stored } from '../ports/index.ts'
import { byId, type RecordRef, readAll } from '../storage/index.ts'

type Lines = Pick<Order, 'customerId' | 'lines'>

/** The customers who get an order's lines, by id, with one who is known. */
export async function readRecipients(
  { storage }: { storage: Storage },
  scope: Scope,
  order: Lines,
  known: Customer,
): Promise<Map<string, Customer>> {
  const others = recipientRefs(order).filter(({ id }) => id !== known.id)
  return recipientsOf(await readAll(storage, scope, ...others)).set(known.id, known)
}

/** Where these customers stand, for a read of more. */
export function recipientRefs({ customerId, lines }: Lines): (RecordRef<Stored<Customer>> & { id: string })[] {
  const named = lines.map(({ recipient }) => (recipient.type === 'buyer' ? customerId : recipient.customerId))
  return [...new Set(named)].map((id) => ({ ...byId(customers, id), id }))
}

/** These customers by id, out of what was found there. */
export function recipientsOf(found: readonly (Stored<Customer> | null)[]): Map<string, Customer> {
  return new Map(found.flatMap((stored) => (stored === null ? [] : [[stored.id, stored.body]])))
}
