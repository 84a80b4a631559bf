import { list, tag, text } from '../../json/field.schema.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import { groupKey } from '../index-keys.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'customer_groups' }>

/** The customer is in one of the groups; somebody who is not signed in is in none. */
const customerGroupsCondition: CartConditionRule<Condition> = {
  type: 'customer_groups',
  scope: 'cart',
  check({ groups }, _selected, { shopper }) {
    const isMember = groups.some((group) => shopper.groups.includes(group))
    return isMember ? { type: 'holds' } : { type: 'fails', reason: 'not_for_you' }
  },
}

/** What staff write for `customer_groups`. */
export const customerGroupsKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: customerGroupsCondition,
  indexKeys: ({ groups }) => groups.map(groupKey),
  arm: (object) => object<Condition>()({ type: tag('customer_groups'), groups: list(text(1, 100), 100, 1) }),
})
