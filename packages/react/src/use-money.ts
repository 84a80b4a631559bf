import { formatMoneyToParts, type Instant, type Money } from '@bursar/core/client'
import { useMemo } from 'react'
import { useBursar } from './scope.ts'

/** Amounts and dates as the shopper reads them. The same text on the server and in the page. */
export interface MoneyFormat {
  /** BCP 47 tag in use. */
  readonly locale: string
  /** IANA zone in use. */
  readonly timeZone: string
  /** An amount with its currency: `format(quote.total, quote.currency)`, or of a {@link Money}. A dash for what can't be shown, and why on the console. */
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

function moneyFormat(locale: string, timeZone: string): MoneyFormat {
  const formatParts = (money: Money | number, currency = '') =>
    orDash(() => {
      const shown = typeof money === 'number' ? { amount: money, currency } : money
      return shown.currency && Number.isFinite(shown.amount) ? formatMoneyToParts(shown, locale) : DASH
    })
  return {
    locale,
    timeZone,
    formatParts,
    format: (money: Money | number, currency?: string) => textOf(formatParts(money, currency)),
    formatInstant: (instant, options = { dateStyle: 'medium' }) =>
      textOf(orDash(() => new Intl.DateTimeFormat(locale, { ...options, timeZone }).formatToParts(new Date(instant)))),
  }
}

const textOf = (parts: readonly { value: string }[]): string => parts.map(({ value }) => value).join('')

const DASH = [{ type: 'literal' as const, value: '–' }]

/**
 * Nothing throws while a page is rendered: what is no amount, currency or date costs its own place, not the page. It is
 * said, for a locale that nobody knows costs all of them. What only waits for its currency is no mistake.
 */
function orDash<Part>(make: () => Part[]): (Part | (typeof DASH)[number])[] {
  try {
    return make()
  } catch (error) {
    console.error(error)
    return DASH
  }
}
