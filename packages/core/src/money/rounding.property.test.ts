import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divideRounded, divideRoundedSafe } from './rounding.ts'

const mode = fc.constantFrom('half_up' as const, 'half_even' as const, 'down' as const)

describe('rounding, for all numbers', () => {
  it('answers the same on the fast path as in exact integers', () => {
    const safe = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -1000, max: 1000 }))
    const positive = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }))
    fc.assert(
      fc.property(safe, positive, mode, (numerator, denominator, how) => {
        const exact = divideRounded(BigInt(numerator), BigInt(denominator), how)
        expect(divideRoundedSafe(numerator, denominator, how)).toBe(Number(exact))
      }),
      { numRuns: 2000 },
    )
  })

  it('is at most half a unit off, or less than one when cutting, and mirrors at zero', () => {
    const denominators = fc.bigInt({ min: 1n, max: 10n ** 20n })
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        denominators,
        mode,
        (numerator, denominator, how) => {
          const result = divideRounded(numerator, denominator, how)
          const error = result * denominator - numerator
          const size = error < 0n ? -error : error
          if (how === 'down') expect(size < denominator).toBe(true)
          else expect(2n * size <= denominator).toBe(true)
          expect(divideRounded(-numerator, denominator, how)).toBe(-result)
        },
      ),
      { numRuns: 1000 },
    )
  })
})
