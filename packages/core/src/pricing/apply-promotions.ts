import type { PromotionContext, PromotionRules } from '../promotion/index.ts'
import { answerCodes } from './answer-codes.ts'
import { choosePromotions, type Taken } from './choose-promotions.ts'
import { type EligiblePromotion, judgePromotions } from './judge-promotions.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import type { QuoteCode } from './quote.ts'
import type { WorkingLine } from './working-line.ts'

/** What the steps of promotions did. */
export interface PromotionSteps {
  /** Those that took something off, in the order of their application. */
  readonly applied: readonly EligiblePromotion[]
  /** What became of each code, in the cart's order. */
  readonly codes: readonly QuoteCode[]
}

/** Takes the best outcome's discounts off the lines, with an adjustment for each line and promotion. */
export function applyPromotions(
  inputs: PricingInputs,
  sold: readonly WorkingLine[],
  rules: PromotionRules,
): PromotionSteps {
  if (inputs.promotions.length === 0 && inputs.codes.length === 0) return { applied: [], codes: [] }
  const context = contextOf(inputs)
  const judged = judgePromotions(inputs, sold, context, rules)
  const { taken } = choosePromotions(judged.eligible, sold, context)
  const codes = answerCodes({ codes: inputs.codes, judged, taken, sold, context })
  for (const line of sold) line.left = line.base
  for (const one of taken) settle(one, context)
  return { applied: taken.map(({ by }) => by), codes }
}

function contextOf({ now, currency, place, site, shopper }: PricingInputs): PromotionContext {
  return {
    ...{ now, currency, country: place.country, site: site.id, timeZone: site.timeZone },
    ...{ rounding: site.rounding, shopper },
  }
}

function settle({ by, amounts }: Taken, context: PromotionContext): void {
  const { promotion, code, step } = by
  const given = by.rule.describe(promotion.benefit, context, by.lines)
  const reason = code === null ? `${given}: ${promotion.name}` : `${given} with ${code.code}`
  const cause = { type: 'promotion', promotion: promotion.id, code: code?.id ?? null } as const
  for (const [place, line] of by.lines.entries()) {
    const amount = amounts[place] ?? 0
    if (amount === 0) continue
    line.left -= amount
    line.adjustments.push({ step, amount: -amount, cause, reason })
  }
}
