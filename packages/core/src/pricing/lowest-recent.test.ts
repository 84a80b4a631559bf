import { describe, expect, it } from 'vitest'
import { lowestRecent } from './lowest-recent.ts'
import { pastPrices } from './past-prices.ts'
import type { PastPrice, Price } from './price-list.ts'
import { sampleInputs, samplePrice, samplePriceList } from './sample-inputs.ts'

const day = (of: number, hour = 0) =>
  `2026-06-${String(of).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`
const was = (amount: number | null, until: string, priceList = 'prl_1'): PastPrice => ({ priceList, amount, until })
const inputs = sampleInputs({ now: day(30) })
const lowest = (prices: readonly Price[], past: readonly PastPrice[], lists = inputs.priceLists) =>
  lowestRecent({ prices, past }, { ...inputs, priceLists: lists })

describe('the lowest price of the 30 days before a reduction', () => {
  it('is the price before, where it stood all the time', () => {
    expect(lowest([samplePrice(80)], [was(100, day(20))])).toBe(100)
  })

  it('is the lowest of several, not the last', () => {
    expect(lowest([samplePrice(80)], [was(90, day(5)), was(70, day(10)), was(100, day(20))])).toBe(70)
  })

  it('does not reach back more than 30 days from when the price began', () => {
    const past = [was(10, '2026-05-20T23:59:59.999Z'), was(100, day(20))]
    expect(lowest([samplePrice(80)], past)).toBe(100)
    expect(lowest([samplePrice(80)], [was(10, '2026-05-21T00:00:00.001Z'), was(100, day(20))])).toBe(10)
  })

  it('is none that ended before them, though one before it ended then', () => {
    const past = [was(50, '2026-05-10T00:00:00.000Z'), was(10, '2026-05-20T00:00:00.000Z'), was(100, day(20))]
    expect(lowest([samplePrice(80)], past)).toBe(100)
  })

  it('is that of another list, where a list with a window begins', () => {
    const lists = [samplePriceList(), samplePriceList({ id: 'sale', priority: 1, from: day(25), until: null })]
    const prices = [samplePrice(100), samplePrice(60, { priceList: 'sale' })]
    expect(lowest(prices, [], lists)).toBe(100)
    expect(lowest(prices, [was(50, day(24))], lists)).toBe(50)
  })

  it.each([
    '0000-01-01T00:00:00.000Z',
    '0000-01-10T00:00:00.000Z',
    '0001-01-01T00:00:00.000Z',
    '0001-01-20T00:00:00.000Z',
  ])('is none where its list began at the beginning of time, at %s', (from) => {
    expect(lowest([samplePrice(80)], [], [samplePriceList({ from })])).toBeNull()
    const before = samplePriceList({ id: 'ended', priority: 1, until: from })
    expect(lowest([samplePrice(80)], [was(100, day(20))], [samplePriceList({ from }), before])).toBe(100)
  })

  it('is that of a sale before the sale', () => {
    const lists = [
      samplePriceList(),
      samplePriceList({ id: 'first', priority: 1, from: day(1), until: day(5) }),
      samplePriceList({ id: 'second', priority: 1, from: day(25) }),
    ]
    const prices = [samplePrice(100), samplePrice(70, { priceList: 'first' }), samplePrice(60, { priceList: 'second' })]
    expect(lowest(prices, [], lists)).toBe(70)
  })

  it('is that of a sale that has just ended, whose end made the price count again', () => {
    const sale = samplePriceList({ id: 'sale', priority: 1, from: day(1), until: day(25) })
    const prices = [samplePrice(80), samplePrice(50, { priceList: 'sale' })]
    const past = [was(100, '2026-01-01T00:00:00.000Z')]
    expect(lowest(prices, past, [samplePriceList(), sale])).toBe(50)
    // Written while the sale counted, it began when that ended; one for others hides nothing.
    const long = { ...sale, from: '2026-05-01T00:00:00.000Z' }
    expect(lowest(prices, [was(40, day(10))], [samplePriceList(), long])).toBe(50)
    expect(lowest(prices, past, [samplePriceList(), { ...sale, groups: ['staff'] }])).toBe(100)
  })

  it('is none of a sale that ended more than 30 days before', () => {
    const sale = samplePriceList({ id: 'sale', priority: 1, until: '2026-05-20T00:00:00.000Z' })
    const prices = [samplePrice(80), samplePrice(50, { priceList: 'sale' })]
    expect(lowest(prices, [was(100, day(20))], [samplePriceList(), sale])).toBe(100)
  })

  it('is none where the variant was made while its sale ran, and what it cost meanwhile of the next', () => {
    const sale = samplePriceList({ id: 'sale', priority: 1, from: day(10), until: day(20) })
    const next = samplePriceList({ id: 'next', priority: 1, from: day(25) })
    const first = [samplePrice(100), samplePrice(80, { priceList: 'sale' }), samplePrice(90, { priceList: 'next' })]
    const variant = { prices: first, past: pastPrices(null, first, day(15)) }
    const on = (now: string) => lowestRecent(variant, { ...inputs, now, priceLists: [samplePriceList(), sale, next] })
    expect([on(day(15)), on(day(19)), on(day(20)), on(day(25))]).toEqual([null, null, 80, 80])
  })

  it('leaves out lists for others', () => {
    const lists = [samplePriceList(), samplePriceList({ id: 'staff', priority: 1, groups: ['staff'] })]
    const prices = [samplePrice(80), samplePrice(5, { priceList: 'staff' })]
    expect(lowest(prices, [was(100, day(20))], lists)).toBe(100)
  })

  it.each<[what: string, written: string, listFrom: string, expected: number]>([
    ['when it was written, where its list began before', day(20), day(15), 70],
    ['when its list began, where it was written before', day(15), day(20), 90],
  ])('is that before the present price began: %s', (_, written, from, expected) => {
    const lists = [samplePriceList(), samplePriceList({ id: 'sale', priority: 1, from })]
    const prices = [samplePrice(90), samplePrice(60, { priceList: 'sale' })]
    expect(lowest(prices, [was(70, written, 'sale'), was(95, day(17))], lists)).toBe(expected)
  })

  it('is that of one unit, whatever stands before it', () => {
    const prices = [samplePrice(10, { minimumQuantity: 5 }), samplePrice(80)]
    const lists = [samplePriceList(), samplePriceList({ id: 'sale', priority: 1, from: day(25) })]
    expect(lowest([...prices, samplePrice(60, { priceList: 'sale' })], [], lists)).toBe(80)
  })

  it('leaves out lists in which one unit had no price', () => {
    const lists = [samplePriceList(), samplePriceList({ id: 'packs', priority: 1 })]
    const prices = [samplePrice(80), samplePrice(10, { priceList: 'packs', minimumQuantity: 5 })]
    expect(lowest(prices, [was(100, day(20))], lists)).toBe(100)
  })

  it('does not look at what another list cost when it began', () => {
    const lists = [samplePriceList(), samplePriceList({ id: 'partners', groups: ['partners'] })]
    expect(lowest([samplePrice(80)], [was(100, day(20)), was(50, day(28), 'partners')], lists)).toBe(100)
  })

  it('is that of the first moment too', () => {
    const lists = [samplePriceList(), samplePriceList({ id: 'day', priority: 1, from: null, until: day(5, 1) })]
    const prices = [samplePrice(80), samplePrice(30, { priceList: 'day' })]
    expect(lowest(prices, [was(100, '2026-07-05T00:00:00.000Z')], lists)).toBe(30)
  })

  it('is not known where no past was kept', () => {
    expect(lowestRecent({ prices: [samplePrice(80)] }, inputs)).toBeNull()
    const priceLists = [samplePriceList(), samplePriceList({ id: 'sale', priority: 1, from: day(25) })]
    const prices = [samplePrice(100), samplePrice(60, { priceList: 'sale' })]
    expect(lowestRecent({ prices }, { ...inputs, priceLists })).toBe(100)
  })

  it('is not known of a price that was ever so, or that is the first', () => {
    expect(lowest([samplePrice(80)], [])).toBeNull()
    expect(lowest([samplePrice(80)], [was(null, day(20))])).toBeNull()
    expect(lowest([], [was(100, day(20))])).toBeNull()
  })
})

describe('past prices', () => {
  it('note what one unit cost, and that a list had no price', () => {
    const before = { prices: [samplePrice(100), samplePrice(90, { minimumQuantity: 5 })] }
    const after = [samplePrice(80), samplePrice(7, { priceList: 'new' })]
    expect(pastPrices(before, after, day(3))).toEqual([was(null, day(3), 'new'), was(100, day(3))])
  })

  it('note of the first prices that there were none before', () => {
    const first = [samplePrice(80), samplePrice(60, { priceList: 'sale' }), samplePrice(50, { minimumQuantity: 5 })]
    expect(pastPrices(null, first, day(3))).toEqual([was(null, day(3)), was(null, day(3), 'sale')])
    expect(pastPrices(null, [samplePrice(50, { minimumQuantity: 5 })], day(3))).toEqual([])
  })

  it('have none where one unit costs the same', () => {
    expect(pastPrices({ prices: [samplePrice(80)] }, [samplePrice(80, { compareAt: 90 })], day(3))).toEqual([])
  })

  it('are the last hundred', () => {
    const past = Array.from({ length: 100 }, (_, place) => was(place, day(1)))
    const next = pastPrices({ prices: [samplePrice(1)], past }, [samplePrice(2)], day(3))
    expect(next).toHaveLength(100)
    expect(next.at(-1)).toEqual(was(1, day(3)))
  })
})
