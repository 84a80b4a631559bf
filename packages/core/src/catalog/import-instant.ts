import {
  addDays,
  addMilliseconds,
  type Instant,
  isInstant,
  localDateTimeToInstant,
  startOfLocalDay,
} from '../time/index.ts'
import { type Parsed, parsed, unreadable } from './import-parsed.ts'

/** How the dates of a file are written. */
export interface ImportDateOptions {
  /** IANA zone of dates and times that name none: the site's. */
  timeZone: string
  /** What comes first in dates whose year is last. @default whichever can, and what has two readings is refused */
  dateOrder?: DateOrder | undefined
}

/** What comes first in dates whose year is last. */
export type DateOrder = 'day_first' | 'month_first'

/** How a date of a file is to be understood. */
export interface ParseInstantOptions extends ImportDateOptions {
  /** What a date without a time means: the start of that day, or its end, so that a deadline includes its day. */
  dateMeans: 'start_of_day' | 'end_of_day'
}

const DATE = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/
const TIME = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?$/
const OFFSET = /\s*(?:(Z|UTC|GMT)|([+-])(\d\d):?(\d\d))$/i
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/
const SHORT_YEAR = /^\d{1,2}([-/.])\d{1,2}\1\d{2}$/
const NO_MONTH = 12

const NO_DATE = 'This is not a date: write 2026-09-01 or 2026-09-01 23:59'
/** No date of the forms below is as long. */
const MAXIMUM_LENGTH = 60
/** Files repeat a few dates in thousands of rows, and a time zone's rules are slow to ask. */
const MAXIMUM_CACHED = 1000
const cachedInstants = new Map<string, Parsed<Instant>>()

/**
 * An instant from a date as files hold it: `2026-09-01T21:59:00Z`, `2026-09-01 23:59+02:00`, and in the site's zone
 * `2026-09-01 23:59` and `2026-09-01`. Where the year is last, as in `31.12.2026`, it must have one reading: `03/04/2026`
 * has two and is refused, unless `dateOrder` tells.
 *
 * @param text trimmed.
 * @throws RangeError for an unknown time zone.
 */
export function parseImportInstant(text: string, options: ParseInstantOptions): Parsed<Instant> {
  if (text.length > MAXIMUM_LENGTH) return unreadable(NO_DATE)
  const key = `${options.timeZone} ${options.dateMeans} ${options.dateOrder} ${text}`
  const cached = cachedInstants.get(key)
  if (cached !== undefined) return cached
  const instant = readInstant(text, options)
  if (cachedInstants.size >= MAXIMUM_CACHED) cachedInstants.clear()
  cachedInstants.set(key, instant)
  return instant
}

function readInstant(text: string, options: ParseInstantOptions): Parsed<Instant> {
  const [dateText = '', timeText, ...rest] = splitDateTime(text)
  if (rest.length > 0) return unreadable(NO_DATE)
  const read = readDate(dateText, options.dateOrder)
  if (!read.ok) return read
  const { value: date } = read
  if (!isInstant(`${date}T00:00:00.000Z`)) return unreadable('The calendar has no such date')
  try {
    return momentOf(date, timeText, options)
  } catch (error) {
    // In another time zone the first and last days are beyond what instants can say.
    const isAtEdge = date <= '0000-01-02' || date >= '9999-12-30'
    if (isAtEdge && error instanceof RangeError) return unreadable('It is too far away: leave it empty for no end')
    throw error
  }
}

function momentOf(date: string, timeText: string | undefined, options: ParseInstantOptions): Parsed<Instant> {
  if (timeText === undefined) {
    return parsed(startOfLocalDay(options.dateMeans === 'end_of_day' ? addDays(date, 1) : date, options.timeZone))
  }
  return readTime(date, timeText, options.timeZone)
}

function splitDateTime(text: string): string[] {
  const separator = /[T\s]+/i.exec(text)
  if (separator === null) return [text]
  return [text.slice(0, separator.index), text.slice(separator.index + separator[0].length)]
}

function readDate(text: string, order: DateOrder | undefined): Parsed<string> {
  const [, year = '', , month = '', day = ''] = DATE.exec(text) ?? []
  if (year !== '') return parsed(dateOf(year, month, day))
  if (SHORT_YEAR.test(text)) return unreadable('The year has two digits: write the year first, 2026-09-01')
  const [, first = '', , second = '', last = ''] = YEAR_LAST.exec(text) ?? []
  if (last === '') return unreadable(NO_DATE)
  const [dayFirst, monthFirst] = [dateOf(last, second, first), dateOf(last, first, second)]
  if (order !== undefined) return parsed(order === 'day_first' ? dayFirst : monthFirst)
  // A row alone tells what it means, or it is refused: other rows of the file are not asked.
  if (Number(second) > NO_MONTH) return parsed(monthFirst)
  if (Number(first) > NO_MONTH || dayFirst === monthFirst) return parsed(dayFirst)
  return unreadable(
    `This can mean ${monthFirst} or ${dayFirst}: write the year first, or name the date order of the file`,
  )
}

const dateOf = (year: string, month: string, day: string): string =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`

function readTime(date: string, text: string, timeZone: string): Parsed<Instant> {
  const offset = OFFSET.exec(text)
  const match = TIME.exec(offset === null ? text : text.slice(0, offset.index))
  const [, hour = '', minute = '', second = '00', fraction = ''] = match ?? []
  const local = `${date}T${hour.padStart(2, '0')}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}`
  if (match === null || !isInstant(`${local}Z`)) return unreadable('This is not a time: write 2026-09-01 23:59')
  if (offset === null) return parsed(localDateTimeToInstant(local, timeZone))
  const [, , sign, hours = '0', minutes = '0'] = offset
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000
  return parsed(addMilliseconds(`${local}Z`, sign === '-' ? ahead : -ahead))
}
