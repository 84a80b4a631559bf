import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CURRENCY_CODES, exponentOf } from './currencies.ts'
import { formatMoney, parseDecimal, toDecimal } from './format.ts'

describe('decimals, for all amounts and currencies', () => {
  it('come back as they were written, in every currency', () => {
    for (const currency of CURRENCY_CODES) {
      fc.assert(
        fc.property(fc.maxSafeInteger(), (amount) => {
          expect(parseDecimal(toDecimal({ amount, currency }), currency)).toBe(amount)
        }),
        { numRuns: 20 },
      )
    }
  })

  it('show every digit of the amount and no other', () => {
    const currency = fc.constantFrom('JPY', 'USD', 'HUF', 'KWD')
    fc.assert(
      fc.property(fc.maxSafeInteger(), currency, (amount, code) => {
        const digits = formatMoney({ amount, currency: code }, 'en-US').replace(/\D/g, '')
        expect(digits).toBe(String(Math.abs(amount)).padStart(exponentOf(code) + 1, '0'))
      }),
    )
  })
})
