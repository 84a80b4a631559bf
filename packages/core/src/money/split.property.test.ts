import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SplitWeight, splitByWeight, splitEvenly } from './split.ts'

const weight = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
)
const item = fc.record({ id: fc.string({ minLength: 1, maxLength: 4 }), weight })
const weights = fc.uniqueArray(item, { selector: ({ id }) => id, minLength: 1, maxLength: 12 })
const total = fc.oneof(fc.integer({ min: -100, max: 100 }), fc.maxSafeInteger())

const sum = (shares: Iterable<number>) => [...shares].reduce((all, share) => all + BigInt(share), 0n)

/** The rule again, as slowly and plainly as it can be said. */
function splitPlainly(amount: number, list: readonly SplitWeight[]): Map<string, number> {
  const isEven = list.every((entry) => entry.weight === 0)
  const parts = list.map(({ id, weight }) => ({ id, weight: isEven ? 1n : BigInt(weight) }))
  const all = parts.reduce((result, part) => result + part.weight, 0n)
  const size = BigInt(Math.abs(amount))
  const cut = parts.map(({ id, weight }) => ({ id, share: (size * weight) / all, rest: (size * weight) % all }))
  let left = size - cut.reduce((result, part) => result + part.share, 0n)
  for (const part of cut.toSorted((a, b) => (a.rest === b.rest ? (a.id < b.id ? -1 : 1) : a.rest > b.rest ? -1 : 1))) {
    if (left > 0n) part.share += 1n
    left -= 1n
  }
  return new Map(cut.map(({ id, share }) => [id, amount < 0 ? Number(-share) : Number(share)]))
}

describe('splits, for all totals and weights', () => {
  it('follow the rule, fast path or not', () => {
    fc.assert(
      fc.property(total, weights, (amount, list) => {
        expect(splitByWeight(amount, list)).toEqual(splitPlainly(amount, list))
      }),
      { numRuns: 2000 },
    )
  })

  it('sum to the total, never change sign, and give nothing to a weight of zero', () => {
    fc.assert(
      fc.property(total, weights, (amount, list) => {
        const shares = splitByWeight(amount, list)
        expect(sum(shares.values())).toBe(BigInt(amount))
        const isEven = list.every((entry) => entry.weight === 0)
        for (const { id, weight } of list) {
          const share = shares.get(id) ?? Number.NaN
          expect(share * Math.sign(amount)).toBeGreaterThanOrEqual(0)
          if (weight === 0 && !isEven) expect(share).toBe(0)
        }
      }),
    )
  })

  it('never depend on the order of the array', () => {
    const shuffled = weights.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    )
    fc.assert(
      fc.property(total, shuffled, (amount, [list, other]) => {
        expect(new Map([...splitByWeight(amount, other)].sort())).toEqual(
          new Map([...splitByWeight(amount, list)].sort()),
        )
      }),
    )
  })

  it('of a negative total mirror those of the positive one', () => {
    fc.assert(
      fc.property(total, weights, (amount, list) => {
        const mirrored = splitByWeight(-amount + 0, list)
        for (const [id, share] of splitByWeight(amount, list)) expect(mirrored.get(id)).toBe(0 - share)
      }),
    )
  })

  it('a discount split by price never exceeds a price, and an even split differs by one at most', () => {
    const prices = fc.uniqueArray(
      fc.record({ id: fc.string({ minLength: 1, maxLength: 3 }), weight: fc.integer({ min: 0, max: 100_000 }) }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(prices, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const whole = list.reduce((all, { weight }) => all + weight, 0)
        const discount = Math.floor(whole * share)
        const shares = splitByWeight(discount, list)
        for (const { id, weight } of list) expect(shares.get(id)).toBeLessThanOrEqual(weight)
      }),
    )
    fc.assert(
      fc.property(total, fc.integer({ min: 1, max: 200 }), (amount, count) => {
        const parts = splitEvenly(amount, count)
        expect(sum(parts)).toBe(BigInt(amount))
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1)
        const named = parts.map((_, index) => ({ id: String(index).padStart(3, '0'), weight: 1 }))
        expect([...splitByWeight(amount, named).values()]).toEqual(parts)
      }),
    )
  })
})
