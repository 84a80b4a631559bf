import { exactAmount, splitByWeight } from '../../money/index.ts'
import { amountIn } from '../amount-in.ts'
import { amountText } from '../amount-text.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule, DiscountableLine } from '../promotion-rules.ts'

/**
 * An amount off, in the site's price basis: once in all, off each line, or off each unit. In all it is spread over the
 * selected lines in proportion to what is left of them, by largest remainder, ties to the smaller line id. What exceeds
 * what is left lapses. It gives nothing in a currency for which it names no amount.
 */
export const fixedBenefit: BenefitRule<Extract<PromotionBenefit, { type: 'fixed' }>> = {
  type: 'fixed',
  discounts({ amounts, per = 'order' }, lines, { currency }) {
    const amount = amountIn(amounts, currency) ?? 0
    switch (per) {
      case 'order':
        return spread(amount, lines)
      case 'line':
        return lines.map(() => amount)
      case 'unit':
        return lines.map(({ quantity }) => exactAmount(amount * quantity))
    }
  },
  keepsOrder: ({ per = 'order' }) => (per === 'order' ? 'total' : 'lines'),
  describe: ({ amounts, per }, context) => `${amountText(amounts, context)} off${per === 'unit' ? ' each' : ''}`,
}

function spread(amount: number, lines: readonly DiscountableLine[]): readonly number[] {
  const weights = lines.map(({ id, left }) => ({ id, weight: left }))
  const all = weights.reduce((sum, { weight }) => sum + weight, 0)
  return [...splitByWeight(Math.min(amount, all), weights).values()]
}
