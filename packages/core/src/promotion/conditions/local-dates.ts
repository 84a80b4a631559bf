import { issueUnless } from '../../errors/index.ts'
import { formed, list, tag } from '../../json/field.schema.ts'
import { isDate, localDate } from '../../time/index.ts'
import { conditionKind } from '../built-in-kind.schema.ts'
import type { LocalDateRange, PromotionCondition } from '../promotion.ts'
import type { CartConditionRule } from '../promotion-rules.ts'

type Condition = Extract<PromotionCondition, { type: 'local_dates' }>

/** The calendar day in the site's time zone is in one of the ranges; first and last day count to their last millisecond. */
const localDatesCondition: CartConditionRule<Condition> = {
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

const date = /* @__PURE__ */ formed(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-12-24', { maximum: 10 })

/** What staff write for `local_dates`. */
export const localDatesKind = /* @__PURE__ */ conditionKind<Condition>({
  rule: localDatesCondition,
  arm: (object) =>
    object<Condition>()({
      type: tag('local_dates'),
      ranges: list(object<LocalDateRange>()({ first: date.nullable(), last: date.nullable() }), 50, 1),
    }),
  check: ({ ranges }) =>
    ranges.flatMap(({ first, last }, place) => [
      ...issueUnless(first === null || isDate(first), `ranges.${place}.first`, 'must be a day that the calendar has'),
      ...issueUnless(last === null || isDate(last), `ranges.${place}.last`, 'must be a day that the calendar has'),
      ...issueUnless(first === null || last === null || first <= last, `ranges.${place}.last`, 'is before `first`'),
      ...issueUnless(first !== null || last !== null, `ranges.${place}`, 'is every day: leave the condition out'),
    ]),
})
