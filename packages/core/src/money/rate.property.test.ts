import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyRate, taxIncluded } from './rate.ts'
import { divideRounded } from './rounding.ts'

const mode = fc.constantFrom('half_up' as const, 'half_even' as const, 'down' as const)
const millionths = fc.oneof(fc.integer({ min: 0, max: 30_000_000 }), fc.integer({ min: 0, max: 100_000_000 }))
const rateText = (value: number) => `${Math.floor(value / 1e6)}.${String(value % 1e6).padStart(6, '0')}`
const amounts = fc.oneof(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.maxSafeInteger())

describe('rates, for all amounts', () => {
  it('agree with exact integers, fast path or not', () => {
    fc.assert(
      fc.property(amounts, millionths, mode, (amount, rate, how) => {
        const product = BigInt(amount) * BigInt(rate)
        expect(BigInt(applyRate(amount, rateText(rate), how))).toBe(divideRounded(product, 100_000_000n, how))
        const contained = divideRounded(product, 100_000_000n + BigInt(rate), how)
        expect(BigInt(taxIncluded(amount, rateText(rate), how))).toBe(contained)
      }),
      { numRuns: 2000 },
    )
  })

  it('do not depend on trailing zeros', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 99 }), mode, (amount, whole, how) => {
        expect(applyRate(amount, `${whole}.000000`, how)).toBe(applyRate(amount, `${whole}`, how))
      }),
    )
  })

  it('find in a gross amount the tax that was put on the net', () => {
    const net = fc.integer({ min: 0, max: 100_000_000 })
    fc.assert(
      fc.property(net, fc.integer({ min: 0, max: 100_000_000 }), (amount, rate) => {
        const tax = applyRate(amount, rateText(rate))
        expect(taxIncluded(amount + tax, rateText(rate))).toBe(tax)
      }),
      { numRuns: 1000 },
    )
  })
})
