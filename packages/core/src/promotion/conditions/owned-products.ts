import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

/**
 * The shopper has a right to one of the products. Somebody not signed in may have one, and checkout decides; of a customer
 * whose rights could not be learnt nothing is assumed, neither that they own it nor that they don't.
 */
export const ownedProductsCondition: CartConditionRule<Extract<PromotionCondition, { type: 'owned_products' }>> = {
  type: 'owned_products',
  scope: 'cart',
  check({ products }, _selected, { shopper: { customerId, owned } }) {
    if (owned === undefined || owned === 'unknown') return { type: customerId === null ? 'unknown' : 'undecided' }
    return products.some((id) => owned.products.includes(id))
      ? { type: 'holds' }
      : { type: 'fails', reason: 'not_for_you' }
  },
}
