import type { Cart, CartLine } from '../cart/index.ts'
import { type Customer, type CustomerRecord, customers } from '../customer/index.ts'
import { BursarError } from '../errors/index.ts'
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

/**
 * The records of those whom a cart's lines name. Whose data were erased can be given nothing and can claim nothing: that is
 * refused before money is taken, and the order's commit checks that they are still as they were read here.
 *
 * @throws BursarError `not_sellable` with the line, for one who was erased
 */
export async function readNamed(
  { storage }: { storage: Storage },
  scope: Scope,
  { lines }: Cart,
): Promise<readonly Stored<CustomerRecord>[]> {
  const named = lines.flatMap(({ id: lineId, variantId, recipient = BUYER }) =>
    recipient.type === 'buyer' ? [] : [{ lineId, variantId, id: recipient.customerId }],
  )
  const ids = [...new Set(named.map(({ id }) => id))]
  if (ids.length === 0) return []
  const found = (await readAll(storage, scope, ...ids.map((id) => byId(customers, id)))).filter((one) => one !== null)
  const gone = named.find(({ id }) => found.every((one) => one.id !== id || one.body.erasedAt !== null))
  if (gone === undefined) return found
  const { lineId, variantId } = gone
  const message = 'The person whom this is for is not known any more: name them again.'
  throw new BursarError('not_sellable', { message, reason: 'recipient_erased', data: { lineId, variantId } })
}

/** Whom a line names by their id at a platform, of those who were read. */
export function learnerNamed({ recipient }: CartLine, people: readonly Stored<Customer>[]): Customer | null {
  return recipient?.type === 'customer' ? (people.find(({ id }) => id === recipient.customerId)?.body ?? null) : null
}

/** Who gets a line that names nobody. */
export const BUYER = { type: 'buyer' } as const

/** Where these customers stand, for a read of more. */
export function recipientRefs({ customerId, lines }: Lines): (RecordRef<Stored<Customer>> & { id: string })[] {
  const named = lines.map(({ recipient }) => (recipient.type === 'buyer' ? customerId : recipient.customerId))
  return [...new Set(named)].map((id) => ({ ...byId(customers, id), id }))
}

/** These customers by id, out of what was found there. */
export function recipientsOf(found: readonly (Stored<Customer> | null)[]): Map<string, Customer> {
  return new Map(found.flatMap((stored) => (stored === null ? [] : [[stored.id, stored.body]])))
}
