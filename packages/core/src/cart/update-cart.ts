import type { Call } from '../ports/index.ts'
import type { CartWithQuote, UpdateCartInput } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { changeCart } from './change-cart.ts'

/** Changes currency or place. Lines without a price in the new currency stay and say so in the quote. */
export function updateCart(ports: CartPorts, call: Call, input: UpdateCartInput): Promise<CartWithQuote> {
  return changeCart(ports, call, input.cartId, ({ stored }) => ({
    cart: {
      ...stored.body,
      currency: input.currency ?? stored.body.currency,
      ...(input.country === undefined ? {} : { country: input.country }),
    },
  }))
}
