import type { CartWithQuote } from '../../cart/index.ts'
import type { CartState, CartStoreCode, CartStoreLine } from './cart-state.ts'
import { lineOf, type StoreCommand } from './store-command.ts'

/** The part of the state that the shopper's own commands change. */
export type CartShown = Pick<CartState, 'lines' | 'codes' | 'currency' | 'country'>

/** The server's truth with the queue applied, in order. */
export function viewOf(truth: CartWithQuote | null, queue: readonly StoreCommand[]): CartShown {
  const { cart, quote } = truth ?? {}
  let lines: CartStoreLine[] = (cart?.lines ?? []).map((line) => ({
    ...line,
    pending: queue.some((command) => lineOf(command) === line.id),
  }))
  let codes: CartStoreCode[] = (quote?.codes ?? []).map((code) => ({ ...code, pending: false }))
  let { currency = null, country = null } = cart ?? {}
  for (const { name, input } of queue) {
    switch (name) {
      case 'addLine': {
        const { lineId: id, variantId, quantity = 1, recipient = { type: 'buyer' } } = input
        const line = { id, variantId, quantity, recipient, pending: true }
        const place = lines.findIndex((one) => one.id === id)
        lines = place < 0 ? [...lines, line] : lines.with(place, line)
        break
      }
      case 'updateLine':
        lines = lines.map((line) =>
          line.id === input.lineId
            ? { ...line, quantity: input.quantity ?? line.quantity, recipient: input.recipient ?? line.recipient }
            : line,
        )
        break
      case 'removeLine':
        lines = lines.filter(({ id }) => id !== input.lineId)
        break
      case 'applyCode':
        codes = [...codes, { id: null, code: input.code, applied: false, refusal: null, pending: true }]
        break
      case 'removeCode':
        codes = codes.filter(({ id }) => id !== input.codeId)
        break
      case 'update':
        currency = input.currency ?? currency
        country = input.country ?? country
    }
  }
  return { lines, codes, currency, country }
}

/** The later list, with those members of the earlier one that say the same: who selects one sees no change. */
export function keepSame<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  const known = new Map(before.map((one) => [JSON.stringify(one), one]))
  const kept = after.map((one) => known.get(JSON.stringify(one)) ?? one)
  return kept.length === before.length && kept.every((one, place) => one === before[place]) ? before : kept
}
