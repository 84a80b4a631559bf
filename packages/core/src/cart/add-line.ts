import { BursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import type { AddLineInput, CartWithQuote } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { changeCart } from './change-cart.ts'
import { assertSellable, cartLine, withLine } from './edit-lines.ts'
import { nameRecipient } from './name-recipient.ts'

/** Adds a line. The same line id with the same variant sets the line; with another variant it is refused. */
export function addLine(ports: CartPorts, call: Call, input: AddLineInput): Promise<CartWithQuote> {
  return changeCart(ports, call, input.cartId, async ({ stored }) => {
    const existing = stored.body.lines.find((line) => line.id === input.lineId)
    if (existing !== undefined && existing.variantId !== input.variantId) {
      throw new BursarError('invalid_input', {
        issues: [{ path: 'lineId', message: 'is the id of a line with another variant: make a new one' }],
      })
    }
    const { recipient, changes } = await nameRecipient(ports, call, input.recipient)
    const line = cartLine({ id: input.lineId, variantId: input.variantId, quantity: input.quantity ?? 1, recipient })
    return {
      cart: withLine(stored.body, line),
      changes,
      accept: ({ quote }) => assertSellable(quote, input.lineId),
    }
  })
}
