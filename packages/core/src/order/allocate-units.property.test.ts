import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitByWeight, splitEvenly } from '../money/index.ts'
import type { QuotePart } from '../pricing/index.ts'
import { allocateUnits } from './allocate-units.ts'

const COLUMNS = ['base', 'discount', 'net', 'tax', 'total'] as const

const amounts = fc
  .record({
    base: fc.oneof(fc.nat(50), fc.nat(10_000_000), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })),
    off: fc.double({ min: 0, max: 1, noNaN: true }),
    taxed: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(1)),
    isInclusive: fc.boolean(),
  })
  .map(({ base, off, taxed, isInclusive }) => {
    const discount = Math.min(base, Math.floor(base * off))
    const amount = base - discount
    const most = isInclusive ? amount : Math.min(amount, Number.MAX_SAFE_INTEGER - amount)
    const tax = Math.min(most, Math.floor(most * taxed))
    const net = isInclusive ? amount - tax : amount
    return { base, discount, net, tax, total: net + tax, isInclusive }
  })

const line = fc.record({
  quantity: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 1000 })),
  parts: fc.array(amounts, { minLength: 1, maxLength: 3 }),
})

const quoteParts = (parts: readonly Omit<QuotePart, 'id' | 'variantId' | 'taxes'>[]): QuotePart[] =>
  parts.map(({ base, discount, net, tax, total }, place) => ({
    id: `part${place}`,
    variantId: 'var_1',
    base,
    discount,
    net,
    tax,
    total,
    taxes: [],
  }))

const sum = (list: readonly bigint[]) => list.reduce((all, one) => all + one, 0n)

describe('allocations, for all lines', () => {
  it('cover every unit once, in order, in runs that differ', () => {
    fc.assert(
      fc.property(line, ({ quantity, parts }) => {
        const runs = allocateUnits({ quantity, parts: quoteParts(parts) })
        let next = 1
        for (const { first, count } of runs) {
          expect(first).toBe(next)
          expect(count).toBeGreaterThanOrEqual(1)
          next += count
        }
        expect(next).toBe(quantity + 1)
        expect(runs.length).toBeLessThanOrEqual(1 + 3 * parts.length)
        for (const [place, run] of runs.slice(1).entries()) {
          expect(run.allocations).not.toStrictEqual(runs[place]?.allocations)
        }
      }),
    )
  })

  it('sum to the parts in every column', () => {
    fc.assert(
      fc.property(line, ({ quantity, parts }) => {
        const runs = allocateUnits({ quantity, parts: quoteParts(parts) })
        for (const [place, part] of parts.entries()) {
          for (const column of COLUMNS) {
            const shares = runs.map(
              ({ count, allocations }) => BigInt(count) * BigInt(allocations[place]?.[column] ?? 0),
            )
            expect(sum(shares)).toBe(BigInt(part[column]))
          }
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('hold together in each unit and part, and none is negative', () => {
    fc.assert(
      fc.property(line, ({ quantity, parts }) => {
        for (const { allocations } of allocateUnits({ quantity, parts: quoteParts(parts) })) {
          for (const [place, one] of allocations.entries()) {
            for (const column of COLUMNS) expect(one[column]).toBeGreaterThanOrEqual(0)
            expect(one.net + one.tax).toBe(one.total)
            expect(one.base - one.discount).toBe(parts[place]?.isInclusive ? one.total : one.net)
          }
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('are those of a split that goes unit by unit', () => {
    const small = fc.record({ quantity: fc.integer({ min: 1, max: 15 }), parts: fc.tuple(amounts) })
    fc.assert(
      fc.property(small, ({ quantity, parts }) => {
        const [part] = parts
        const named = (weights: readonly number[]) =>
          weights.map((weight, place) => ({ id: String(place).padStart(2, '0'), weight }))
        const bases = splitEvenly(part.base, quantity)
        const discounts = [...splitByWeight(part.discount, named(bases)).values()]
        const left = bases.map((base, place) => base - (discounts[place] ?? 0))
        const taxes = [...splitByWeight(part.tax, named(left)).values()]
        const units = allocateUnits({ quantity, parts: quoteParts(parts) }).flatMap(({ count, allocations }) =>
          Array.from({ length: count }, () => allocations[0]),
        )
        expect(units.map((unit) => unit?.base)).toStrictEqual(bases)
        expect(units.map((unit) => unit?.discount)).toStrictEqual(discounts)
        expect(units.map((unit) => unit?.tax)).toStrictEqual(taxes)
      }),
      { numRuns: 1000 },
    )
  })
})
