import { localWeekday } from '../../time/index.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

/** It is one of the days of the week in the site's time zone: a day ends where the next begins there. */
export const weekdaysCondition: CartConditionRule<Extract<PromotionCondition, { type: 'weekdays' }>> = {
  type: 'weekdays',
  scope: 'cart',
  isPublic: true,
  check: ({ days }, _selected, { now, timeZone }) =>
    days.includes(localWeekday(now, timeZone)) ? { type: 'holds' } : { type: 'fails', reason: 'not_now' },
}
