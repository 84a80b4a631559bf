import { fixedBenefit } from './benefits/fixed.ts'
import { percentBenefit } from './benefits/percent.ts'
import { minimumSubtotalCondition } from './conditions/minimum-subtotal.ts'
import { productTypesCondition } from './conditions/product-types.ts'
import { productsCondition } from './conditions/products.ts'
import { variantsCondition } from './conditions/variants.ts'
import { type BenefitRule, type ConditionRule, type PromotionRules, promotionRules } from './promotion-rules.ts'

/** The kinds of conditions that Bursar brings. */
export const builtInConditions: readonly ConditionRule[] = [
  productsCondition,
  variantsCondition,
  productTypesCondition,
  minimumSubtotalCondition,
]

/** The kinds of benefits that Bursar brings. */
export const builtInBenefits: readonly BenefitRule[] = [percentBenefit, fixedBenefit]

/** What `quote` knows unless it is given other rules. */
export const builtInRules: PromotionRules = /* @__PURE__ */ promotionRules({
  conditions: builtInConditions,
  benefits: builtInBenefits,
})
