import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

/** It is the customer's first order at the operator. While that is not known it applies, and checkout decides. */
export const firstOrderCondition: CartConditionRule<Extract<PromotionCondition, { type: 'first_order' }>> = {
  type: 'first_order',
  scope: 'cart',
  check(_condition, _selected, { shopper }) {
    switch (shopper.firstOrder) {
      case 'yes':
        return { type: 'holds' }
      case 'unknown':
        return { type: 'unknown' }
      case 'no':
        return { type: 'fails', reason: 'not_for_you' }
    }
  },
}
