import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyRate } from '../../money/index.ts'
import type { DiscountableLine, PromotionContext } from '../promotion-rules.ts'
import { buyXGetYBenefit } from './buy-x-get-y.ts'

const context: PromotionContext = {
  now: '2026-06-15T12:00:00.000Z',
  currency: 'EUR',
  country: 'DE',
  site: 'main',
  timeZone: 'Europe/Berlin',
  minorDigits: 2,
  rounding: 'half_up',
  shopper: { customerId: null, groups: [], firstOrder: 'unknown' },
}

const lines = fc
  .array(fc.record({ left: fc.nat(5000), quantity: fc.integer({ min: 1, max: 12 }) }), { minLength: 1, maxLength: 6 })
  .map((made): DiscountableLine[] =>
    made.map(({ left, quantity }, place) => ({
      ...{ id: `line-${place}`, variantId: 'v', productId: 'p', productType: 'course', quantity },
      ...{ unitPrice: 0, base: left, left },
    })),
  )

/** Each unit by itself, put in a row and counted off. */
function oracle(
  units: { place: number; amount: number }[],
  { buy, get, percent }: { buy: number; get: number; percent: string },
) {
  const row = [...units].sort((a, b) => b.amount - a.amount || a.place - b.place)
  const taken = new Map<number, number>()
  for (let start = 0; start + buy + get <= row.length; start += buy + get) {
    for (const unit of row.slice(start + buy, start + buy + get)) {
      taken.set(unit.place, (taken.get(unit.place) ?? 0) + applyRate(unit.amount, percent, 'half_up'))
    }
  }
  return taken
}

it('takes what counting off each unit takes', () => {
  const rule = fc.record({
    buy: fc.integer({ min: 1, max: 4 }),
    get: fc.integer({ min: 1, max: 4 }),
    percent: fc.constantFrom('100', '50', '33.3'),
  })
  fc.assert(
    fc.property(lines, rule, (given, { buy, get, percent }) => {
      const units = given.flatMap(({ left, quantity }, place) =>
        Array.from({ length: quantity }, (_, n) => ({
          place,
          amount: Math.floor(left / quantity) + (n < left % quantity ? 1 : 0),
        })),
      )
      const expected = oracle(units, { buy, get, percent })
      const discounts = buyXGetYBenefit.discounts({ type: 'buy_x_get_y', buy, get, percent }, given, context)
      expect(discounts).toEqual(given.map((_line, place) => expected.get(place) ?? 0))
      for (const [place, line] of given.entries()) expect(discounts[place]).toBeLessThanOrEqual(line.left)
    }),
    { numRuns: 3000 },
  )
})
