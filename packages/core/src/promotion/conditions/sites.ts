import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

/** The cart is of one of the sites; with `any` and `none` it says what a promotion's own list of sites can't. */
export const sitesCondition: CartConditionRule<Extract<PromotionCondition, { type: 'sites' }>> = {
  type: 'sites',
  scope: 'cart',
  isPublic: true,
  check: ({ sites }, _selected, { site }) =>
    sites.includes(site) ? { type: 'holds' } : { type: 'fails', reason: 'not_here' },
}
