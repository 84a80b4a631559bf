import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule } from '../promotion-rules.ts'
import { percentKeepsOrder, percentOff } from './percent-off.ts'

/** Percent off what promotions before it left of each line, or off its list price; never more than is left. */
export const percentBenefit: BenefitRule<Extract<PromotionBenefit, { type: 'percent' }>> = {
  type: 'percent',
  discounts: ({ percent, of }, lines, context) => percentOff(percent, lines, context, of),
  keepsOrder: percentKeepsOrder,
  describe: ({ percent }) => `${percent} % off`,
}
