import { estimateRules, type HostRules, type PromotionRules } from '../promotion/index.ts'
import { priceInputs } from './price-inputs.ts'
import { ENGINE_VERSION, type PricedLine, type PricingInputs } from './pricing-inputs.ts'
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
  sent: { readonly inputs: PricingInputs; readonly quote: Quote },
  shown: ShownCart,
) => Quote | null

/** Makes what prices a page's cart, with the rules of the host's own kinds, if it has some. */
export function createEstimateCart(host?: HostRules): EstimateCart {
  const rules = estimateRules(host)
  return (sent, shown) => {
    try {
      return estimateCart(sent, shown, rules)
    } catch (error) {
      // A quantity that is none, or a sum beyond all bounds: the server refuses it with its reason.
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
 * that can't be bought.
 */
function estimateCart(sent: Parameters<EstimateCart>[0], shown: ShownCart, rules: PromotionRules): Quote | null {
  const { inputs, quote: last } = sent
  const ids = new Set(shown.codes.map(({ id }) => id))
  const known = new Map(inputs.lines.map((line) => [line.id, line]))
  const lines = shown.lines.flatMap(({ id, variantId, quantity }) => {
    const line = known.get(id)
    return line?.variantId === variantId ? [{ ...line, quantity }] : []
  })
  if (inputs.engine !== ENGINE_VERSION || lines.length < shown.lines.length || ids.has(null)) return null
  const { price, applied } = priceInputs(
    { ...inputs, lines, codes: inputs.codes.filter(({ id }) => ids.has(id)) },
    rules,
  )
  const refused = new Set(last.lines.filter(({ refusal }) => refusal !== null).map(({ id }) => id))
  if (price.lines.some(({ id, refusal }) => refusal !== null && !refused.has(id))) return null
  const used = new Set(applied.map(({ by }) => by.code?.id))
  const codes = last.codes
    .filter(({ id }) => ids.has(id))
    .map(({ id, code, refusal }) => ({ id, code, applied: used.has(id), refusal: used.has(id) ? null : refusal }))
  return { ...price, codes, uses: [] }
}
