import { localTime } from '../../time/index.ts'
import type { PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

/**
 * The clocks of the site's time zone show a time from `from` on and before `until`; where `until` is the earlier one, the
 * window goes past midnight. An hour that clocks show twice counts twice, one that they skip never comes.
 */
export const localHoursCondition: CartConditionRule<Extract<PromotionCondition, { type: 'local_hours' }>> = {
  type: 'local_hours',
  scope: 'cart',
  isPublic: true,
  check({ from, until }, _selected, { now, timeZone }) {
    const time = localTime(now, timeZone)
    const isWithin = from < until ? from <= time && time < until : from <= time || time < until
    return isWithin ? { type: 'holds' } : { type: 'fails', reason: 'not_now' }
  },
}
