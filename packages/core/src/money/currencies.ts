import { EXCEPTIONS, minorDigits } from './minor-digits.ts'

/**
 * The day of the edition of ISO 4217's "List one" that the table follows: amendments up to 180 are in it.
 *
 * @see https://www.six-group.com/en/products-services/financial-information/data-standards.html
 */
export const CURRENCIES_AS_OF = '2026-01-01'

/**
 * Active codes whose minor unit has two digits; the others are the exceptions. Codes that the list gives no minor unit (`XAU`, `XDR`, `XXX`, …) are left out: nothing can
 * be priced in them. Never taken from `Intl`, which gives HUF, IDR, COP and others the digits of their cash.
 */
const TWO_DIGITS =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW ' +
  'CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF ' +
  'IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK ' +
  'MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP ' +
  'SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG ' +
  'YER ZAR ZMW ZWG'

/**
 * Codes withdrawn since 2023, all of two digits: nothing new is sold in them, but old orders and journals must still be
 * read and shown. A code that leaves ISO's list moves here and is never deleted.
 */
const WITHDRAWN = 'ANG BGN CUC HRK SLL ZWL'

const activeCodes: ReadonlySet<string> = new Set(
  [TWO_DIGITS, ...EXCEPTIONS.map(([, codes]) => codes)].join(' ').split(' '),
)
const knownCodes: ReadonlySet<string> = new Set([...activeCodes, ...WITHDRAWN.split(' ')])

/** Every active code of ISO 4217 that has a minor unit, in alphabetical order. */
export const CURRENCY_CODES: readonly string[] = Object.freeze([...activeCodes].sort())

/**
 * How many decimal digits a currency's minor unit has by ISO 4217: JPY 0, USD 2, KWD 3, CLF 4.
 * Also answers for withdrawn codes, so that old records can be read.
 *
 * @throws RangeError for a code that ISO 4217 does not have, or has without a minor unit.
 */
export function exponentOf(currency: string): number {
  if (!knownCodes.has(currency)) {
    throw new RangeError(`${JSON.stringify(currency)} is not a currency code of ISO 4217 that has a minor unit.`)
  }
  return minorDigits(currency)
}

/** Whether prices can be set in this code: upper case, active in ISO 4217 and with a minor unit. */
export function isCurrency(code: string): boolean {
  return activeCodes.has(code)
}
