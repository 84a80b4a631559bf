import { builtInBenefits } from './built-in-rules.ts'
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
    benefits: [...builtInBenefits, ...benefits],
  })
}

/** Rules of a host's own kinds. */
export interface HostRules {
  /** Those of conditions that read lines; the server answers any other. @default none */
  readonly conditions?: readonly ConditionRule[] | undefined
  /** Those of benefits. @default none */
  readonly benefits?: readonly BenefitRule[] | undefined
}
