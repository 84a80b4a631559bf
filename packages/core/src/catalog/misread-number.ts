/** A string of JSON, whose digits are no number, or a number. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g
/** Whole numbers of so many digits are all kept. */
const KEPT_DIGITS = 15
/** A program that writes a fraction out in full, such as 19.989999999999998 for 19.99, needs no more. */
const WRITTEN_OUT_DIGITS = 17

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

function isMisread(written: string): boolean {
  if (/^-?\d+$/.test(written)) return written.length > KEPT_DIGITS && String(Number(written)) !== written
  const digits = written
    .replace(/e.*/i, '')
    .replaceAll(/\D/g, '')
    .replaceAll(/^0+|0+$/g, '')
  return digits.length > WRITTEN_OUT_DIGITS || !Number.isFinite(Number(written))
}
