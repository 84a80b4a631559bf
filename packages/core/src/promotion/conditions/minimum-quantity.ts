import { tag, whole } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import { unitsOf } from '../line-sums.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'minimum_quantity' }>

/** The selected lines have at least so many units together. */
export const minimumQuantityCondition: CartConditionRule<Condition> = {
  type: 'minimum_quantity',
  scope: 'cart',
  isPublic: true,
  readsLines: true,
  check({ quantity }, selected) {
    const missing = quantity - unitsOf(selected)
    return missing <= 0 ? { type: 'holds' } : { type: 'fails', reason: 'below_minimum', missing: { quantity: missing } }
  },
}

/** What staff write for `minimum_quantity`. */
export const minimumQuantityKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: minimumQuantityCondition,
  arm: (object) => object<Condition>()({ type: tag('minimum_quantity'), quantity: whole(1, 200_000) }),
})
