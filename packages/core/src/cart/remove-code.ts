import type { Call } from '../ports/index.ts'
import type { CartWithQuote, RemoveCodeInput } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { changeCart } from './change-cart.ts'

/** Removes a code; one that is not there is no error. */
export function removeCode(ports: CartPorts, call: Call, input: RemoveCodeInput): Promise<CartWithQuote> {
  return changeCart(ports, call, input.cartId, ({ stored }) => {
    const { codes = [], ...cart } = stored.body
    const rest = codes.filter((id) => id !== input.codeId)
    return { cart: rest.length === 0 ? cart : { ...cart, codes: rest } }
  })
}
