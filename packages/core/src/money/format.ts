import { exponentOf } from './currencies.ts'
import { minorDigits } from './minor-digits.ts'
import type { Money } from './money.ts'

/** Making a formatter costs some fifty times what using it does; a site has few locales and currencies. */
const MAX_CACHED_FORMATTERS = 500
const cachedFormatters = new Map<string, Intl.NumberFormat>()

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/**
 * Money as a shopper reads it, with exactly the digits of ISO 4217's exponent, which `Intl` alone does not give. A
 * currency that ISO 4217 does not have is shown with two.
 *
 * @param locale a BCP 47 tag, `'de-AT'`.
 * @throws RangeError for a malformed locale or currency code.
 * @example
 * formatMoney({ amount: 1999, currency: 'USD' }, 'en-US') // '$19.99'
 */
export function formatMoney(money: Money, locale: string): string {
  return formatMoneyToParts(money, locale)
    .map(({ value }) => value)
    .join('')
}

/**
 * The same in pieces (currency, integer, fraction, …), for pages that show some of them smaller.
 *
 * @param locale a BCP 47 tag, `'de-AT'`.
 * @throws RangeError for a malformed locale or currency code.
 */
export function formatMoneyToParts({ amount, currency }: Money, locale: string): Intl.NumberFormatPart[] {
  const digits = minorDigits(currency)
  const key = `${locale} ${currency}`
  let formatter = cachedFormatters.get(key)
  if (!formatter) {
    const style = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const
    formatter = new Intl.NumberFormat(locale, style)
    if (cachedFormatters.size >= MAX_CACHED_FORMATTERS) cachedFormatters.clear()
    cachedFormatters.set(key, formatter)
  }
  // The text keeps every digit of a large amount, where a division would not.
  return formatter.formatToParts(`${amount}e-${digits}` as Intl.StringNumericLiteral)
}

/** Money as a plain decimal for files and processors: `'19.99'`, `'-0.05'`, `'18.600'`, with all its digits. */
export function toDecimal({ amount, currency }: Money): string {
  return decimalText(amount, exponentOf(currency))
}

/** An amount with so many decimal digits, 0 to 4: {@link toDecimal} for who knows the currency's already. */
export function decimalText(amount: number, exponent: number): string {
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0')
  const point = digits.length - exponent
  const text = exponent ? `${digits.slice(0, point)}.${digits.slice(point)}` : digits
  return amount < 0 ? `-${text}` : text
}

/**
 * Minor units from a decimal such as `'19.99'`: digits, one point, perhaps a minus sign. Digits beyond the currency's
 * exponent are taken only when they are zeros, for nothing is rounded here.
 *
 * @returns null when the text is no such number, is finer than the minor unit, or too large to be exact.
 * @throws RangeError for an unknown currency.
 */
export function parseDecimal(text: string, currency: string): number | null {
  const exponent = exponentOf(currency)
  const match = DECIMAL.exec(text)
  if (match === null) return null
  const [, sign, whole = '', fraction = ''] = match
  if (/[1-9]/.test(fraction.slice(exponent))) return null
  const size = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
  if (!Number.isSafeInteger(size)) return null
  return sign === '-' ? 0 - size : size
}
