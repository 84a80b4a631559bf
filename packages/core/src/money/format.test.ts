import { describe, expect, it, test, vi } from 'vitest'
import { CURRENCY_CODES } from './currencies.ts'
import { formatMoney, formatMoneyToParts, parseDecimal, toDecimal } from './format.ts'

const plain = (text: string) => text.replace(/\p{Zs}/gu, ' ')

test('formatMoneyToParts gives the same text in pieces', () => {
  const money = { amount: 1_234_567, currency: 'KWD' }
  const parts = formatMoneyToParts(money, 'de-DE')
  expect(parts.map(({ value }) => value).join('')).toBe(formatMoney(money, 'de-DE'))
  expect(parts.find(({ type }) => type === 'fraction')?.value).toBe('567')
})

describe('formatMoney', () => {
  it.each([
    [1999, 'USD', 'en-US', '$19.99'],
    [-5, 'USD', 'en-US', '-$0.05'],
    [1999, 'JPY', 'en-US', '¥1,999'],
    [18_600, 'KWD', 'en-US', 'KWD 18.600'],
    [123_456, 'EUR', 'de-DE', '1.234,56 €'],
    [12_345, 'CLF', 'en-US', 'CLF 1.2345'],
    [Number.MAX_SAFE_INTEGER, 'USD', 'en-US', '$90,071,992,547,409.91'],
  ])('%i %s in %s is %j', (amount, currency, locale, expected) => {
    expect(plain(formatMoney({ amount, currency }, locale))).toBe(expected)
  })

  it.each([
    ['HUF', 'HUF 19.99'],
    ['IDR', 'IDR 19.99'],
    ['COP', 'COP 19.99'],
    ['IQD', 'IQD 1.999'],
    ['UGX', 'UGX 1,999'],
    ['BGN', 'BGN 19.99'],
  ])('shows the digits of ISO 4217, not those of Intl: %s', (currency, expected) => {
    expect(plain(formatMoney({ amount: 1999, currency }, 'en-US'))).toBe(expected)
  })

  it('shows a currency that ISO 4217 does not have with two digits', () => {
    expect(plain(formatMoney({ amount: 1999, currency: 'XQZ' }, 'en-US'))).toBe('XQZ 19.99')
    expect(() => toDecimal({ amount: 1999, currency: 'XQZ' })).toThrow(RangeError)
  })

  it('makes a formatter once, until five hundred were made', async () => {
    vi.resetModules()
    const { formatMoney: formatFresh } = await import('./format.ts')
    const made = vi.spyOn(Intl, 'NumberFormat')
    const show = (currency: string, locale: string) => formatFresh({ amount: 1, currency }, locale)
    const others = ['en', 'fr', 'fi', 'sv'].flatMap((locale) => CURRENCY_CODES.map((code) => [code, locale] as const))
    show('EUR', 'de')
    for (const [code, locale] of others.slice(0, 499)) for (const _ of [1, 2]) show(code, locale)
    show('EUR', 'de')
    expect(made).toHaveBeenCalledTimes(500)
    for (const [code, locale] of others.slice(499, 500)) show(code, locale)
    show('EUR', 'de')
    expect(made).toHaveBeenCalledTimes(502)
    made.mockRestore()
  })

  it('refuses a malformed locale and a malformed currency', () => {
    expect(() => formatMoney({ amount: 1, currency: 'USD' }, 'not a locale')).toThrow(RangeError)
    for (const currency of ['EURO', 'E', '', 'E\u00dc1']) {
      expect(() => formatMoney({ amount: 1, currency }, 'en')).toThrow(RangeError)
    }
  })
})

describe('decimals', () => {
  it.each([
    ['19.99', 'USD', 1999],
    ['19', 'USD', 1900],
    ['19.9', 'USD', 1990],
    ['0.05', 'USD', 5],
    ['-0.05', 'USD', -5],
    ['19.9900', 'USD', 1999],
    ['1999.00', 'JPY', 1999],
    ['18.600', 'KWD', 18_600],
    ['18.6', 'KWD', 18_600],
    ['-0', 'USD', 0],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
  ])('%j %s is %i minor units', (text, currency, expected) => {
    expect(parseDecimal(text, currency)).toBe(expected)
  })

  it.each([
    ['19.999', 'USD'],
    ['0.001', 'USD'],
    ['19.5', 'JPY'],
    ['1.2345', 'KWD'],
    ['90071992547409.92', 'USD'],
    ['9'.repeat(400), 'USD'],
    ['', 'USD'],
    ['.5', 'USD'],
    ['5.', 'USD'],
    ['1e3', 'USD'],
    ['1,999.00', 'USD'],
    ['19,99', 'EUR'],
    ['+1', 'USD'],
    ['--1', 'USD'],
    [' 1', 'USD'],
    ['0x10', 'USD'],
    ['NaN', 'USD'],
    ['١٩', 'USD'],
  ])('refuses %j %s', (text, currency) => {
    expect(parseDecimal(text, currency)).toBeNull()
  })

  it.each([
    [1999, 'USD', '19.99'],
    [5, 'USD', '0.05'],
    [-5, 'USD', '-0.05'],
    [0, 'USD', '0.00'],
    [1999, 'JPY', '1999'],
    [-7, 'JPY', '-7'],
    [18_600, 'KWD', '18.600'],
    [1, 'CLF', '0.0001'],
  ])('%i %s is written %s', (amount, currency, expected) => {
    expect(toDecimal({ amount, currency })).toBe(expected)
  })

  it('refuse an unknown currency', () => {
    expect(() => parseDecimal('1', 'XXX')).toThrow(RangeError)
    expect(() => toDecimal({ amount: 1, currency: 'XXX' })).toThrow(RangeError)
  })
})
