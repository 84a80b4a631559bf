/** A string of JSON, whose digits are no number, or a number. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g
/** Whole numbers of so many digits are all kept. */
const KEPT_DIGITS = 15

/**
 * The first number of a JSON text that is read as another than stands there, such as an id of 17 digits, or null. Prices such as
 * `39.00` are read as what they are.
 *
 * @param json valid JSON
 * @example
 * misreadNumber('{"course": 90071992547409931}') // '90071992547409931'
 */
export function misreadNumber(json: string): string | null {
  return json.match(STRING_OR_NUMBER)?.find((token) => !token.startsWith('"') && isMisread(token)) ?? null
}

/** Of a fraction the last digits are lost, which no price or measure needs: a mean that PostgreSQL writes has more than are kept. */
function isMisread(written: string): boolean {
  const [whole = ''] = written.replace('-', '').split(/[.eE]/)
  if (whole.length > KEPT_DIGITS) return String(Number(written)) !== written
  return !Number.isFinite(Number(written))
}
