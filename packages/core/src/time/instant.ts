/**
 * A moment: ISO 8601 in UTC to the millisecond, `2026-03-29T01:00:00.000Z`, from year 0000 to 9999. Always 24
 * characters, so that comparing two as text compares them as moments.
 */
export type Instant = string

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
// Marked, so that a page that reads no instant does not load them.
const EARLIEST = /* @__PURE__ */ Date.parse('0000-01-01T00:00:00.000Z')
const LATEST = /* @__PURE__ */ Date.parse('9999-12-31T23:59:59.999Z')

/**
 * The instant of a count of milliseconds since 1970-01-01T00:00Z.
 *
 * @throws RangeError when the count is no whole number or lies outside the years 0000 to 9999.
 */
export function toInstant(epochMilliseconds: number): Instant {
  const isInRange = epochMilliseconds >= EARLIEST && epochMilliseconds <= LATEST
  if (!Number.isInteger(epochMilliseconds) || !isInRange) {
    throw new RangeError(`${epochMilliseconds} is not a whole count of milliseconds within the years 0000 to 9999.`)
  }
  return new Date(epochMilliseconds).toISOString()
}

/**
 * Milliseconds since 1970-01-01T00:00Z.
 *
 * @throws RangeError when the text is not an instant.
 */
export function fromInstant(instant: Instant): number {
  const epochMilliseconds = INSTANT.test(instant) ? Date.parse(instant) : Number.NaN
  if (Number.isNaN(epochMilliseconds)) {
    throw new RangeError(`${JSON.stringify(instant)} is not an instant like 2026-03-29T01:00:00.000Z.`)
  }
  return epochMilliseconds
}

/** Whether a text is an instant in its only form: that length, UTC, and a date that exists. */
export function isInstant(text: string): boolean {
  if (!INSTANT.test(text)) return false
  const epochMilliseconds = Date.parse(text)
  // Some engines read 30 February as 2 March, and 24:00 as the next day.
  return !Number.isNaN(epochMilliseconds) && new Date(epochMilliseconds).toISOString() === text
}

/**
 * The instant so many milliseconds later, or earlier when the count is negative.
 *
 * @throws RangeError when the result lies outside the years 0000 to 9999.
 */
export function addMilliseconds(instant: Instant, milliseconds: number): Instant {
  return toInstant(fromInstant(instant) + milliseconds)
}
