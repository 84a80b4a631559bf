import { BursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import { assertReachable } from './assert-reachable.ts'
import type { AddLineInput, CartWithQuote } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { changeCart } from './change-cart.ts'
import { assertChosen, assertSellable, cartLine, withLine } from './edit-lines.ts'
import { nameRecipient } from './name-recipient.ts'
import { assertSize, isLarger } from './order-size.ts'

/** Adds a line. The same line id with the same variant sets the line; with another variant it is refused. */
export function addLine(ports: CartPorts, call: Call, input: AddLineInput): Promise<CartWithQuote> {
  return changeCart(ports, call, input.cartId, async ({ stored }) => {
    const existing = stored.body.lines.find((line) => line.id === input.lineId)
    if (existing !== undefined && existing.variantId !== input.variantId) {
      throw new BursarError('invalid_input', {
        issues: [{ path: 'lineId', message: 'is the id of a line with another variant: make a new one' }],
      })
    }
    const { recipient, learner, changes } = await nameRecipient(ports, call, stored.id, input.recipient)
    const { lineId, variantId, quantity = 1, parts } = input
    const line = cartLine({ id: lineId, variantId, quantity, parts, recipient })
    return {
      cart: withLine(stored.body, line),
      changes,
      accept: (priced) => {
        assertChosen(priced, line, 'parts')
        assertSellable(priced.quote, lineId)
        if (isLarger(line, existing)) assertSize(priced.quote, lineId)
        assertReachable(ports, priced, line, learner)
      },
    }
  })
}
