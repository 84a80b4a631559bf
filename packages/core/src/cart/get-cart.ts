import type { Call } from '../ports/index.ts'
import type { CartWithQuote, GetCartInput } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { openCart } from './open-cart.ts'
import { cartWithQuote, priceCart } from './price-cart.ts'

/** The cart and its price now. */
export async function getCart(ports: CartPorts, call: Call, input: GetCartInput): Promise<CartWithQuote> {
  const { stored, book, customer, ownedBy, reading } = await openCart(ports, call, input.cartId)
  const context = { book, customer: customer?.body ?? null, ownedBy }
  const priced = await priceCart({ ...ports, storage: reading.storage }, call, context, stored.body)
  ports.codesAhead.priced(call, stored.body, reading.asked)
  return cartWithQuote(stored.body, stored.version, priced)
}
