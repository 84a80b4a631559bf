import { bundlePriceBenefit } from './benefits/bundle-price.ts'
import { buyXGetYBenefit } from './benefits/buy-x-get-y.ts'
import { fixedBenefit } from './benefits/fixed.ts'
import { fixedPriceBenefit } from './benefits/fixed-price.ts'
import { freeGiftBenefit } from './benefits/free-gift.ts'
import { percentBenefit } from './benefits/percent.ts'
import { seatsFreeBenefit } from './benefits/seats-free.ts'
import { quantityTiersBenefit, subtotalTiersBenefit } from './benefits/tiers.ts'
import { minimumQuantityCondition } from './conditions/minimum-quantity.ts'
import { minimumSubtotalCondition } from './conditions/minimum-subtotal.ts'
import { variantsCondition } from './conditions/variants.ts'
import { type BenefitRule, type ConditionRule, type PromotionRules, promotionRules } from './promotion-rules.ts'

/**
 * What a page needs to estimate: every benefit, and of the conditions those that are left when the server has answered the
 * others.
 */
export function estimateRules({ conditions = [], benefits = [] }: HostRules = {}): PromotionRules {
  return promotionRules({
    conditions: [variantsCondition, minimumQuantityCondition, minimumSubtotalCondition, ...conditions],
    benefits: [...CARRIED, ...benefits],
  })
}

/** The benefits that a page reckons, without what they hint: a cart that gets another is not estimated. */
const CARRIED = [
  percentBenefit,
  fixedBenefit,
  fixedPriceBenefit,
  buyXGetYBenefit,
  quantityTiersBenefit,
  subtotalTiersBenefit,
  seatsFreeBenefit,
  bundlePriceBenefit,
  freeGiftBenefit,
]

/** Rules of a host's own kinds. */
export interface HostRules {
  /** Those of conditions that read lines; the server answers any other. @default none */
  readonly conditions?: readonly ConditionRule[] | undefined
  /** Those of benefits. @default none */
  readonly benefits?: readonly BenefitRule[] | undefined
}
