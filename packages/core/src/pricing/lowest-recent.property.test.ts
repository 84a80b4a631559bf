import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addMilliseconds } from '../time/index.ts'
import { applicableLists, choosePrice } from './choose-price.ts'
import { lowestRecent } from './lowest-recent.ts'
import { pastPrices } from './past-prices.ts'
import type { Price, VariantPrices } from './price-list.ts'
import { sampleInputs, samplePrice, samplePriceList } from './sample-inputs.ts'

const TODAY = 100
const LISTS = ['prl_1', 'sale', 'staff']

const day = (of: number) => addMilliseconds('2026-01-01T00:00:00.000Z', of * 24 * 60 * 60_000)
const days = fc.nat(TODAY)

const lists = fc.tuple(
  ...LISTS.map((id, priority) =>
    fc
      .tuple(fc.option(days), fc.option(days), id === 'staff' ? fc.constant(['staff']) : fc.constant(null))
      .map(([from, until, groups]) =>
        samplePriceList({
          ...{ id, priority, groups },
          ...{ from: from === null ? null : day(from), until: until === null ? null : day(until) },
        }),
      ),
  ),
)

/** What was written on some days: in each list an amount, or none. */
const writes = fc
  .uniqueArray(fc.tuple(days, fc.tuple(...LISTS.map(() => fc.option(fc.integer({ min: 1, max: 5 }))))), {
    selector: ([on]) => on,
    minLength: 1,
    maxLength: 8,
  })
  .map((all) =>
    all
      .map(([on, amounts]) => ({
        on,
        prices: amounts.flatMap((amount, place): Price[] =>
          amount === null ? [] : [samplePrice(amount, { priceList: LISTS[place] ?? '' })],
        ),
      }))
      .sort((left, right) => left.on - right.on),
  )

it('is the lowest that counted in the 30 days before the present price, walked day by day: never what nobody could have had', () => {
  fc.assert(
    fc.property(lists, writes, (priceLists, history) => {
      const inputs = sampleInputs({ now: day(TODAY), priceLists })
      let stored: Pick<VariantPrices, 'prices' | 'past'> | null = null
      for (const { on, prices } of history) stored = { prices, past: pastPrices(stored, prices, day(on)) }
      const countedOn = (on: number): Price | null => {
        const prices = history.findLast((write) => write.on <= on)?.prices ?? []
        return choosePrice(applicableLists({ ...inputs, now: day(on) }), prices, 1)
      }
      const current = countedOn(TODAY)
      const isCurrent = (price: Price | null) =>
        price?.priceList === current?.priceList && price?.amount === current?.amount
      let began = TODAY
      while (began > 0 && isCurrent(countedOn(began - 1))) began -= 1
      const before = Array.from({ length: 30 }, (_, place) => countedOn(began - 30 + place)?.amount ?? [])
      const amounts = current === null ? [] : before.flat()
      const expected = amounts.length === 0 ? null : Math.min(...amounts)
      expect(stored && lowestRecent(stored, inputs)).toBe(expected)
    }),
    { numRuns: 2000 },
  )
})
