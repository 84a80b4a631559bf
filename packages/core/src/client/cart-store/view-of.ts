import type { CartWithQuote } from '../../cart/index.ts'
import { isSame } from '../is-same.ts'
import type { CartState, CartStoreCode, CartStoreLine } from './cart-state.ts'
import type { Asked } from './store-command.ts'

/** The part of the state that the shopper's own commands change. */
export type CartShown = Pick<CartState, 'lines' | 'codes' | 'currency' | 'country' | 'region'>

const NEW_LINE = { quantity: 1, recipient: { type: 'buyer' } }

/** The server's truth with the queue applied, in order: each command by those members that its input has. */
export function viewOf(truth: CartWithQuote | null, queue: readonly Asked[]): CartShown {
  const { cart, quote } = truth ?? {}
  // A line that is set again keeps its place.
  const lines = new Map(cart?.lines.map((line) => [line.id, { ...line, pending: false } as CartStoreLine]))
  let codes: CartStoreCode[] = quote?.codes.map((code) => ({ ...code, pending: false })) ?? []
  let { currency = null, country = null, region = null } = cart ?? ({} as Partial<CartShown>)
  for (const { name, input } of queue) {
    const { lineId: id = '', codeId, code, ...rest } = input
    const line = name === 'addLine' ? NEW_LINE : lines.get(id)
    if (name === 'removeLine') lines.delete(id)
    else if (line) lines.set(id, { ...line, ...rest, id, pending: true } as CartStoreLine)
    if (code) codes.push({ id: null, code, applied: false, refusal: null, pending: true })
    codes = codes.filter((one) => one.id !== codeId)
    if ((input.country ?? country) !== country)
      region = null // it belongs to its country
    ;({ currency = currency, country = country, region = region } = input)
  }
  return { lines: [...lines.values()], codes, currency, country, region }
}

/** The later list, with those members of the earlier one that say the same: who selects one sees no change. */
export function keepSame<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  return isSame(before, after) ? before : after.map((one) => before.find((old) => isSame(old, one)) ?? one)
}
