import { minorDigits } from '../money/index.ts'
import type { PromotionContext, PromotionRules } from '../promotion/index.ts'
import { applyBest } from './apply-best.ts'
import { type EligiblePromotion, type JudgedPromotions, judgePromotions } from './judge-promotions.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import type { Outcome, Taken } from './try-together.ts'
import type { SoldLine } from './working-line.ts'

/** What the steps of promotions did. */
export interface PromotionSteps {
  /** Those that took something off, in the order of their application. */
  readonly applied: readonly Taken<EligiblePromotion>[]
  /** What it takes to say why the others did not apply; null where there were none. */
  readonly outcome: PromotionOutcome | null
}

/** What became of promotions. */
export interface PromotionOutcome {
  /** Before they competed. */
  readonly judged: JudgedPromotions
  /** What applies. */
  readonly best: Outcome<EligiblePromotion>
  /** What they saw. */
  readonly context: PromotionContext
}

/** Finds the promotions that may apply to the lines and takes the best outcome's discounts off them. */
export function applyPromotions(
  inputs: PricingInputs,
  sold: readonly SoldLine[],
  rules: PromotionRules,
): PromotionSteps {
  if (inputs.promotions.length === 0 && inputs.codes.length === 0) return { applied: [], outcome: null }
  const context = contextOf(inputs)
  const judged = judgePromotions(inputs, sold, context, rules)
  const best = applyBest(judged.eligible, sold, context, inputs.site.promotionChoice)
  return { applied: best.taken, outcome: { judged, best, context } }
}

/** What conditions and benefits see of a cart's inputs beside its lines. */
export function contextOf({ now, currency, place, site, shopper }: PricingInputs): PromotionContext {
  return {
    ...{
      now,
      currency,
      minorDigits: minorDigits(currency),
      country: place.country,
      site: site.id,
      timeZone: site.timeZone,
    },
    ...{ rounding: site.rounding, percentRounding: site.percentRounding, shopper },
  }
}
