import { customerKey } from '../index-keys.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

/** The customer is one of those listed; somebody who is not signed in is none of them. */
export const customersCondition: CartConditionRule<Extract<PromotionCondition, { type: 'customers' }>> = {
  type: 'customers',
  scope: 'cart',
  check({ customers }, _selected, { shopper }) {
    const isListed = shopper.customerId !== null && customers.includes(shopper.customerId)
    return isListed ? { type: 'holds' } : { type: 'fails', reason: 'not_for_you' }
  },
  indexKeys: ({ customers }) => customers.map(customerKey),
}
