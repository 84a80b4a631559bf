import { exponentOf, parseDecimal } from '../money/index.ts'
import { readCurrencyMark } from './import-currency-mark.ts'
import { readWrittenNumber } from './import-number.ts'
import { type Parsed, parsed, unreadable } from './import-parsed.ts'

/** What is known of a file's prices beyond the text. */
export interface ParsePriceOptions {
  /** The file's decimal separator. Without it, a text with two readings is refused. */
  decimalSeparator?: '.' | ',' | undefined
}

const FREE_WORDS: ReadonlySet<string> = new Set(
  'free gratis gratuit gratuite gratuito gratuita grátis kostenlos kostenfrei бесплатно 免费 免費 無料 무료 مجاني मुफ़्त'.split(
    ' ',
  ),
)

/** Zeros of the scripts whose digits Unicode gives in one run of ten. */
const DIGIT_ZEROS: readonly number[] = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0,
  0x0f20, 0x1040, 0x17e0, 0x1810, 0xff10,
]
/** Marks of direction and zero width, which `Intl` and spreadsheets put around prices. */
const INVISIBLE = /[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu
/** `20.–` and `19,-` stand for a round amount; the dashes are a hyphen, `–`, `—` and `−`. */
const ROUND_DASH = /[.,]\s?[-\u2013\u2014\u2212]{1,2}$/u

/**
 * Minor units from a price as files hold it: `Free`, `$19.99`, `19,99 €`, `1.234,50`, `1 234,50`, `USD 20`, `¥1200`,
 * full-width and other scripts' digits. Nothing is rounded, converted or guessed; how `12.345` is read stands at
 * {@link readWrittenNumber}.
 *
 * @param currency ISO 4217 code that the price is in; a text that names another is refused.
 * @returns minor units, zero or more, or a reason.
 * @throws RangeError for a currency that ISO 4217 does not have.
 * @example
 * parsePrice('1.234,50 €', 'EUR') // { ok: true, value: 123450 }
 */
export function parsePrice(text: string, currency: string, options: ParsePriceOptions = {}): Parsed<number> {
  const exponent = exponentOf(currency)
  const plain = normalizePrice(text)
  if (plain === '') return unreadable('There is no price: write 0 or Free if it costs nothing')
  if (FREE_WORDS.has(plain.toLowerCase())) return parsed(0)
  const marked = readCurrencyMark(plain)
  if (marked === null) return unreadable('This is not a price: write a number such as 19.99, or Free')
  if (marked.currencies !== null && !marked.currencies.includes(currency)) {
    return unreadable(`The price is not in ${currency}: nothing is converted, so give it a currency of its own`)
  }
  const digits = marked.digits.replace(ROUND_DASH, '').trim()
  if (isNegative(digits)) return unreadable('A price is never negative')
  const hasArabicPoint = digits.includes('٫')
  const decimal = readWrittenNumber(hasArabicPoint ? digits.replaceAll('٫', '.') : digits, {
    exponent,
    decimalSeparator: hasArabicPoint ? '.' : options.decimalSeparator,
  })
  return decimal.ok ? toMinorUnits(decimal.value, currency) : decimal
}

/**
 * The currencies that a price can be in by what it says itself, or null where it says nothing.
 *
 * @example
 * currenciesNamedIn('USD 20') // ['USD']
 */
export function currenciesNamedIn(text: string): readonly string[] | null {
  const plain = normalizePrice(text)
  return FREE_WORDS.has(plain.toLowerCase()) ? null : (readCurrencyMark(plain)?.currencies ?? null)
}

function toMinorUnits(decimal: string, currency: string): Parsed<number> {
  const amount = parseDecimal(decimal, currency)
  if (amount !== null) return parsed(amount)
  const fraction = decimal.split('.')[1] ?? ''
  const isTooFine = /[1-9]/.test(fraction.slice(exponentOf(currency)))
  return unreadable(
    isTooFine
      ? `${currency} has ${exponentOf(currency)} digits after the decimal point: nothing is rounded`
      : 'The price is too large',
  )
}

/** A dash that is left is a minus sign, before or (in some ledgers) after the digits; brackets mean the same. */
function isNegative(digits: string): boolean {
  return /^[-\u2013\u2014\u2212(]|[-\u2013\u2014\u2212]$/u.test(digits)
}

function normalizePrice(text: string): string {
  // Most files hold ASCII only.
  if (/^[\x21-\x7e]*$/.test(text)) return text
  return text
    .replace(INVISIBLE, '')
    .replace(/\s+/gu, ' ')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/[\uff01-\uff5e]/gu, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[\u2019\u02bc`\u066c]/gu, "'")
    .replaceAll('،', ',')
    .replaceAll('￥', '¥')
    .replaceAll('￡', '£')
    .trim()
}

function asciiDigit(digit: string): string {
  const point = digit.codePointAt(0) ?? 0
  const zero = DIGIT_ZEROS.find((start) => point >= start && point < start + 10)
  return zero === undefined ? digit : String(point - zero)
}
