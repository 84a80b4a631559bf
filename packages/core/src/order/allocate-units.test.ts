import { describe, expect, it } from 'vitest'
import type { QuotePart } from '../pricing/index.ts'
import { allocateUnits } from './allocate-units.ts'

const part = (amounts: Pick<QuotePart, 'base' | 'discount' | 'net' | 'tax'>, id = 'all'): QuotePart => ({
  id,
  variantId: 'var_1',
  taxes: [],
  total: amounts.net + amounts.tax,
  ...amounts,
})

const runs = (quantity: number, ...parts: QuotePart[]) =>
  allocateUnits({ quantity, parts }).map(({ first, count, allocations }) => [
    first,
    count,
    ...allocations.map(({ part: id, base, discount, net, tax, total }) => [id, base, discount, net, tax, total]),
  ])

describe('allocateUnits', () => {
  it('gives one unit the whole', () => {
    expect(runs(1, part({ base: 100, discount: 10, net: 76, tax: 14 }))).toStrictEqual([
      [1, 1, ['all', 100, 10, 76, 14, 90]],
    ])
  })

  it('makes one run where all units are equal', () => {
    expect(runs(1000, part({ base: 100_000, discount: 20_000, net: 80_000, tax: 0 }))).toStrictEqual([
      [1, 1000, ['all', 100, 20, 80, 0, 80]],
    ])
  })

  it('gives the odd cents of a discount to the first units, and the tax to what is left of each', () => {
    // Inclusive: 3 × 33.33 less 10.00; 89.99 contains 14.37.
    expect(runs(3, part({ base: 9999, discount: 1000, net: 7562, tax: 1437 }))).toStrictEqual([
      [1, 1, ['all', 3333, 334, 2520, 479, 2999]],
      [2, 2, ['all', 3333, 333, 2521, 479, 3000]],
    ])
  })

  it('adds the tax where prices have none', () => {
    // Exclusive: 3 × 10.00 less 1.00; 19 % on 29.00 are 5.51.
    expect(runs(3, part({ base: 3000, discount: 100, net: 2900, tax: 551 }))).toStrictEqual([
      [1, 1, ['all', 1000, 34, 966, 183, 1149]],
      [2, 2, ['all', 1000, 33, 967, 184, 1151]],
    ])
  })

  it('never taxes a unit by more than it costs', () => {
    // One cent in three units, all of it tax: it belongs to the unit that costs the cent.
    expect(runs(3, part({ base: 3, discount: 2, net: 0, tax: 1 }))).toStrictEqual([
      [1, 2, ['all', 1, 1, 0, 0, 0]],
      [3, 1, ['all', 1, 0, 0, 1, 1]],
    ])
  })

  it('breaks runs where any part changes', () => {
    const book = part({ base: 40, discount: 1, net: 39, tax: 0 }, 'book')
    const course = part({ base: 80, discount: 3, net: 77, tax: 0 }, 'course')
    expect(runs(4, book, course)).toStrictEqual([
      [1, 1, ['book', 10, 1, 9, 0, 9], ['course', 20, 1, 19, 0, 19]],
      [2, 2, ['book', 10, 0, 10, 0, 10], ['course', 20, 1, 19, 0, 19]],
      [4, 1, ['book', 10, 0, 10, 0, 10], ['course', 20, 0, 20, 0, 20]],
    ])
  })

  it('splits what is free into nothing', () => {
    expect(runs(2, part({ base: 0, discount: 0, net: 0, tax: 0 }))).toStrictEqual([[1, 2, ['all', 0, 0, 0, 0, 0]]])
  })

  it('answers nothing for a line that was refused', () => {
    expect(runs(3)).toStrictEqual([])
  })

  it.each([
    ['net and tax are not the total', { ...part({ base: 10, discount: 0, net: 10, tax: 2 }), total: 13 }],
    ['the discount is in neither', part({ base: 10, discount: 3, net: 8, tax: 2 })],
    ['there is tax on nothing', part({ base: 10, discount: 10, net: 0, tax: 2 })],
  ])('refuses a part where %s', (_, wrong) => {
    expect(() => allocateUnits({ quantity: 2, parts: [wrong] })).toThrow(RangeError)
  })
})
