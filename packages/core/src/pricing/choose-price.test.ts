import { describe, expect, it } from 'vitest'
import { applicableLists, choosePrice } from './choose-price.ts'
import type { PriceList } from './price-list.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, samplePrice, samplePriceList } from './sample-inputs.ts'

const idsOf = (priceLists: PriceList[], changes: Partial<PricingInputs> = {}) =>
  applicableLists(sampleInputs({ priceLists, ...changes })).map(({ id }) => id)

describe('the lists that count', () => {
  const now = '2026-06-15T12:00:00.000Z'
  const before = '2026-06-15T11:59:59.999Z'
  const after = '2026-06-15T12:00:00.001Z'

  it.each<[what: string, list: Partial<PriceList>, counts: boolean]>([
    ['for all', {}, true],
    ['archived', { status: 'archived' }, false],
    ['in another currency', { currency: 'USD' }, false],
    ['for a group of the shopper', { groups: ['staff', 'alumni'] }, true],
    ['for other groups', { groups: ['staff'] }, false],
    ['for no group', { groups: [] }, false],
    ['for the place of sale', { countries: ['FR', 'DE'] }, true],
    ['for other countries', { countries: ['FR'] }, false],
    ['from now', { from: now }, true],
    ['from a millisecond later', { from: after }, false],
    ['until now', { until: now }, false],
    ['until a millisecond later', { until: after }, true],
    ['over', { from: before, until: before }, false],
  ])('a list %s: %#', (_, list, counts) => {
    const shopper = { customerId: null, groups: ['alumni'], firstOrder: 'unknown' } as const
    expect(idsOf([samplePriceList(list)], { shopper })).toStrictEqual(counts ? ['prl_1'] : [])
  })

  it.each<[place: PricingInputs['place'], counts: boolean]>([
    [{ country: 'CA', region: 'QC', basis: 'declared' }, true],
    [{ country: 'CA', region: 'ON', basis: 'declared' }, false],
    [{ country: 'US', region: 'QC', basis: 'declared' }, false],
    [{ country: 'CA', basis: 'declared' }, false],
  ])('a list for regions, at %j: %s', (place, counts) => {
    expect(idsOf([samplePriceList({ regions: ['US-NY', 'CA-QC'] })], { place })).toStrictEqual(counts ? ['prl_1'] : [])
  })

  it('are ordered by priority, then by the smaller id, and the inputs stay as they were', () => {
    const lists = [
      samplePriceList({ id: 'b', priority: 5 }),
      samplePriceList({ id: 'c', priority: 9 }),
      samplePriceList({ id: 'a', priority: 5 }),
    ]
    expect(idsOf(lists)).toStrictEqual(['c', 'a', 'b'])
    expect(lists.map(({ id }) => id)).toStrictEqual(['b', 'c', 'a'])
  })
})

describe('choosePrice', () => {
  const lists = [samplePriceList({ id: 'first' }), samplePriceList({ id: 'second' })]
  const first = (amount: number, minimumQuantity: number) =>
    samplePrice(amount, { priceList: 'first', minimumQuantity })
  const second = (amount: number, minimumQuantity: number) =>
    samplePrice(amount, { priceList: 'second', minimumQuantity })
  const prices = [first(80, 10), first(100, 2), first(60, 50), second(10, 1), second(5, 20)]

  it.each([
    [1, 'second', 10],
    [2, 'first', 100],
    [9, 'first', 100],
    [10, 'first', 80],
    [49, 'first', 80],
    [50, 'first', 60],
    [1000, 'first', 60],
  ])(
    'for %i takes the tier that the quantity reaches, of the first list that has one: %s, %i',
    (quantity, priceList, amount) => {
      expect(choosePrice(lists, prices, quantity)).toMatchObject({ priceList, amount })
      expect(choosePrice(lists, [...prices].reverse(), quantity)).toMatchObject({ priceList, amount })
    },
  )

  it('takes the greatest tier, though a smaller one be cheaper', () => {
    expect(choosePrice(lists, [first(50, 1), first(70, 5)], 5)?.amount).toBe(70)
  })

  it('takes the lower of two entries for one tier', () => {
    expect(choosePrice(lists, [first(50, 1), first(40, 1)], 1)?.amount).toBe(40)
    expect(choosePrice(lists, [first(40, 1), first(50, 1)], 1)?.amount).toBe(40)
  })

  it('knows a price of 0', () => {
    expect(choosePrice(lists, [first(0, 1), second(10, 1)], 1)?.amount).toBe(0)
  })

  it('answers null where no list has a price', () => {
    expect(choosePrice(lists, [samplePrice(1, { priceList: 'other' }), first(1, 9)], 8)).toBeNull()
    expect(choosePrice([], prices, 1)).toBeNull()
  })
})
