import { type Customer, customerRef, customers } from '../customer/index.ts'
import { BursarError } from '../errors/index.ts'
import { sha256Hex } from '../ids/index.ts'
import { type Call, customerHostId, type Principal, type Ref, type Stored } from '../ports/index.ts'
import {
  type OwnedBy,
  PRICING_VERSION_ID,
  type PriceBook,
  type PricingVersion,
  pricingVersions,
} from '../pricing/index.ts'
import { byId, type ReadAhead, readAhead, readAll } from '../storage/index.ts'
import { carts } from './cart.collection.ts'
import type { Cart } from './cart.ts'
import type { CartPorts } from './cart-ports.ts'

/** A cart that the caller may open, and what was read in the same round trip. */
export interface OpenedCart {
  /** The cart and its version. */
  stored: Stored<Cart>
  /** The customer for whom the call is made, if there is a record. */
  customer: Stored<Customer> | null
  /** The version of what prices are made of. */
  pricing: Stored<PricingVersion> | null
  /** The operator's book, synced to that version. */
  book: PriceBook
  /** Reads what the customer owns: begun in that round trip where it mattered before. */
  ownedBy: OwnedBy | undefined
  /** Prices the cart: what its codes probably need was read in that round trip. What it was asked is what a price needed. */
  reading: ReadAhead
}

/**
 * Reads a cart with all that a command on it needs, in one round trip.
 * @param besides what the command itself will ask
 * @throws BursarError `not_found` alike for a cart that is not there and one that is somebody else's
 */
export async function openCart(
  ports: CartPorts,
  call: Call,
  cartId: string,
  besides: readonly Ref[] = [],
): Promise<OpenedCart> {
  const book = ports.books.of(call.scope.operator)
  const hostId = customerHostId(call.principal)
  const ownedBy = hostId === null ? undefined : book.rightsAhead?.begin(call.scope, hostId)
  const own = [byId(carts, cartId), byId(pricingVersions, PRICING_VERSION_ID), ...customerRef(call)] as const
  const ofCodes = ports.codesAhead.refsOfCart(call, cartId)
  // Who tries a code must not see by what is read besides whether it is somebody else's.
  const counted = ofCodes.filter((ref) => !('in' in ref && ref.in === customers.name))
  const more = besides.length === 0 ? ofCodes : [...besides, ...counted]
  const ahead = readAhead(ports.storage, call.scope, more.length === 0 ? [] : [...own, ...more])
  const [stored, pricing, customer = null] = await readAll(ahead.storage, call.scope, ...own)
  if (stored === null || !mayOpen(stored.body, call.principal, customer?.body.id ?? null)) {
    throw new BursarError('not_found')
  }
  ports.codesAhead.meet(call, customer)
  book.sync(pricing)
  ahead.asked.length = 0
  return { stored, customer, pricing, book, ownedBy, reading: ahead }
}

/** May this principal open this cart? An owned cart by its owner only, an anonymous one by its token. */
export function mayOpen(cart: Cart, principal: Principal, customerId: string | null): boolean {
  if (principal.type === 'system') return true
  if (cart.customerId !== null) return cart.customerId === customerId
  const token = 'cartToken' in principal ? principal.cartToken : undefined
  return token !== undefined && cart.tokenHash === sha256Hex(token)
}
