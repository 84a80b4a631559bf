import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

/** The selected lines have at least so many units together. */
export const minimumQuantityCondition: CartConditionRule<Extract<PromotionCondition, { type: 'minimum_quantity' }>> = {
  type: 'minimum_quantity',
  scope: 'cart',
  isPublic: true,
  readsLines: true,
  check({ quantity }, selected) {
    let units = 0
    for (const line of selected) units += line.quantity
    return units >= quantity
      ? { type: 'holds' }
      : { type: 'fails', reason: 'below_minimum', missing: { quantity: quantity - units } }
  },
}
