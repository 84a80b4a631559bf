import { type Parsed, parsed, unreadable } from './import-parsed.ts'

/** How a written number is to be understood. */
export interface WrittenNumberOptions {
  /** Digits after the decimal point that the currency has; decides what a lone separator means. */
  exponent: number
  /** The file's decimal separator, where it is known; then nothing is ambiguous. */
  decimalSeparator?: '.' | ',' | undefined
}

const ONE_KIND_OF_GROUPS = /^\d{1,3}([.,' ])\d{3}(?:\1\d{3})*$/
const INDIAN_GROUPS = /^\d{1,2}(?:,\d{2})+,\d{3}$/
const COULD_BE_THOUSANDS = /^[1-9]\d{0,2}$/

/**
 * A plain decimal from a number as people write it: `1,234.50`, `1.234,50`, `1 234,50`, `1'234.50` and `1,23,456` all
 * have one reading. Where two kinds of separators stand, the last is the decimal one. A lone separator followed by
 * other than three digits is a decimal one. Followed by exactly three, as in `12.345` or `12,345`, it is decided by
 * the currency's exponent:
 *
 * | exponent | `12.345` | `12,345` |
 * |---|---|---|
 * | 0 (JPY) | 12345: there are no fractions | 12345 |
 * | 2 (USD, EUR) | refused: 12345 in much of Europe, or a computed fraction of a cent | 12345 |
 * | 3 (KWD) and more | 12.345 | refused: 12345, or 12.345 with a decimal comma |
 *
 * @param text ASCII digits, `.`, `,`, `'` and single spaces.
 */
export function readWrittenNumber(text: string, options: WrittenNumberOptions): Parsed<string> {
  if (!/^[\d.,' ]*\d$/.test(text)) return unreadable('This is not a price')
  const decimalAt = findDecimalSeparator(text, options)
  if (decimalAt === 'ambiguous') return unreadable(ambiguity(text))
  const whole = decimalAt === null ? text : text.slice(0, decimalAt)
  const fraction = decimalAt === null ? '' : text.slice(decimalAt + 1)
  const isRepeated = decimalAt !== null && whole.includes(text.charAt(decimalAt))
  if (isRepeated || !isWellGrouped(whole) || !/^\d*$/.test(fraction)) {
    return unreadable('Its separators make no number: write it like 1234.50')
  }
  const digits = whole.replaceAll(/\D/g, '') || '0'
  return parsed(fraction === '' ? digits : `${digits}.${fraction}`)
}

/** Where the decimal separator stands, null where the number is whole. */
function findDecimalSeparator(text: string, options: WrittenNumberOptions): number | null | 'ambiguous' {
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','))
  if (last === -1) return null
  const separator = text.charAt(last)
  if (options.decimalSeparator !== undefined) return separator === options.decimalSeparator ? last : null
  const before = text.slice(0, last)
  if (before.includes(separator)) return null
  if (/[.,' ]/.test(before)) return last
  if (text.length - last !== 4 || !COULD_BE_THOUSANDS.test(before)) return last
  if (options.exponent === 0) return null
  if (options.exponent >= 3) return separator === '.' ? last : 'ambiguous'
  return separator === ',' ? null : 'ambiguous'
}

function isWellGrouped(whole: string): boolean {
  return /^\d*$/.test(whole) || ONE_KIND_OF_GROUPS.test(whole) || INDIAN_GROUPS.test(whole)
}

function ambiguity(text: string): string {
  const digits = text.replace(/[.,]/, '')
  const decimal = text.replace(',', '.')
  return `This can mean ${digits} or ${decimal}: write ${digits}, or ${decimal}0, or name the decimal separator of the file`
}
