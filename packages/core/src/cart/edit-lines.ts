import { chosenWrong } from '../catalog/index.ts'
import type { Recipient } from '../customer/index.ts'
import { BursarError } from '../errors/index.ts'
import type { LineRefusal, Quote } from '../pricing/index.ts'
import { type Cart, type CartLine, MAXIMUM_LINES } from './cart.ts'
import type { PricedCart } from './price-cart.ts'

/** A line with its defaults left out. */
export function cartLine(line: {
  id: string
  variantId: string
  quantity: number
  parts: readonly string[] | undefined
  recipient: Recipient | undefined
}): CartLine {
  return {
    id: line.id,
    variantId: line.variantId,
    ...(line.quantity === 1 ? {} : { quantity: line.quantity }),
    // One order, so that the same choice is the same line.
    ...(line.parts === undefined || line.parts.length === 0 ? {} : { parts: [...line.parts].sort() }),
    ...(line.recipient === undefined ? {} : { recipient: line.recipient }),
  }
}

/** The cart with this line: in the place of the line with its id, else at the end. @throws BursarError `cart_full` */
export function withLine(cart: Cart, line: CartLine): Cart {
  const place = cart.lines.findIndex((existing) => existing.id === line.id)
  if (place >= 0) {
    const productId = cart.lines[place]?.productId
    return { ...cart, lines: cart.lines.with(place, productId === undefined ? line : { ...line, productId }) }
  }
  if (cart.lines.length >= MAXIMUM_LINES) {
    throw new BursarError('cart_full', { message: `A cart holds at most ${MAXIMUM_LINES} lines.` })
  }
  return { ...cart, lines: [...cart.lines, line] }
}

/** The cart without this line. */
export function withoutLine(cart: Cart, lineId: string): Cart {
  return { ...cart, lines: cart.lines.filter((line) => line.id !== lineId) }
}

/** Refusals that are about how many, not about what. */
const ABOUT_QUANTITY: readonly LineRefusal[] = ['quantity_above_limit']

/** Refuses what can't be bought. @throws BursarError `not_sellable` or `quantity_not_allowed` with the reason */
export function assertSellable(quote: Quote, lineId: string): void {
  const refusal = quote.lines.find((line) => line.id === lineId)?.refusal ?? null
  if (refusal === null) return
  const code = ABOUT_QUANTITY.includes(refusal) ? 'quantity_not_allowed' : 'not_sellable'
  throw new BursarError(code, { reason: refusal, data: { lineId } })
}

/**
 * Refuses a choice of parts that the bundle does not allow, saying what to choose.
 * @throws BursarError `invalid_input` with the path
 */
export function assertChosen({ gathered }: PricedCart, { variantId, parts = [] }: CartLine, path: string): void {
  const variant = gathered.entries.get(variantId)?.variant
  if (variant === undefined) return
  const complaint =
    variant.bundle !== null
      ? chosenWrong(variant.bundle, parts)
      : parts.length > 0
        ? 'must be empty: it has no parts'
        : null
  if (complaint !== null) throw new BursarError('invalid_input', { issues: [{ path, message: complaint }] })
}
