import { splitByWeight, toDecimal } from '../../money/index.ts'
import { amountIn } from '../amount-in.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule, DiscountableLine } from '../promotion-rules.ts'

/**
 * An amount off in all, in the site's price basis: spread over the selected lines in proportion to what is left of
 * them, by largest remainder, ties to the smaller line id. What exceeds all that is left lapses. It gives nothing in a
 * currency for which it names no amount.
 */
export const fixedBenefit: BenefitRule<Extract<PromotionBenefit, { type: 'fixed' }>> = {
  type: 'fixed',
  discounts({ amounts }, lines, { currency }) {
    const amount = Math.min(amountIn(amounts, currency) ?? 0, totalLeft(lines))
    const shares = splitByWeight(
      amount,
      lines.map(({ id, left }) => ({ id, weight: left })),
    )
    return [...shares.values()]
  },
  describe: ({ amounts }, { currency }) => {
    const amount = amountIn(amounts, currency) ?? 0
    return `${toDecimal({ amount, currency })} ${currency} off`
  },
}

function totalLeft(lines: readonly DiscountableLine[]): number {
  let sum = 0
  for (const { left } of lines) sum += left
  return sum
}
