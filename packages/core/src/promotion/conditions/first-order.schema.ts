import { tag } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { firstOrderCondition } from './first-order.ts'

type Condition = Extract<PromotionCondition, { type: 'first_order' }>

/** What staff write for `first_order`. */
export const firstOrderKind = conditionKind<Condition>({
  rule: firstOrderCondition,
  arm: (object) => object<Condition>()({ type: tag('first_order') }),
})
