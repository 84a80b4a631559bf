import type { PromotionContext, PromotionRules } from '../promotion/index.ts'
import { choosePromotions } from './choose-promotions.ts'
import { type JudgedPromotions, judgePromotions } from './judge-promotions.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import { type Outcome, startAgain, type Taken } from './try-together.ts'
import type { WorkingLine } from './working-line.ts'

/** What the steps of promotions did. */
export interface PromotionSteps {
  /** Those that took something off, in the order of their application. */
  readonly applied: readonly Taken[]
  /** What it takes to say why the others did not apply; null where there were none. */
  readonly outcome: PromotionOutcome | null
}

/** What became of promotions. */
export interface PromotionOutcome {
  /** Before they competed. */
  readonly judged: JudgedPromotions
  /** What applies. */
  readonly best: Outcome
  /** What they saw. */
  readonly context: PromotionContext
}

/** Takes the best outcome's discounts off the lines, with an adjustment for each line and promotion. */
export function applyPromotions(
  inputs: PricingInputs,
  sold: readonly WorkingLine[],
  rules: PromotionRules,
): PromotionSteps {
  if (inputs.promotions.length === 0 && inputs.codes.length === 0) return { applied: [], outcome: null }
  const context = contextOf(inputs)
  const judged = judgePromotions(inputs, sold, context, rules)
  const best = choosePromotions(judged.eligible, sold, context, inputs.site.promotionChoice)
  startAgain(sold)
  for (const one of best.taken) settle(one, context)
  return { applied: best.taken, outcome: { judged, best, context } }
}

/** What conditions and benefits see of a cart's inputs beside its lines. */
export function contextOf({ now, currency, place, site, shopper }: PricingInputs): PromotionContext {
  return {
    ...{ now, currency, country: place.country, site: site.id, timeZone: site.timeZone },
    ...{ rounding: site.rounding, percentRounding: site.percentRounding, shopper },
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
