import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

/** The cart is in one of the currencies. */
export const currenciesCondition: CartConditionRule<Extract<PromotionCondition, { type: 'currencies' }>> = {
  type: 'currencies',
  scope: 'cart',
  isPublic: true,
  check: ({ currencies }, _selected, { currency }) =>
    currencies.includes(currency) ? { type: 'holds' } : { type: 'fails', reason: 'not_here' },
}
