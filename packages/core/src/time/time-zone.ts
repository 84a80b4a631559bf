import { fromInstant, type Instant, toInstant } from './instant.ts'

const DAY = 86_400_000
const LOCAL_DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const LOCAL_DATE_TIME = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{3}))?)?$/

/** There are about 600 names of zones; the bound only stops spellings in odd case from filling the memory. */
const MAX_CACHED_ZONES = 1000
const cachedFormatters = new Map<string, Intl.DateTimeFormat>()

/**
 * Whether a text names a time zone of the IANA database, `Europe/Berlin` or `UTC`. Bare offsets such as `+01:00` are
 * refused on every engine, though newer ones know them: they have no daylight saving time.
 */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false
  try {
    formatterFor(text)
    return true
  } catch {
    return false
  }
}

/**
 * The calendar date on a wall in the zone, `YYYY-MM-DD`; the same whatever zone the machine is set to.
 *
 * @throws RangeError for an unknown zone.
 */
export function localDate(instant: Instant, timeZone: string): string {
  return dateOf(localEpoch(fromInstant(instant), timeZone))
}

/**
 * The time of day on a clock in the zone, `HH:mm` from 00:00 to 23:59.
 *
 * @throws RangeError for an unknown zone.
 */
export function localTime(instant: Instant, timeZone: string): string {
  return toInstant(localEpoch(fromInstant(instant), timeZone)).slice(11, 16)
}

/** Whether a text is a day that the calendar has, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  try {
    epochOfDate(text)
    return true
  } catch {
    return false
  }
}

/**
 * The day of the week in the zone by ISO 8601: 1 is Monday, 7 is Sunday.
 *
 * @throws RangeError for an unknown zone.
 */
export function localWeekday(instant: Instant, timeZone: string): number {
  return new Date(localEpoch(fromInstant(instant), timeZone)).getUTCDay() || 7
}

/**
 * The first instant of a calendar date in the zone. Where clocks skip midnight, that is the moment they jump; where
 * midnight comes twice, the first. A date that a zone never had answers the start of the next one that it had. The
 * end of a day is the start of the next: `startOfLocalDay(addDays(date, 1), timeZone)`.
 *
 * @param date `YYYY-MM-DD`.
 * @throws RangeError for a date that does not exist or an unknown zone.
 */
export function startOfLocalDay(date: string, timeZone: string): Instant {
  const wanted = epochOfDate(date)
  const { instants, before, after } = candidates(wanted, timeZone)
  const first = instants[0]
  return toInstant(first ?? jumpBetween(wanted - after, wanted - before, timeZone))
}

/**
 * The instant at which clocks in the zone show a local time. A time that comes twice, when clocks go back, means the
 * first; one that clocks skip is read by the offset before the jump, so 02:30 in the hour lost in spring means
 * 03:30. This is what RFC 5545 and Temporal's `compatible` do.
 *
 * @param local `YYYY-MM-DDTHH:mm`, with seconds and milliseconds where wanted, and no offset.
 * @throws RangeError for a text of another form, a date that does not exist or an unknown zone.
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5
 * @example
 * localDateTimeToInstant('2026-03-29T02:30', 'Europe/Berlin') // '2026-03-29T01:30:00.000Z', 03:30 on the wall
 */
export function localDateTimeToInstant(local: string, timeZone: string): Instant {
  const wanted = epochOfLocalDateTime(local)
  const { instants, before } = candidates(wanted, timeZone)
  return toInstant(instants[0] ?? wanted - before)
}

/**
 * The calendar date so many days later, or earlier when negative; months and leap years are the calendar's.
 *
 * @param date `YYYY-MM-DD`.
 * @throws RangeError for a date that does not exist.
 */
export function addDays(date: string, days: number): string {
  return dateOf(epochOfDate(date) + days * DAY)
}

interface Candidates {
  /** The instants, in order, at which clocks show the time: none, one or two. */
  readonly instants: readonly number[]
  /** Offset from UTC a day before, in milliseconds. */
  readonly before: number
  /** Offset from UTC a day after, in milliseconds. */
  readonly after: number
}

/** A zone changes its offset at most once within two days, so the offsets on both sides are the only ones to try. */
function candidates(wanted: number, timeZone: string): Candidates {
  const before = offsetAt(wanted - DAY, timeZone)
  const after = offsetAt(wanted + DAY, timeZone)
  const tried = before === after ? [before] : [before, after]
  const instants = tried.map((offset) => wanted - offset).filter((instant) => localEpoch(instant, timeZone) === wanted)
  return { instants: instants.sort((left, right) => left - right), before, after }
}

/** The first millisecond after `early`, at most `late`, that has the offset of `late`. */
function jumpBetween(early: number, late: number, timeZone: string): number {
  const offsetAfter = offsetAt(late, timeZone)
  let [low, high] = [early, late]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle, timeZone) === offsetAfter) high = middle
    else low = middle
  }
  return high
}

function offsetAt(epochMilliseconds: number, timeZone: string): number {
  return localEpoch(epochMilliseconds, timeZone) - epochMilliseconds
}

/** What the clocks in the zone show, read as if it were UTC. */
function localEpoch(epochMilliseconds: number, timeZone: string): number {
  const shown: Record<string, string> = {}
  for (const { type, value } of formatterFor(timeZone).formatToParts(epochMilliseconds)) shown[type] = value
  const date = `${(shown.year ?? '').padStart(4, '0')}-${shown.month}-${shown.day}`
  const seconds = Date.parse(`${date}T${shown.hour}:${shown.minute}:${shown.second}.000Z`)
  return seconds + (((epochMilliseconds % 1000) + 1000) % 1000)
}

function dateOf(utc: number): string {
  return toInstant(utc).slice(0, 10)
}

function epochOfLocalDateTime(local: string): number {
  const match = LOCAL_DATE_TIME.exec(local)
  if (match === null) throw new RangeError(`${JSON.stringify(local)} is not a local time like 2026-03-29T02:30.`)
  const [, date = '', hour, minute, second = '0', millisecond = '0'] = match
  const minutes = Number(hour) * 60 + Number(minute)
  return epochOfDate(date) + minutes * 60_000 + Number(second) * 1000 + Number(millisecond)
}

function epochOfDate(date: string): number {
  const epochMilliseconds = LOCAL_DATE.test(date) ? Date.parse(`${date}T00:00:00.000Z`) : Number.NaN
  // Some engines read 30 February as 2 March.
  if (Number.isNaN(epochMilliseconds) || new Date(epochMilliseconds).toISOString().slice(0, 10) !== date) {
    throw new RangeError(`${JSON.stringify(date)} is not a date like 2026-03-29 that the calendar has.`)
  }
  return epochMilliseconds
}

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const cached = cachedFormatters.get(timeZone)
  if (cached !== undefined) return cached
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  if (cachedFormatters.size >= MAX_CACHED_ZONES) cachedFormatters.clear()
  cachedFormatters.set(timeZone, formatter)
  return formatter
}
