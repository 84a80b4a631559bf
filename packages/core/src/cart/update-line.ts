import { BursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import { assertReachable } from './assert-reachable.ts'
import type { CartWithQuote, UpdateLineInput } from './cart-api.ts'
import type { CartPorts } from './cart-ports.ts'
import { changeCart } from './change-cart.ts'
import { assertChosen, assertSellable, cartLine, withLine } from './edit-lines.ts'
import { nameRecipient } from './name-recipient.ts'
import { assertSize, isLarger } from './order-size.ts'

/** Sets quantity, chosen parts or recipient of a line. */
export function updateLine(ports: CartPorts, call: Call, input: UpdateLineInput): Promise<CartWithQuote> {
  return changeCart(ports, call, input.cartId, async ({ stored }) => {
    const line = stored.body.lines.find((existing) => existing.id === input.lineId)
    if (line === undefined) throw new BursarError('not_found', { message: 'The cart has no line with this id.' })
    const named = await nameRecipient(ports, call, stored.id, input.recipient)
    const next = cartLine({
      id: line.id,
      variantId: line.variantId,
      quantity: input.quantity ?? line.quantity ?? 1,
      parts: input.parts ?? line.parts,
      recipient: input.recipient === undefined ? line.recipient : named.recipient,
    })
    return {
      cart: withLine(stored.body, next),
      changes: named.changes,
      accept: (priced) => {
        if (input.parts !== undefined) assertChosen(priced, next, 'parts')
        if (input.quantity !== undefined || input.parts !== undefined) assertSellable(priced.quote, line.id)
        if (isLarger(next, line)) assertSize(priced.quote, line.id)
        assertReachable(ports, priced, next, named.learner)
      },
    }
  })
}
