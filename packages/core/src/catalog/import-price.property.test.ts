import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMoney, toDecimal } from '../money/index.ts'
import { parsePrice } from './import-price.ts'

const currency = fc.constantFrom('JPY', 'KRW', 'USD', 'EUR', 'CHF', 'INR', 'KWD', 'TND', 'BHD')
const amount = fc.oneof(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }))

/** Enough to meet each currency in each language. */
const runs = { numRuns: 1000 }

/** Languages and their decimal separator. */
const language = fc.constantFrom(
  ['en-US', '.'] as const,
  ['de-DE', ','] as const,
  ['fr-FR', ','] as const,
  ['de-CH', '.'] as const,
  ['hi-IN', '.'] as const,
  ['ja-JP', '.'] as const,
  ['pl-PL', ','] as const,
)

describe('parsePrice', () => {
  it('reads back each plain decimal', () => {
    fc.assert(
      fc.property(amount, currency, (minor, code) => {
        expect(parsePrice(toDecimal({ amount: minor, currency: code }), code)).toEqual({ ok: true, value: minor })
      }),
    )
  })

  it('reads back each price that a language formats, given its separator', () => {
    fc.assert(
      fc.property(amount, currency, language, (minor, code, [locale, decimalSeparator]) => {
        const text = formatMoney({ amount: minor, currency: code }, locale)
        expect(parsePrice(text, code, { decimalSeparator }), text).toEqual({ ok: true, value: minor })
      }),
      runs,
    )
  })

  it('never reads a formatted price as another amount: it is right, or refused as ambiguous', () => {
    fc.assert(
      fc.property(amount, currency, language, (minor, code, [locale]) => {
        const text = formatMoney({ amount: minor, currency: code }, locale)
        const price = parsePrice(text, code)
        if (price.ok) expect(price.value, text).toBe(minor)
        else expect(price.reason, text).toMatch(/can mean/)
      }),
      runs,
    )
  })

  it('answers a whole number of minor units or a reason for any text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...'0123456789.,- $€¥()\u00a0٫٬١')).map((characters) => characters.join('')),
    )
    fc.assert(
      fc.property(text, currency, (written, code) => {
        const price = parsePrice(written, code)
        if (price.ok) expect(Number.isSafeInteger(price.value) && price.value >= 0, written).toBe(true)
        else expect(price.reason).not.toBe('')
      }),
    )
  })
})
