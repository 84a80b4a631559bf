import { formatMoney, formatMoneyToParts, type Instant, type Money } from '@bursar/core/client'
import { useMemo } from 'react'
import { useBursar } from './scope.ts'

/** Amounts and dates as the shopper reads them. The same text on the server and in the page. */
export interface MoneyFormat {
  /** BCP 47 tag in use. */
  readonly locale: string
  /** IANA zone in use. */
  readonly timeZone: string
  /** An amount with its currency: `format(quote.total, quote.currency)`, or of a {@link Money}. A dash for what can't be shown. */
  format(money: Money): string
  format(amount: number, currency: string): string
  /** The same in pieces. */
  formatParts(money: Money): Intl.NumberFormatPart[]
  formatParts(amount: number, currency: string): Intl.NumberFormatPart[]
  /** An instant in the provider's zone. @default a day, such as “Jan 31, 2027” */
  formatInstant(instant: Instant, options?: Omit<Intl.DateTimeFormatOptions, 'timeZone'>): string
}

/** Formats amounts and dates in the provider's locale and zone; the digits are those of ISO 4217, not of `Intl`. */
export function useMoney(): MoneyFormat {
  const { locale, timeZone } = useBursar()
  return useMemo(() => moneyFormat(locale, timeZone), [locale, timeZone])
}

const DASH = '–'

function moneyFormat(locale: string, timeZone: string): MoneyFormat {
  return {
    locale,
    timeZone,
    format: (money: Money | number, currency?: string) =>
      orElse(DASH, () => formatMoney(toMoney(money, currency), locale)),
    formatParts: (money: Money | number, currency?: string) =>
      orElse([{ type: 'literal', value: DASH }], () => formatMoneyToParts(toMoney(money, currency), locale)),
    formatInstant: (instant, options = { dateStyle: 'medium' }) =>
      orElse(DASH, () => new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(new Date(instant))),
  }
}

const toMoney = (money: Money | number, currency = ''): Money =>
  typeof money === 'number' ? { amount: money, currency } : money

/** Nothing throws while a page is rendered: a currency that this version does not know costs one amount, not the page. */
function orElse<Value>(instead: Value, make: () => Value): Value {
  try {
    return make()
  } catch (error) {
    if (error instanceof RangeError) return instead
    throw error
  }
}
