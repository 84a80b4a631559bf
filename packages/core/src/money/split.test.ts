import { describe, expect, it } from 'vitest'
import { splitByWeight, splitEvenly } from './split.ts'

const MAX = Number.MAX_SAFE_INTEGER
const weights = (object: Record<string, number>) => Object.entries(object).map(([id, weight]) => ({ id, weight }))
const split = (total: number, object: Record<string, number>) =>
  Object.fromEntries(splitByWeight(total, weights(object)))

describe('splitByWeight', () => {
  it.each([
    [10, { a: 1, b: 1, c: 1 }, { a: 4, b: 3, c: 3 }],
    [-10, { a: 1, b: 1, c: 1 }, { a: -4, b: -3, c: -3 }],
    [10, { c: 1, b: 1, a: 1 }, { a: 4, b: 3, c: 3 }],
    [11, { c: 1, b: 1, a: 1 }, { a: 4, b: 4, c: 3 }],
    [100, { a: 333, b: 333, c: 334 }, { a: 33, b: 33, c: 34 }],
    [1, { a: 1, b: 99 }, { a: 0, b: 1 }],
    [5, { a: 0, b: 3, c: 0 }, { a: 0, b: 5, c: 0 }],
    [5, { a: 0, b: 0 }, { a: 3, b: 2 }],
    [-5, { b: 0, a: 0 }, { a: -3, b: -2 }],
    [0, { a: 1, b: 2 }, { a: 0, b: 0 }],
    [7, { a: 5 }, { a: 7 }],
    [1, { line_2: 1, line_10: 1 }, { line_10: 1, line_2: 0 }],
    [1, { a: 1, Z: 1 }, { Z: 1, a: 0 }],
  ])('%i by %j is %j', (total, by, expected) => {
    expect(split(total, by)).toStrictEqual(expected)
  })

  it('has one zero only', () => {
    expect(Object.is(split(-1, { a: 1, b: 0 }).b, 0)).toBe(true)
    expect(Object.is(split(-0, { a: 1 }).a, 0)).toBe(true)
  })

  it('keeps the order of the array in the map', () => {
    expect([...splitByWeight(3, weights({ c: 1, a: 1, b: 1 })).keys()]).toEqual(['c', 'a', 'b'])
  })

  it('is exact where products and sums of weights leave the safe integers', () => {
    expect(split(MAX, { a: MAX, b: MAX })).toStrictEqual({ a: (MAX + 1) / 2, b: (MAX - 1) / 2 })
    expect(split(1 - MAX, { a: MAX, b: MAX, c: MAX })).toStrictEqual({
      a: (1 - MAX) / 3,
      b: (1 - MAX) / 3,
      c: (1 - MAX) / 3,
    })
    // The product is a multiple of neither weight nor sum; doubles would hand out half a unit.
    expect(split(4_503_599_592_323_949, { a: 35_082_099, b: 16_355_755 })).toStrictEqual({
      a: 3_071_584_727_354_069,
      b: 1_432_014_864_969_880,
    })
    expect(split(MAX - 2, { a: 1, b: 0 })).toStrictEqual({ a: MAX - 2, b: 0 })
  })

  it('refuses what cannot be split', () => {
    expect(splitByWeight(0, [])).toEqual(new Map())
    expect(() => splitByWeight(1, [])).toThrow('A total of 1 cannot be split over an empty list.')
    expect(() => splitByWeight(0.5, weights({ a: 1 }))).toThrow(
      'An amount is a whole number of minor units within ±(2^53 − 1), not 0.5.',
    )
    expect(() => splitByWeight(1, weights({ a: -1 }))).toThrow('"a"')
    expect(() => splitByWeight(1, weights({ a: 0.5 }))).toThrow(RangeError)
    expect(() => splitByWeight(1, weights({ a: Number.NaN }))).toThrow(RangeError)
    expect(() => splitByWeight(2, [...weights({ a: 1 }), ...weights({ a: 1 })])).toThrow('Each id stands once')
  })
})

describe('splitEvenly', () => {
  it.each([
    [10, 3, [4, 3, 3]],
    [-10, 3, [-4, -3, -3]],
    [11, 3, [4, 4, 3]],
    [2, 4, [1, 1, 0, 0]],
    [-1, 2, [-1, 0]],
    [0, 2, [0, 0]],
    [6, 1, [6]],
    [MAX, 2, [(MAX + 1) / 2, (MAX - 1) / 2]],
  ])('%i over %i is %j', (total, count, expected) => {
    expect(splitEvenly(total, count)).toStrictEqual(expected)
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses %d parts', (count) => {
    expect(() => splitEvenly(1, count)).toThrow(`A total is split into 1 or more, not ${count}.`)
  })

  it('refuses a fraction', () => {
    expect(() => splitEvenly(0.5, 2)).toThrow('An amount is a whole number of minor units within ±(2^53 − 1), not 0.5.')
  })
})
