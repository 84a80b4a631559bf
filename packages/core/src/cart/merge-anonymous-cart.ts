import { BursarError } from '../errors/index.ts'
import { sha256Hex } from '../ids/index.ts'
import type { Call } from '../ports/index.ts'
import { siteOf } from '../pricing/index.ts'
import { byId, put, readAll } from '../storage/index.ts'
import { carts } from './cart.collection.ts'
import type { Cart } from './cart.ts'
import type { CartWithQuote, MergeCartsInput } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { changeCart } from './change-cart.ts'
import { emptied, mergeCarts } from './merge-carts.ts'
import { movePeople } from './named-people.ts'

/**
 * Takes an anonymous cart into the customer's, in one commit: afterwards the anonymous one is empty, so a repeat adds nothing.
 * The customer's keeps its currency while the site offers that.
 */
export function mergeAnonymousCart(ports: CartPorts, call: Call, input: MergeCartsInput): Promise<CartWithQuote> {
  if (input.cartId === input.fromCartId) {
    throw new BursarError('invalid_input', {
      issues: [{ path: 'fromCartId', message: 'is the cart itself: name the anonymous one' }],
    })
  }
  return changeCart(ports, call, input.cartId, async ({ stored, book }) => {
    const [from] = await readAll(ports.storage, call.scope, byId(carts, input.fromCartId))
    if (from === null || !opensFrom(call, input, from.body)) throw new BursarError('not_found')
    if (from.body.orderId !== undefined)
      throw new BursarError('cart_not_open', { data: { orderId: from.body.orderId } })
    // Its lines could be paid twice: by the order that is under way, and by this cart's.
    if (from.body.checkout !== undefined) {
      throw new BursarError('payment_in_progress', { data: { orderId: from.body.checkout.orderId } })
    }
    // What a cart of before is in may be sold in no more: better that all of it goes on in what the guest saw prices in.
    const { currencies } = siteOf(await book.whole(), call.scope.site)
    const { currency } = currencies.includes(stored.body.currency) ? stored.body : from.body
    const into = mergeCarts({ ...stored.body, currency }, from.body)
    if (from.body.lines.length === 0) return { cart: into }
    const people = await movePeople(ports, call, { from: from.body, into })
    return { cart: into, changes: [put(carts, from, emptied(from.body)), ...people] }
  })
}

/** Does the token of a merge, or else that of the call, open this cart? */
export function opensFrom({ principal }: Call, { fromToken }: Pick<MergeCartsInput, 'fromToken'>, cart: Cart): boolean {
  const token = fromToken ?? ('cartToken' in principal ? principal.cartToken : undefined)
  return token !== undefined && cart.tokenHash === sha256Hex(token)
}
