import type { Call } from '../ports/index.ts'
import { siteThatOffers } from '../pricing/index.ts'
import type { CartWithQuote, UpdateCartInput } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { changeCart } from './change-cart.ts'
import { placeOfCart } from './place-of-cart.ts'

/**
 * Changes currency or place. Lines without a price in the new currency stay and say so in the quote.
 * @throws BursarError `currency_not_offered`
 */
export function updateCart(ports: CartPorts, call: Call, input: UpdateCartInput): Promise<CartWithQuote> {
  return changeCart(ports, call, input.cartId, async ({ stored, book }) => {
    siteThatOffers(await book.whole(), call.scope.site, input.currency)
    const { country: _country, region: _region, ...cart } = stored.body
    return {
      cart: { ...cart, currency: input.currency ?? cart.currency, ...placeOfCart(stored.body, input) },
    }
  })
}
