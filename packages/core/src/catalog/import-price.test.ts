import { describe, expect, it } from 'vitest'
import { currenciesNamedIn, parsePrice } from './import-price.ts'

const read: readonly (readonly [text: string, currency: string, amount: number])[] = [
  // Nothing to pay.
  ['Free', 'USD', 0],
  ['FREE', 'USD', 0],
  ['kostenlos', 'EUR', 0],
  ['無料', 'JPY', 0],
  ['مجاني', 'KWD', 0],
  ['0', 'USD', 0],
  ['0.00', 'USD', 0],
  ['€0,00', 'EUR', 0],
  // Plain.
  ['19.99', 'USD', 1999],
  ['19.9', 'USD', 1990],
  ['20', 'USD', 2000],
  ['.99', 'USD', 99],
  ['20.0000', 'USD', 2000],
  ['  20  ', 'USD', 2000],
  // Marks.
  ['$19.99', 'USD', 1999],
  ['$19.99', 'CAD', 1999],
  ['US$ 19.99', 'USD', 1999],
  ['19,99 $US', 'USD', 1999],
  ['19,99 €', 'EUR', 1999],
  ['€19.99', 'EUR', 1999],
  ['USD 20', 'USD', 2000],
  ['20usd', 'USD', 2000],
  ['USD $20', 'USD', 2000],
  ['¥1200', 'JPY', 1200],
  ['¥1200', 'CNY', 120000],
  ['1200円', 'JPY', 1200],
  ['Rs.500', 'INR', 50000],
  ['500 kr.', 'SEK', 50000],
  ['CHF 20.–', 'CHF', 2000],
  ['19,- €', 'EUR', 1900],
  ['99 zł', 'PLN', 9900],
  // Separators.
  ['1.234,50', 'EUR', 123450],
  ['1,234.50', 'USD', 123450],
  ['1 234,50', 'EUR', 123450],
  ['1\u00a0234,50\u00a0€', 'EUR', 123450],
  ['1\u202f234,50', 'EUR', 123450],
  ['1’234.50', 'CHF', 123450],
  ["1'234.50", 'CHF', 123450],
  ['1.234.567', 'EUR', 123456700],
  ['1,234,567.89', 'USD', 123456789],
  ['1,23,456.00', 'INR', 12345600],
  ['$1,200', 'USD', 120000],
  // The exponent decides.
  ['12.345', 'JPY', 12345],
  ['12,345', 'JPY', 12345],
  ['12.345', 'KWD', 12345],
  ['0,345', 'KWD', 345],
  ['1234,567', 'KWD', 1234567],
  ['20.00', 'JPY', 20],
  // Other digits.
  ['１９．９９', 'USD', 1999],
  ['￥１，２００', 'JPY', 1200],
  ['١٩٫٩٩', 'EGP', 1999],
  ['١٬٢٣٤٫٥٠', 'EGP', 123450],
  ['१,२३,४५६', 'INR', 12345600],
  // Invisible marks that `Intl` writes around amounts.
  ['\u200f19.99\u200e', 'ILS', 1999],
  ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
]

const refused: readonly (readonly [text: string, currency: string, reason: RegExp])[] = [
  ['', 'USD', /no price/],
  ['\u00a0', 'USD', /no price/],
  ['-5', 'USD', /never negative/],
  ['−5', 'USD', /never negative/],
  ['$-5', 'USD', /never negative/],
  ['-$5', 'USD', /never negative/],
  ['(5.00)', 'USD', /never negative/],
  ['5.00-', 'USD', /never negative/],
  ['12.345', 'USD', /12345 or 12\.345/],
  ['12.345', 'EUR', /12345 or 12\.345/],
  ['12,345', 'KWD', /12345 or 12\.345/],
  ['0.345', 'USD', /nothing is rounded/],
  ['19.999', 'EUR', /19999 or 19\.999/],
  ['1234.567', 'USD', /nothing is rounded/],
  ['12.5', 'JPY', /nothing is rounded/],
  ['€20', 'USD', /not in USD/],
  ['EUR 20', 'USD', /not in USD/],
  ['EUR $20', 'EUR', /not in EUR/],
  ['1,234,56', 'USD', /separators/],
  ['1.234.50', 'EUR', /separators/],
  ['12 34', 'USD', /separators/],
  ['from 20', 'USD', /not a price/],
  ['20 / month', 'USD', /not a price/],
  ['20-30', 'USD', /not a price/],
  ['20%', 'USD', /not a price/],
  ['1e3', 'USD', /not a price/],
  ['19²', 'USD', /not a price/],
  ['½', 'USD', /not a price/],
  ['N/A', 'USD', /not a price/],
  ['TBD', 'USD', /not a price/],
  ['$', 'USD', /not a price/],
  ['NaN', 'USD', /not a price/],
  ['Infinity', 'USD', /not a price/],
  ['0x10', 'USD', /not a price/],
  ['20.', 'USD', /not a price/],
  ['90071992547409.92', 'USD', /too large/],
  ['9'.repeat(5000), 'USD', /too large/],
]

describe('parsePrice', () => {
  it.each(read)('reads %j in %s as %d minor units', (text, currency, amount) => {
    expect(parsePrice(text, currency)).toEqual({ ok: true, value: amount })
  })

  it.each(refused)('refuses %j in %s', (text, currency, reason) => {
    expect(parsePrice(text, currency)).toEqual({ ok: false, reason: expect.stringMatching(reason) })
  })

  it('is sure of everything once the decimal separator is known', () => {
    expect(parsePrice('12.345', 'EUR', { decimalSeparator: ',' })).toEqual({ ok: true, value: 1234500 })
    expect(parsePrice('12,345', 'KWD', { decimalSeparator: ',' })).toEqual({ ok: true, value: 12345 })
    expect(parsePrice('12.345', 'EUR', { decimalSeparator: '.' })).toMatchObject({ ok: false })
    expect(parsePrice('1.234.567', 'KWD', { decimalSeparator: '.' })).toMatchObject({ ok: false })
    expect(parsePrice('19.99', 'EUR', { decimalSeparator: ',' })).toMatchObject({ ok: false })
  })

  it('throws for a currency that does not exist: that is no fault of the file', () => {
    expect(() => parsePrice('20', 'XXX')).toThrow(RangeError)
  })
})

describe('currenciesNamedIn', () => {
  it('answers what the text itself says', () => {
    expect(currenciesNamedIn('USD 20')).toEqual(['USD'])
    expect(currenciesNamedIn('20 €')).toEqual(['EUR'])
    expect(currenciesNamedIn('¥20')).toEqual(['JPY', 'CNY'])
    expect(currenciesNamedIn('20')).toBeNull()
    expect(currenciesNamedIn('Free')).toBeNull()
  })
})
