import type { PromotionRules } from '../promotion/index.ts'
import { quote } from './price-cart.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import type { Quote } from './quote.ts'

/** Inputs, and what they come to. */
export interface Reckoned {
  /** What the quote was made of. */
  readonly inputs: PricingInputs
  /** The price. */
  readonly quote: Quote
}

/**
 * The quote of the inputs, where each line with which the cart passes the safe integers is refused as too many of it. Prices
 * that were stored before they had a bound can do so, and must not lock the other lines.
 * @throws RangeError for inputs that no cart has
 */
export function reckonable(inputs: PricingInputs, rules: PromotionRules): Reckoned {
  try {
    return { inputs, quote: quote(inputs, rules) }
  } catch (error) {
    const variant = inputs.variants[firstBeyond(inputs, rules) ?? '']
    if (!(error instanceof RangeError) || variant === undefined || variant.refusal !== null) throw error
    const refused = { ...variant, refusal: 'quantity_above_limit' as const }
    return reckonable({ ...inputs, variants: { ...inputs.variants, [variant.id]: refused } }, rules)
  }
}

/** The variant of the first line with which those before it can't be reckoned. */
function firstBeyond(inputs: PricingInputs, rules: PromotionRules): string | null {
  for (let count = 0; count <= inputs.lines.length; count += 1) {
    try {
      quote({ ...inputs, lines: inputs.lines.slice(0, count) }, rules)
    } catch {
      return inputs.lines[count - 1]?.variantId ?? null
    }
  }
  return null
}
