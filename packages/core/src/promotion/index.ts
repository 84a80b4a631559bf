export { amountIn } from './amount-in.ts'
export { builtInBenefits, builtInConditions, builtInRules } from './built-in-kinds.ts'
export { type CodeBatch, mintedCode, ofBatch, spelledCode } from './code-batch.ts'
export { codeBatchKind, type NewCodeBatch } from './code-batch-kind.ts'
export { codeKind, type NewCode } from './code-kind.ts'
export { estimateRules, type HostRules } from './estimate-rules.ts'
export { indexPromotions, type PromotionIndex } from './index-promotions.ts'
export { arePublic, type ConditionsVerdict, joinedBy, judgeConditions, mentions } from './judge-conditions.ts'
export { linesSelected } from './lines-selected.ts'

export { codeBatches, codes, promotions } from './promotion.collection.ts'
export {
  type AnyCondition,
  type Code,
  type HostData,
  type LocalDateRange,
  type NoneCondition,
  normaliseCode,
  normaliseCodeAsBefore,
  type Promotion,
  type PromotionBenefit,
  type PromotionCondition,
  type PromotionLimits,
  type ReturnsUse,
  type SignedTerms,
  type SimpleCondition,
} from './promotion.ts'
export { type NewPromotion, promotionKind } from './promotion-kind.ts'
export {
  type AllowedValues,
  type BenefitKind,
  type ConditionKind,
  type KindReference,
  type PromotionKinds,
  promotionKinds,
  type ShopFacts,
} from './promotion-kinds.ts'
export {
  type BenefitLines,
  type BenefitRule,
  type CartConditionRule,
  type ConditionAnswer,
  type ConditionRefusal,
  type ConditionRule,
  type DiscountableLine,
  type LineConditionRule,
  type Missing,
  type PercentRounding,
  type PromotableLine,
  type PromotionContext,
  type PromotionRules,
  promotionRules,
  ruleOf,
  type Typed,
} from './promotion-rules.ts'
export type { Fact, OwnedThings, PaidPrice, ShopperFacts } from './shopper-facts.ts'
export { allowsTerms, withinTerms, wrongTerms } from './signed-terms.ts'
