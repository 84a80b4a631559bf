import { list, tag, text } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { PromotionCondition } from '../promotion.ts'
import { customerGroupsCondition } from './customer-groups.ts'

type Condition = Extract<PromotionCondition, { type: 'customer_groups' }>

/** What staff write for `customer_groups`. */
export const customerGroupsKind = conditionKind<Condition>({
  rule: customerGroupsCondition,
  arm: (object) => object<Condition>()({ type: tag('customer_groups'), groups: list(text(1, 100), 100, 1) }),
})
