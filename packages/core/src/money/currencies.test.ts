import { describe, expect, it } from 'vitest'
import { CURRENCIES_AS_OF, CURRENCY_CODES, exponentOf, isCurrency } from './currencies.ts'

describe('the table of currencies', () => {
  it.each([
    ['USD', 2],
    ['EUR', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['KWD', 3],
    ['TND', 3],
    ['CLF', 4],
    ['UYW', 4],
    ['XAD', 2],
  ])('gives %s the exponent %i', (currency, exponent) => {
    expect(exponentOf(currency)).toBe(exponent)
    expect(isCurrency(currency)).toBe(true)
  })

  it.each([
    ['HUF', 2],
    ['IDR', 2],
    ['COP', 2],
    ['TWD', 2],
    ['MGA', 2],
    ['MRU', 2],
    ['IQD', 3],
    ['ISK', 0],
    ['UGX', 0],
    ['CLP', 0],
  ])('keeps to ISO 4217 where Intl or a processor differs: %s has %i', (currency, exponent) => {
    expect(exponentOf(currency)).toBe(exponent)
  })

  it('counts what List one counts, each code once', () => {
    expect(CURRENCIES_AS_OF).toBe('2026-01-01')
    const counts = [0, 1, 2, 3, 4].map(
      (exponent) => CURRENCY_CODES.filter((code) => exponentOf(code) === exponent).length,
    )
    expect(counts).toEqual([17, 0, 139, 7, 2])
    expect(new Set(CURRENCY_CODES).size).toBe(CURRENCY_CODES.length)
    expect(CURRENCY_CODES).toEqual(CURRENCY_CODES.toSorted())
    expect(CURRENCY_CODES.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true)
  })

  it.each(['XAU', 'XDR', 'XXX', 'XTS', 'usd', 'US', '', 'BTC', '__proto__', 'constructor'])(
    'does not know %j',
    (code) => {
      expect(isCurrency(code)).toBe(false)
      expect(() => exponentOf(code)).toThrow(`${JSON.stringify(code)} is not a currency code of ISO 4217`)
    },
  )

  it.each(['BGN', 'HRK', 'ANG', 'CUC', 'SLL', 'ZWL'])('still reads %s, in which nothing new is sold', (code) => {
    expect(isCurrency(code)).toBe(false)
    expect(exponentOf(code)).toBe(2)
  })
})
