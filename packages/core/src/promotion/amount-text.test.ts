import { describe, expect, it } from 'vitest'
import { amountIn } from './amount-in.ts'
import { amountText } from './amount-text.ts'

const amounts = [
  { amount: 1250, currency: 'EUR' },
  { amount: 1900, currency: 'JPY' },
  { amount: 3005, currency: 'KWD' },
]

describe('an amount in a currency', () => {
  it.each([
    ['EUR', 1250],
    ['JPY', 1900],
    ['KWD', 3005],
    ['USD', null],
  ])('%s is that entry’s, and nothing is converted', (currency, expected) => {
    expect(amountIn(amounts, currency)).toBe(expected)
  })

  it('of none is none', () => {
    expect(amountIn([], 'EUR')).toBeNull()
  })
})

describe('an amount in a sentence', () => {
  it.each([
    ['EUR', 2, '12.50 EUR'],
    ['JPY', 0, '1900 JPY'],
    ['KWD', 3, '3.005 KWD'],
    ['USD', 2, '0.00 USD'],
  ])('in %s with %i digits', (currency, minorDigits, expected) => {
    expect(amountText(amounts, { currency, minorDigits })).toBe(expected)
  })
})
