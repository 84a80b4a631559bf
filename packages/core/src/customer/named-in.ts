import type { Change, Stored } from '../ports/index.ts'
import { put } from '../storage/index.ts'
import { customers } from './customer.collection.ts'
import type { Customer, CustomerRecord } from './customer.ts'

/** Carts that are told apart in one record; who is named in more of them stays. */
const MAXIMUM_CARTS = 5

/** A customer as staff see it: without what only the storage needs. */
export function customerView(record: CustomerRecord): Customer {
  const { waitsAlone: _key, ...customer } = withoutCarts(record)
  return customer
}

/** A record that ends with no cart any more. */
export function withoutCarts({ namedIn: _carts, ...record }: CustomerRecord): CustomerRecord {
  return record
}

/** Belongs to the commit of whatever will hold this record's id and is no cart: the record ends with no cart any more. */
export function relyOn(stored: Stored<CustomerRecord>): Change[] {
  return stored.body.namedIn === undefined ? [] : [put(customers, stored, withoutCarts(stored.body))]
}

/**
 * Belongs to the commit of a cart that comes to name this record. A record that ends with carts is written even where it
 * knows this one: whoever is about to remove it loses.
 */
export function nameIn(stored: Stored<CustomerRecord>, cart: { id: string; insteadOf?: string }): Change[] {
  const { namedIn } = stored.body
  if (namedIn === undefined) return []
  const carts = [...new Set([...namedIn, cart.id])].filter((id) => id !== cart.insteadOf)
  if (carts.length > MAXIMUM_CARTS) return relyOn(stored)
  return [put(customers, stored, { ...stored.body, namedIn: carts })]
}
