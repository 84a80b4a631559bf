import { groupKey } from '../index-keys.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

/** The customer is in one of the groups; somebody who is not signed in is in none. */
export const customerGroupsCondition: CartConditionRule<Extract<PromotionCondition, { type: 'customer_groups' }>> = {
  type: 'customer_groups',
  scope: 'cart',
  check({ groups }, _selected, { shopper }) {
    const isMember = groups.some((group) => shopper.groups.includes(group))
    return isMember ? { type: 'holds' } : { type: 'fails', reason: 'not_for_you' }
  },
  indexKeys: ({ groups }) => groups.map(groupKey),
}
