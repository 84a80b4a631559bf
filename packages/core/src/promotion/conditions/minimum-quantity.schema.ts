import { tag, whole } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { minimumQuantityCondition } from './minimum-quantity.ts'

type Condition = Extract<PromotionCondition, { type: 'minimum_quantity' }>

/** What staff write for `minimum_quantity`. */
export const minimumQuantityKind = conditionKind<Condition>({
  rule: minimumQuantityCondition,
  arm: (object) => object<Condition>()({ type: tag('minimum_quantity'), quantity: whole(1, 200_000) }),
})
