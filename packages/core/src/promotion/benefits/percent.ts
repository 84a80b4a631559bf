import { applyRate } from '../../money/index.ts'
import type { PromotionBenefit } from '../promotion.ts'
import type { BenefitRule } from '../promotion-rules.ts'

/**
 * Percent off what promotions before it left of each line. Reckoned for the whole line, not for each unit, and rounded
 * once by the site's rounding; it is the discount that is rounded, not the price.
 */
export const percentBenefit: BenefitRule<Extract<PromotionBenefit, { type: 'percent' }>> = {
  type: 'percent',
  discounts: ({ percent }, lines, { rounding }) => lines.map(({ left }) => applyRate(left, percent, rounding)),
  describe: ({ percent }) => `${percent} % off`,
}
