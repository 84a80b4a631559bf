import type { Call } from '../ports/index.ts'
import type { CartWithQuote, RemoveLineInput } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { changeCart } from './change-cart.ts'
import { withoutLine } from './edit-lines.ts'

/** Removes a line; one that is not there is no error. */
export function removeLine(ports: CartPorts, call: Call, input: RemoveLineInput): Promise<CartWithQuote> {
  return changeCart(ports, call, input.cartId, ({ stored }) => ({ cart: withoutLine(stored.body, input.lineId) }))
}
