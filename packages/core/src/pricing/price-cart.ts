import { builtInRules, type PromotionRules } from '../promotion/index.ts'
import { answerCodes } from './answer-codes.ts'
import { countUses } from './count-uses.ts'
import { dependsOnOwnership } from './depends-on-ownership.ts'
import { hintPromotions } from './hint-promotions.ts'
import { priceInputs } from './price-inputs.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import type { Quote } from './quote.ts'
import { withinSigned } from './within-signed.ts'

/**
 * Prices a cart: list price, test price, bundle, line promotions, cart promotions, tax, total. A pure function of its inputs, the
 * same in every engine of JavaScript; the order of lines, codes, promotions, lists and rates does not matter. Lines
 * that can't be sold cost 0, say why and take no part in promotions. It changes no counter: `uses` says what a checkout
 * would have to hold.
 *
 * @param rules the kinds of conditions and benefits; a promotion with a kind that is not among them gives nothing.
 * @throws RangeError for inputs of another engine version, a quantity that is no whole number of at least 1, a repeated
 * line id, a malformed rate, or a sum beyond the safe integers; never a wrong number.
 * @example
 * const { total, lines } = quote(inputs)
 */
export function quote(given: PricingInputs, rules: PromotionRules = builtInRules): Quote {
  const inputs = withinSigned(given)
  const { price, sold, open, applied, outcome } = priceInputs(inputs, rules)
  const facts =
    outcome === null ? null : { ...outcome, sold: open, rules, codes: given.codes, promotions: inputs.promotions }
  const hints = facts === null ? [] : hintPromotions(facts)
  const isUnsure = price.unknowns === undefined && dependsOnOwnership(inputs, price.lines, rules)
  return {
    ...price,
    ...(isUnsure ? { unknowns: ['ownership'] as const } : {}),
    codes: facts === null ? [] : answerCodes(facts),
    uses: countUses(sold, applied, inputs),
    ...(hints.length === 0 ? {} : { hints }),
  }
}
