import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Hold } from '../pricing/index.ts'
import { givenBack } from './give-back.ts'

const NOW = '2026-01-01T00:00:00.000Z'
const BUDGET = 'budget:pro_a:EUR'
const rule = fc.constantFrom('never' as const, 'always' as const, 'whole_order' as const)

/** An order that is refunded in steps that come to its money, or stop before. */
const refunds = fc.record({
  given: fc.integer({ min: 1, max: 2 ** 50 }),
  parts: fc.array(fc.integer({ min: 1, max: 2 ** 40 }), { minLength: 1, maxLength: 8 }),
  rest: fc.nat(2 ** 40),
  returnsUse: rule,
})

const numberOf = (holds: readonly Hold[], counter: string): number =>
  holds.find((hold) => hold.counter === counter)?.n ?? 0

describe('what refunds give back', () => {
  it('is never more than was given, once for each part of the money, and all of it with the last', () => {
    fc.assert(
      fc.property(refunds, ({ given, parts, rest, returnsUse }) => {
        let left = parts.reduce((sum, part) => sum + part, rest)
        let holds: readonly Hold[] = [
          { counter: BUDGET, n: given },
          { counter: 'code:cod_a', n: 1 },
          { counter: 'promotion:pro_a', n: 1 },
        ]
        for (const amount of parts) {
          const isWhole = amount === left
          const before = holds
          const back = givenBack(
            { id: 'ord_1', holds },
            { amount, left, codes: [{ id: 'cod_a', returnsUse }], now: NOW },
          )
          holds = back.holds
          left -= amount
          const [had, has] = [numberOf(before, BUDGET), numberOf(holds, BUDGET)]
          expect(has).toBe(isWhole ? 0 : had - Number((BigInt(had) * BigInt(amount)) / BigInt(left + amount)))
          expect(has).toBeGreaterThanOrEqual(0)
          expect(has).toBeLessThanOrEqual(had)
          // The changes say what the order says: a hold that shrinks is taken again in its new size, and used.
          const sizes = back.changes.flatMap((change) => (change.do === 'hold' ? [change.n] : []))
          expect(sizes).toEqual(has > 0 && has < had ? [has] : [])
          const released = back.changes.filter((change) => change.do === 'releaseHold').length
          const codeBack = numberOf(before, 'code:cod_a') - numberOf(holds, 'code:cod_a')
          expect(released).toBe((has < had ? 1 : 0) + codeBack)
          if (codeBack === 1) expect(returnsUse === 'always' || (isWhole && returnsUse === 'whole_order')).toBe(true)
          expect(numberOf(holds, 'promotion:pro_a')).toBe(1)
        }
        expect(numberOf(holds, BUDGET) === 0 || left > 0).toBe(true)
        const isBack = numberOf(holds, 'code:cod_a') === 0
        expect(isBack).toBe(returnsUse === 'always' || (returnsUse === 'whole_order' && left === 0))
      }),
      { numRuns: 3000 },
    )
  })
})
