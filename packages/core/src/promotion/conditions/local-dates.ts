import { localDate } from '../../time/index.ts'
import type { LocalDateRange, PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

/** The calendar day in the site's time zone is in one of the ranges; first and last day count to their last millisecond. */
export const localDatesCondition: CartConditionRule<Extract<PromotionCondition, { type: 'local_dates' }>> = {
  type: 'local_dates',
  scope: 'cart',
  isPublic: true,
  check({ ranges }, _selected, { now, timeZone }) {
    const today = localDate(now, timeZone)
    return ranges.some((range) => isIn(range, today)) ? { type: 'holds' } : { type: 'fails', reason: 'not_now' }
  },
}

function isIn({ first, last }: LocalDateRange, date: string): boolean {
  return (first === null || first <= date) && (last === null || date <= last)
}
