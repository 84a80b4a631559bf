import { exponentOf } from './currencies.ts'
import type { Money } from './money.ts'

/** Making a formatter costs some fifty times what using it does; a site has few locales and currencies. */
const MAX_CACHED_FORMATTERS = 500
const cachedFormatters = new Map<string, Intl.NumberFormat>()

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/**
 * Money as a shopper reads it, with exactly the digits of ISO 4217's exponent, which `Intl` alone does not give.
 *
 * @param locale a BCP 47 tag, `'de-AT'`.
 * @throws RangeError for a malformed locale or an unknown currency.
 * @example
 * formatMoney({ amount: 1999, currency: 'USD' }, 'en-US') // '$19.99'
 */
export function formatMoney(money: Money, locale: string): string {
  return formatterFor(locale, money.currency).format(exactText(money))
}

/**
 * The same in pieces (currency, integer, fraction, …), for pages that show some of them smaller.
 *
 * @param locale a BCP 47 tag, `'de-AT'`.
 * @throws RangeError for a malformed locale or an unknown currency.
 */
export function formatMoneyToParts(money: Money, locale: string): Intl.NumberFormatPart[] {
  return formatterFor(locale, money.currency).formatToParts(exactText(money))
}

/** The text keeps every digit of a large amount, where a division would not. */
const exactText = (money: Money) => toDecimal(money) as Intl.StringNumericLiteral // digits with at most one point

/** Money as a plain decimal for files and processors: `'19.99'`, `'-0.05'`, `'18.600'`, with all its digits. */
export function toDecimal({ amount, currency }: Money): string {
  const exponent = exponentOf(currency)
  const sign = amount < 0 ? '-' : ''
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0')
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
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

function formatterFor(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`
  const cached = cachedFormatters.get(key)
  if (cached !== undefined) return cached
  const digits = exponentOf(currency)
  const formatter = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  if (cachedFormatters.size >= MAX_CACHED_FORMATTERS) cachedFormatters.clear()
  cachedFormatters.set(key, formatter)
  return formatter
}
