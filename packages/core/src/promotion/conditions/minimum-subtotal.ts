import { amountIn } from '../amount-in.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule, PromotableLine } from '../promotion-rules.ts'

/**
 * The selected lines come to at least an amount, at list prices: before any promotion, in the site's price basis, and
 * without the lines that the promotion does not touch. It does not hold in a currency for which it names no amount.
 */
export const minimumSubtotalCondition: CartConditionRule<Extract<PromotionCondition, { type: 'minimum_subtotal' }>> = {
  type: 'minimum_subtotal',
  scope: 'cart',
  isPublic: true,
  readsLines: true,
  check({ amounts }, selected, { currency }) {
    const minimum = amountIn(amounts, currency)
    if (minimum === null) return { type: 'fails', reason: 'not_for_these_items' }
    const missing = minimum - subtotal(selected)
    return missing <= 0 ? { type: 'holds' } : { type: 'fails', reason: 'below_minimum', missing: { amount: missing } }
  },
}

function subtotal(lines: readonly PromotableLine[]): number {
  let sum = 0
  for (const { base } of lines) sum += base
  return sum
}
