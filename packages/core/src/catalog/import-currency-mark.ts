import { isCurrency } from '../money/index.ts'

/** What stands beside the digits of a price: which currencies it can mean, and the digits that are left. */
export interface MarkedPrice {
  /** Codes that all marks together allow, or null where there is no mark. Empty where they contradict each other. */
  readonly currencies: readonly string[] | null
  /** The text without its marks. */
  readonly digits: string
}

const DOLLARS =
  'USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU BBD BMD BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD BND'
const POUNDS = 'GBP EGP LBP SYP SDG SSP FKP GIP SHP'

/** Marks in lower case and the currencies that are written with them. A code of ISO 4217 needs no entry. */
const MARKS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    $: DOLLARS,
    us$: 'USD',
    ca$: 'CAD',
    c$: 'CAD',
    a$: 'AUD',
    au$: 'AUD',
    nz$: 'NZD',
    hk$: 'HKD',
    nt$: 'TWD',
    s$: 'SGD',
    r$: 'BRL',
    mx$: 'MXN',
    '£': POUNDS,
    '€': 'EUR',
    euro: 'EUR',
    euros: 'EUR',
    '¥': 'JPY CNY',
    'cn¥': 'CNY',
    'jp¥': 'JPY',
    円: 'JPY',
    元: 'CNY TWD HKD',
    '₹': 'INR',
    rs: 'INR PKR LKR NPR MUR SCR',
    '₨': 'INR PKR LKR NPR MUR SCR',
    '₩': 'KRW KPW',
    원: 'KRW',
    '₽': 'RUB',
    руб: 'RUB',
    '₺': 'TRY',
    '₴': 'UAH',
    '₫': 'VND',
    '₪': 'ILS',
    '₦': 'NGN',
    '₱': 'PHP',
    '₵': 'GHS',
    '₸': 'KZT',
    '₡': 'CRC',
    '฿': 'THB',
    kr: 'SEK NOK DKK ISK',
    zł: 'PLN',
    kč: 'CZK',
    ft: 'HUF',
    lei: 'RON MDL',
    fr: 'CHF XAF XOF XPF',
  }).map(([mark, codes]) => [mark, codes.split(' ')] as const),
)

/** Some abbreviations are written with a point, which is then no part of the number: `Rs.500`, `500 kr.`, `500 руб.` */
const POINTED_MARK = /(^|\s)(rs|kr|fr|\u0440\u0443\u0431)\.(?=\s|\d|$)/giu
const MARK = /\p{Sc}?[\p{L}\p{M}]+\p{Sc}?|\p{Sc}/gu

/**
 * Takes the currency's marks off a price: `US$ 20`, `20 EUR`, `USD $20`.
 *
 * @returns null where letters or signs stand beside the number that name no currency, as in `from 20`.
 */
export function readCurrencyMark(text: string): MarkedPrice | null {
  const plain = text.replace(POINTED_MARK, '$1$2 ')
  let currencies: readonly string[] | null = null
  for (const [mark] of plain.matchAll(MARK)) {
    const meant = currenciesOf(mark)
    if (meant === null) return null
    currencies = currencies === null ? meant : currencies.filter((code) => meant.includes(code))
  }
  return { currencies, digits: plain.replace(MARK, ' ').trim() }
}

function currenciesOf(mark: string): readonly string[] | null {
  const known = MARKS.get(mark.toLowerCase())
  if (known !== undefined) return known
  if (isCurrency(mark.toUpperCase())) return [mark.toUpperCase()]
  const [symbol] = /\p{Sc}/u.exec(mark) ?? []
  const letters = mark.replace(/\p{Sc}/u, '')
  if (symbol === undefined || letters === '') return null
  // French writes `$US` what English writes `US$`.
  return MARKS.get(`${letters}${symbol}`.toLowerCase()) ?? inBoth(currenciesOf(letters), currenciesOf(symbol))
}

function inBoth(left: readonly string[] | null, right: readonly string[] | null): readonly string[] | null {
  return left === null || right === null ? null : left.filter((code) => right.includes(code))
}
