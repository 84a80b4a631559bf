import { estimateRules, type HostRules, type PromotionRules } from '../promotion/index.ts'
import { PAGE_VERSION, type PageInputs } from './page-inputs.ts'
import { pricePage } from './price-page.ts'
import type { PricedLine } from './pricing-inputs.ts'
import type { Quote } from './quote.ts'

/** What a page shows of a cart that the server does not know yet. */
export interface ShownCart {
  /** Its lines. */
  readonly lines: readonly PricedLine[]
  /** Its codes; one that waits has no id. */
  readonly codes: readonly { readonly id: string | null }[]
}

/** Prices a cart as a page shows it; null where that can't be told. */
export type EstimateCart = (
  sent: { readonly inputs: PageInputs; readonly quote: Quote },
  shown: ShownCart,
) => Quote | null

/** Makes what prices a page's cart, with the rules of the host's own kinds, if it has some. */
export function createEstimateCart(host?: HostRules): EstimateCart {
  const rules = estimateRules(host)
  return (sent, shown) => {
    try {
      return estimateCart(sent, shown, rules)
    } catch (error) {
      // A quantity that is none, a kind that the page does not have, or a sum beyond all bounds: the server answers.
      if (error instanceof RangeError) return null
      throw error
    }
  }
}

/**
 * Prices a cart as a page shows it, by the same engine as the server: other quantities, or fewer lines and codes. For the
 * cart that the inputs were sent with it is the server's total.
 *
 * @param sent what the server sent with the cart, and its quote of it.
 * @returns null where something counts that was not sent: another variant, a code just typed, another engine, a quantity
 * that can't be bought, lines that stand in each other's way.
 */
function estimateCart(sent: Parameters<EstimateCart>[0], shown: ShownCart, rules: PromotionRules): Quote | null {
  const { inputs, quote: last } = sent
  const ids = new Set(shown.codes.map(({ id }) => id))
  if (inputs.version !== PAGE_VERSION || ids.has(null)) return null
  const before = new Map(last.lines.map((line) => [line.id, line]))
  if (shown.lines.some(({ id, variantId }) => before.get(id)?.variantId !== variantId)) return null
  const isSame =
    shown.lines.length === before.size && shown.lines.every(({ id, quantity }) => before.get(id)?.quantity === quantity)
  if (inputs.isFixed && !isSame) return null
  const { price, used } = pricePage(inputs, { lines: shown.lines, codes: ids }, rules)
  if (price.lines.some(({ id, refusal }) => refusal !== null && before.get(id)?.refusal === null)) return null
  const codes = last.codes
    .filter(({ id }) => ids.has(id))
    .map(({ id, code, refusal }) => {
      const applied = used.has(id)
      return { id, code, applied, refusal: applied ? null : refusal }
    })
  return { ...price, codes, uses: [] }
}
