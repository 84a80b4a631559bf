import { BursarError } from '../errors/index.ts'
import type { Call, Change, Ref } from '../ports/index.ts'
import type { KnownCodes } from '../pricing/index.ts'
import { type Decision, decide, put } from '../storage/index.ts'
import { carts } from './cart.collection.ts'
import { type Cart, usedAt } from './cart.ts'
import type { CartWithQuote } from './cart-api.ts'
import { isRepeat, rememberKey, withOwnKey } from './cart-keys.ts'
import type { CartPorts } from './cart-ports.ts'
import { dropPeople, peopleNamed } from './named-people.ts'
import { type OpenedCart, openCart } from './open-cart.ts'
import { askGuards, cartWithQuote, type PricedCart, priceCart, withProducts } from './price-cart.ts'

/** What a command makes of a cart. */
export interface CartEdit {
  /** The cart after it. */
  cart: Cart
  /** What else is stored with it, such as a named recipient. */
  changes?: readonly Change[] | undefined
  /** Codes that were looked for already and are not read again to price it, by id; null for one that is not there. */
  knownCodes?: KnownCodes | undefined
  /** Says what a conflict means. @default a lost version or unique key is tried again */
  onConflict?: ConflictVerdict | undefined
  /** Looks at the price of the edited cart and throws if the command must be refused for it. */
  accept?: ((priced: PricedCart) => void) | undefined
  /** Is told when the edited cart is stored. */
  stored?: ((priced: PricedCart) => void) | undefined
}

type ConflictVerdict = Extract<Decision<never>, { changes: unknown }>['onConflict']

/**
 * Runs a command on a cart: opens it, edits it, prices it, stores it. A repeat of a keyed command changes nothing.
 * @param besides what the edit will ask: it is read with the cart
 * @throws BursarError `not_found`, `cart_not_open`, `version_conflict`, `idempotency_key_reused`, `guard_refused`
 */
export function changeCart(
  ports: CartPorts,
  call: Call,
  cartId: string,
  edit: (opened: OpenedCart) => CartEdit | Promise<CartEdit>,
  besides: readonly Ref[] = [],
): Promise<CartWithQuote> {
  const keyed = withOwnKey(ports.runtime, call)
  return ports.queue.run(`cart:${cartId}`, () =>
    decide(ports, call.scope, async () => {
      const opened = await openCart(ports, call, cartId, besides)
      const { book, ownedBy, reading } = opened
      const context = { book, ownedBy, customer: opened.customer?.body ?? null }
      const pricing = { ...ports, storage: reading.storage }
      if (isRepeat(opened.stored.body, keyed)) {
        const priced = await priceCart(pricing, call, context, opened.stored.body)
        return { answer: cartWithQuote(opened.stored.body, opened.stored.version, priced) }
      }
      assertOpen(opened, call)
      const { cart: edited, changes = [], knownCodes, onConflict, accept, stored } = await edit(opened)
      const cart = usedAt(rememberKey(edited, keyed), call.now)
      const priced = await priceCart(pricing, call, { ...context, knownCodes }, cart)
      accept?.(priced)
      const kept = withProducts(cart, priced)
      askGuards(ports.guards, 'cart', { cart: kept, quote: priced.quote })
      const named = new Set(peopleNamed(kept))
      const unnamed = peopleNamed(opened.stored.body).filter((id) => !named.has(id))
      return {
        changes: [put(carts, opened.stored, kept), ...changes, ...dropPeople(ports.runtime, kept.id, unnamed)],
        onConflict,
        done() {
          ports.codesAhead.priced(call, cart, reading.asked)
          stored?.(priced)
          return cartWithQuote(kept, opened.stored.version + 1, priced)
        },
      }
    }),
  )
}

function assertOpen({ stored }: OpenedCart, call: Call): void {
  if (stored.body.orderId !== undefined) {
    throw new BursarError('cart_not_open', { data: { orderId: stored.body.orderId } })
  }
  if (call.ifVersion !== null && call.ifVersion !== stored.version) {
    throw new BursarError('version_conflict', { data: { version: stored.version } })
  }
}
