import { exactAmount } from '../../money/index.ts'
import { amountIn } from '../amount-in.ts'
import { amountText } from '../amount-text.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule } from '../promotion-rules.ts'

/**
 * A price for each unit, in the site's price basis: what a line costs more than that is taken off; a line that costs less
 * stays. It gives nothing in a currency for which it names no amount.
 */
export const fixedPriceBenefit: BenefitRule<Extract<PromotionBenefit, { type: 'fixed_price' }>> = {
  type: 'fixed_price',
  discounts({ amounts }, lines, { currency }) {
    const amount = amountIn(amounts, currency)
    if (amount === null) return lines.map(() => 0)
    return lines.map(({ left, quantity }) => Math.max(0, left - exactAmount(amount * quantity)))
  },
  keepsOrder: () => 'lines',
  describe: ({ amounts }, context) => `${amountText(amounts, context)} each`,
}
