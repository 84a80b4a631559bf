import { canonicalJson } from '../ids/index.ts'
import { type Cart, type CartLine, MAXIMUM_CODES, MAXIMUM_LINES } from './cart.ts'

/**
 * Takes the lines and codes of one cart into another. A variant for the same recipient that both hold stays one line,
 * with the larger quantity: a course stays at 1, and a merge repeated changes nothing. What does not fit is left out. The
 * place that was declared for the other one counts where none was for this one.
 */
export function mergeCarts(into: Cart, from: Cart): Cart {
  const lines = [...into.lines]
  for (const line of from.lines) {
    const place = lines.findIndex((existing) => isSame(existing, line))
    const twin = lines[place]
    if (twin !== undefined) lines[place] = largerOf(twin, line)
    else if (lines.length < MAXIMUM_LINES) lines.push({ ...line, id: freeId(line.id, lines) })
  }
  const codes = [...new Set([...(into.codes ?? []), ...(from.codes ?? [])])].slice(0, MAXIMUM_CODES)
  const { country, region } = into.country === undefined ? from : into
  const place = { ...(country === undefined ? {} : { country }), ...(region === undefined ? {} : { region }) }
  return { ...into, ...place, lines, ...(codes.length === 0 ? {} : { codes }) }
}

/** The cart from which everything was taken. */
export function emptied(cart: Cart): Cart {
  const { codes: _taken, ...rest } = cart
  return { ...rest, lines: [] }
}

const isSame = (left: CartLine, right: CartLine): boolean =>
  left.variantId === right.variantId &&
  canonicalJson([left.recipient ?? null, left.parts ?? []]) ===
    canonicalJson([right.recipient ?? null, right.parts ?? []])

const largerOf = (left: CartLine, right: CartLine): CartLine =>
  (right.quantity ?? 1) > (left.quantity ?? 1) ? { ...right, id: left.id } : left

function freeId(id: string, lines: readonly CartLine[]): string {
  let free = id
  for (let n = 2; lines.some((line) => line.id === free); n += 1) free = `${id.slice(0, 58)}_${n}`
  return free
}
