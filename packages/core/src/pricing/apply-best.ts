import { decimalText } from '../money/index.ts'
import type { PromotionContext } from '../promotion/index.ts'
import { choosePromotions } from './choose-promotions.ts'
import type { Contender } from './contender.ts'
import type { PromotionChoice } from './pricing-inputs.ts'
import { type Outcome, startAgain, type Taken } from './try-together.ts'
import type { SoldLine } from './working-line.ts'

/** Takes the best outcome's discounts off the lines, with an adjustment for each line and promotion. */
export function applyBest<One extends Contender>(
  eligible: readonly One[],
  sold: readonly SoldLine[],
  context: PromotionContext,
  choice: PromotionChoice | undefined,
): Outcome<One> {
  const best = choosePromotions(eligible, sold, context, choice)
  startAgain(sold)
  for (const one of best.taken) settle(one, context)
  return best
}

function settle({ by, amounts, sum, isCut }: Taken<Contender>, context: PromotionContext): void {
  const { promotion, code, step } = by
  let given = by.rule.describe(promotion.benefit, context, by.lines)
  if (isCut) given += `, at most ${decimalText(sum, context.minorDigits)} ${context.currency}`
  const reason = code === null ? `${given}: ${promotion.name}` : `${given} with ${code.code}`
  const cause = { type: 'promotion', promotion: promotion.id, code: code?.id ?? null } as const
  for (const [place, line] of by.lines.entries()) {
    const amount = amounts[place] ?? 0
    if (amount === 0) continue
    line.left -= amount
    line.adjustments.push({ step, amount: -amount, cause, reason })
  }
}
