import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

/** The place of sale is one of the countries. */
export const countriesCondition: CartConditionRule<Extract<PromotionCondition, { type: 'countries' }>> = {
  type: 'countries',
  scope: 'cart',
  isPublic: true,
  check: ({ countries }, _selected, { country }) =>
    countries.includes(country) ? { type: 'holds' } : { type: 'fails', reason: 'not_here' },
}
