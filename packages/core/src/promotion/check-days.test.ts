import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, localDate, localWeekday } from '../time/index.ts'
import { checkDays } from './check-days.ts'
import type { LocalDateRange, Promotion, PromotionCondition } from './promotion.ts'

const SALE: Promotion = {
  ...{ id: 'pro_1', name: 'Sale', sites: null, from: null, until: null, requiresCode: false, conditions: [] },
  ...{ benefit: { type: 'percent', percent: '20' }, limits: { uses: null, usesPerCustomer: null } },
  ...{ stacking: 'combinable', priority: 0, status: 'active' },
}
const dates = (...ranges: [first: string | null, last: string | null][]): PromotionCondition => ({
  ...{ type: 'local_dates', ranges: ranges.map(([first, last]) => ({ first, last })) },
})
const weekdays = (...days: number[]): PromotionCondition => ({ type: 'weekdays', days })
const check = (conditions: PromotionCondition[], from: string | null = null, until: string | null = null) =>
  checkDays({ ...SALE, conditions, from, until })
const at = (day: string, time = '12:00:00.000') => `${day}T${time}Z`

const MESSAGE = 'leave no day of what is allowed besides: the promotion could never apply'
type Case = [what: string, conditions: PromotionCondition[], from?: string | null, until?: string | null]

describe('days that a promotion can have', () => {
  it.each<Case>([
    ['all', []],
    ['all but with a window', [], at('2026-06-01'), at('2026-07-01')],
    [
      'a day that may be the site’s while the window ends',
      [dates(['2026-07-02', null])],
      null,
      at('2026-07-01', '23:59:59.999'),
    ],
    [
      'a day that may be the site’s while the window begins',
      [dates([null, '2026-05-31'])],
      at('2026-06-01', '00:00:00.000'),
      null,
    ],
    [
      'one range within the window, and one before it',
      [dates(['2026-01-01', '2026-01-31'], ['2026-06-15', '2026-06-15'])],
      at('2026-06-01'),
      at('2026-07-01'),
    ],
    ['open ranges', [dates([null, '2026-06-15']), dates(['2026-06-15', null])]],
    ['ranges without a beginning', [dates([null, '2026-06-15']), dates([null, '2020-01-01'])]],
    [
      'two lists with a day in common',
      [dates(['2026-01-01', '2026-01-31'], ['2026-03-01', '2026-03-31']), dates(['2026-01-31', '2026-02-28'])],
    ],
    ['a weekday, always', [weekdays(1)]],
    // The 21st of June 2026 is a Sunday.
    ['a Sunday in a week of dates', [dates(['2026-06-15', '2026-06-21']), weekdays(7)]],
    ['a Monday in a week of dates', [weekdays(1), dates(['2026-06-15', '2026-06-21'])]],
    ['the Sunday that is meant', [dates(['2026-06-21', '2026-06-21']), weekdays(6, 7)]],
    ['a weekday in a window', [weekdays(7)], at('2026-06-20'), at('2026-06-20', '13:00:00.000')],
    ['the end of the calendar', [weekdays(5), dates(['9999-12-31', null])], null, at('9999-12-31', '23:59:59.999')],
    ['its beginning', [dates([null, '0001-01-01'])], at('0000-01-01', '00:00:00.000'), null],
  ])('%s', (_, conditions, from, until) => {
    expect(check(conditions, from, until)).toStrictEqual([])
  })
})

describe('days that it can never have', () => {
  it.each<[...Case, path: string]>([
    ['dates after its window', [dates(['2026-07-03', null])], null, at('2026-07-01'), 'conditions.0.ranges'],
    ['dates before its window', [dates([null, '2026-05-30'])], at('2026-06-01'), null, 'conditions.0.ranges'],
    [
      'dates on both sides',
      [dates([null, '2026-05-30'], ['2026-07-03', null])],
      at('2026-06-01'),
      at('2026-07-01'),
      'conditions.0.ranges',
    ],
    [
      'dates after dates',
      [dates(['2026-06-01', '2026-06-15']), dates(['2026-06-16', null])],
      null,
      null,
      'conditions.1.ranges',
    ],
    [
      'dates that leave nothing of the two before',
      [dates(['2026-06-01', '2026-06-15']), dates(['2026-06-10', '2026-06-20']), dates([null, '2026-06-09'])],
      null,
      null,
      'conditions.2.ranges',
    ],
    ['a Saturday that is none', [weekdays(6), dates(['2026-06-21', '2026-06-21'])], null, null, 'conditions.1.ranges'],
    [
      'a Saturday that is none, the other way',
      [dates(['2026-06-21', '2026-06-21']), weekdays(6)],
      null,
      null,
      'conditions.0.ranges',
    ],
    [
      'a Monday in a window that has none',
      [dates(['2026-01-01', null]), weekdays(1, 7), weekdays(1)],
      at('2026-06-17'),
      at('2026-06-18'),
      'conditions.1.days',
    ],
    ['a day after the calendar', [weekdays(6), dates(['9999-12-31', null])], null, null, 'conditions.1.ranges'],
  ])('%s', (_, conditions, from, until, path) => {
    expect(check(conditions, from, until)).toStrictEqual([{ path, message: MESSAGE }])
  })

  it('because its weekdays have none in common are not named here', () => {
    expect(check([weekdays(1), weekdays(2), dates(['2026-06-15', '2026-06-21'])])).toStrictEqual([])
  })
})

describe('days', () => {
  const START = '2026-06-01'
  const day = fc.integer({ min: 0, max: 20 }).map((days) => addDays(START, days))
  const range = fc.tuple(day, day).map(([one, other]): LocalDateRange => {
    const [first = one, last = other] = [one, other].sort()
    return { first, last }
  })
  const condition: fc.Arbitrary<PromotionCondition> = fc.oneof(
    fc.array(range, { minLength: 1, maxLength: 3 }).map((ranges) => ({ type: 'local_dates' as const, ranges })),
    fc
      .subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1, maxLength: 6 })
      .map((days) => ({ type: 'weekdays' as const, days })),
  )

  it('are refused only where none of a calendar is left', () => {
    const calendar = Array.from({ length: 40 }, (_, days) => addDays(START, days - 10))
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), fc.option(day), (conditions, from) => {
        // Noon in UTC is the same day in the zone of these dates, and a day before the window counts as within.
        const isOpen = (one: string) =>
          conditions.every((each) =>
            each.type === 'local_dates'
              ? (each.ranges as readonly LocalDateRange[]).some(
                  ({ first, last }) => first !== null && first <= one && last !== null && one <= last,
                )
              : each.type === 'weekdays' && (each.days as readonly number[]).includes(localWeekday(at(one), 'UTC')),
          ) &&
          (from === null || addDays(one, 1) >= localDate(at(from), 'UTC'))
        const isWithoutDates = conditions.every(({ type }) => type === 'weekdays')
        const isPossible = isWithoutDates || calendar.some(isOpen)
        const common = [1, 2, 3, 4, 5, 6, 7].filter((one) =>
          conditions.every((each) => each.type !== 'weekdays' || (each.days as readonly number[]).includes(one)),
        )
        const issues = check(conditions, from === null ? null : at(from))
        expect(issues.length > 0).toBe(!isPossible && common.length > 0)
      }),
      { numRuns: 1000 },
    )
  })
})
