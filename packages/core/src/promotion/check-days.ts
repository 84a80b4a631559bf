import type { InputIssue } from '../errors/index.ts'
import { addDays, localWeekday } from '../time/index.ts'
import type { LocalDateRange, Promotion } from './promotion.ts'

/** Days without a beginning begin here. */
const FIRST_DAY = '0001-01-01'
/** The calendar of instants ends here. */
const LAST_DAY = '9999-12-31'

/**
 * The first list of dates that leaves no day of the promotion's window, of its weekdays and of the lists before it; or the
 * weekdays, where its window has none of them. Each by itself must be right.
 */
export function checkDays({ conditions, from, until }: Promotion): readonly InputIssue[] {
  const weekdays = conditions.flatMap((condition, place) =>
    condition.type === 'weekdays' ? [{ path: `conditions.${place}.days`, days: condition.days }] : [],
  )
  const dates = conditions.flatMap((condition, place) =>
    condition.type === 'local_dates' ? [{ path: `conditions.${place}.ranges`, ranges: condition.ranges }] : [],
  )
  const window = daysOf(from, until)
  const open = firstDays([window, ...dates.flatMap(({ ranges }) => ranges)]).filter((day) => isIn(window, day))
  const missed = weekdays.find(({ days }) => !open.some((day) => days.includes(weekdayOf(day))))
  if (missed !== undefined) return [complain(missed.path)]
  let left = open.filter((day) => weekdays.every(({ days }) => days.includes(weekdayOf(day))))
  if (left.length === 0) return [] // Said of the weekdays, which have none in common.
  for (const { path, ranges } of dates) {
    left = left.filter((day) => ranges.some((range) => isIn(range, day)))
    if (left.length === 0) return [complain(path)]
  }
  return []
}

/** Days are the site's, so that an instant may be of the day before or after. */
function daysOf(from: string | null, until: string | null): LocalDateRange {
  return {
    first: from === null || from < FIRST_DAY ? null : addDays(from.slice(0, 10), -1),
    last: until === null || until > LAST_DAY ? null : addDays(until.slice(0, 10), 1),
  }
}

/** Where all ranges have days in common, the first of them is where one begins, and within a week there is each weekday. */
function firstDays(ranges: readonly LocalDateRange[]): readonly string[] {
  return [...new Set([FIRST_DAY, ...ranges.map(({ first }) => first ?? FIRST_DAY)])].flatMap(weekFrom)
}

function weekFrom(begin: string): readonly string[] {
  const week = [begin]
  for (let day = begin; week.length < 7 && day < LAST_DAY; week.push(day)) day = addDays(day, 1)
  return week
}

function isIn({ first, last }: LocalDateRange, day: string): boolean {
  return (first ?? day) <= day && day <= (last ?? day)
}

function weekdayOf(day: string): number {
  return localWeekday(`${day}T00:00:00.000Z`, 'UTC')
}

function complain(path: string): InputIssue {
  return { path, message: 'leave no day of what is allowed besides: the promotion could never apply' }
}
