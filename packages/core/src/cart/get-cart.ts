import type { Call } from '../ports/index.ts'
import type { CartWithQuote, GetCartInput } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { openCart } from './open-cart.ts'
import { cartWithQuote, priceCart } from './price-cart.ts'

/** The cart and its price now. */
export async function getCart(ports: CartPorts, call: Call, input: GetCartInput): Promise<CartWithQuote> {
  const { stored, book, customer, ownedBy } = await openCart(ports, call, input.cartId)
  const priced = await priceCart(ports, call, { book, customer: customer?.body ?? null, ownedBy }, stored.body)
  return cartWithQuote(stored.body, stored.version, priced)
}
