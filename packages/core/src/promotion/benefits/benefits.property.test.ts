import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInRules } from '../built-in-kinds.ts'
import type { HostData, PromotionBenefit } from '../promotion.ts'
import type { DiscountableLine, PromotionContext } from '../promotion-rules.ts'

const contextWith = (changes: Partial<PromotionContext> = {}): PromotionContext => ({
  ...{
    now: '2026-06-15T12:00:00.000Z',
    currency: 'EUR',
    minorDigits: 2,
    country: 'DE',
    site: 'main',
    timeZone: 'Europe/Berlin',
  },
  ...{ rounding: 'half_up', shopper: { customerId: null, groups: [], firstOrder: 'unknown' } },
  ...changes,
})
const context = fc
  .record({
    rounding: fc.constantFrom('half_up' as const, 'half_even' as const, 'down' as const),
    percentRounding: fc.constantFrom(undefined, 'unit' as const, 'line' as const, 'order' as const),
  })
  .map(contextWith)

const VARIANTS = ['var_a', 'var_b', 'var_c']
const lines = fc
  .array(
    fc.record({
      variant: fc.constantFrom(...VARIANTS),
      unitPrice: fc.oneof(fc.nat(12), fc.nat(3000)),
      quantity: fc.integer({ min: 1, max: 8 }),
      off: fc.oneof(fc.constant(0), fc.nat(100)),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((made): DiscountableLine[] =>
    made.map(({ variant, unitPrice, quantity, off }, place) => {
      const base = unitPrice * quantity
      return {
        ...{ id: `line-${place}`, variantId: variant, productId: variant.replace('var', 'prd'), productType: 'course' },
        ...{ quantity, unitPrice, base, left: base - Math.floor((base * off) / 100) },
      }
    }),
  )

const percent = fc.constantFrom('0.5', '12.5', '33.333333', '50', '99', '100')
const eur = fc.nat(5000).map((amount) => [{ amount, currency: 'EUR' }])
const few = fc.integer({ min: 1, max: 4 })
const kinds = {
  percent: fc.record({
    ...{ type: fc.constant('percent' as const), percent, of: fc.constantFrom(undefined, 'original', 'left') },
  }),
  fixed: fc.record({
    ...{ type: fc.constant('fixed' as const), amounts: eur, per: fc.constantFrom(undefined, 'order', 'line', 'unit') },
  }),
  fixed_price: fc.record({ type: fc.constant('fixed_price' as const), amounts: eur }),
  buy_x_get_y: fc.record({ type: fc.constant('buy_x_get_y' as const), buy: few, get: few, percent }),
  quantity_tiers: fc.record({
    type: fc.constant('quantity_tiers' as const),
    tiers: fc.array(fc.record({ minimum: fc.integer({ min: 1, max: 12 }), percent }), { minLength: 1, maxLength: 3 }),
  }),
  subtotal_tiers: fc.record({
    type: fc.constant('subtotal_tiers' as const),
    tiers: fc.array(fc.record({ minimum: eur, percent }), { minLength: 1, maxLength: 3 }),
  }),
  seats_free: few.chain((free) =>
    fc.record({
      ...{ type: fc.constant('seats_free' as const), free: fc.constant(free) },
      every: fc.integer({ min: free + 1, max: 9 }),
    }),
  ),
  bundle_price: fc.record({
    ...{ type: fc.constant('bundle_price' as const), amounts: eur },
    products: fc.subarray(['prd_a', 'prd_b', 'prd_c'], { minLength: 2 }),
  }),
  free_gift: fc.record({ type: fc.constant('free_gift' as const), variant: fc.constant('var_a'), quantity: few }),
} satisfies { [type in Exclude<PromotionBenefit, HostData>['type']]: fc.Arbitrary<PromotionBenefit> }

const ruleOf = ({ type }: PromotionBenefit) => {
  const rule = builtInRules.benefits.get(type)
  if (rule === undefined) throw new Error(`${type} has no rule`)
  return rule
}
const touched = (benefit: PromotionBenefit, all: readonly DiscountableLine[]) => {
  const takes = ruleOf(benefit).takesFrom?.(benefit)
  return takes === undefined ? all : all.filter((line) => takes.selects(line))
}
const discountsOf = (benefit: PromotionBenefit, all: readonly DiscountableLine[], at: PromotionContext) => {
  const given = touched(benefit, all)
  const off = given.length === 0 ? [] : ruleOf(benefit).discounts(benefit, given, at)
  return given.map(({ left }, place) => Math.min(left, off[place] ?? Number.NaN))
}
const sum = (amounts: readonly number[]) => amounts.reduce((all, one) => all + one, 0)

describe.each(Object.keys(kinds) as (keyof typeof kinds)[])('%s', (type) => {
  const benefit = kinds[type] as fc.Arbitrary<PromotionBenefit>
  /** The same lines twice, the second time with less left of some. */
  const pair = lines.chain((more) =>
    fc.tuple(...more.map(({ left }) => fc.oneof(fc.constant(left), fc.nat(left)))).map((lefts) => ({
      more,
      less: more.map((line, place) => ({ ...line, left: lefts[place] ?? 0 })),
    })),
  )

  it('takes whole minor units off each line, none below nothing', () => {
    fc.assert(
      fc.property(benefit, lines, context, (made, given, at) => {
        for (const amount of discountsOf(made, given, at)) {
          expect(Number.isSafeInteger(amount)).toBe(true)
          expect(amount).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('takes no more off in all where less is left', () => {
    fc.assert(
      fc.property(benefit, pair, context, (made, { more, less }, at) => {
        expect(sum(discountsOf(made, less, at))).toBeLessThanOrEqual(sum(discountsOf(made, more, at)))
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps the order of what is left, as far as it says', () => {
    fc.assert(
      fc.property(benefit, pair, context, (made, { more, less }, at) => {
        const leftAfter = (all: readonly DiscountableLine[]) => {
          const off = discountsOf(made, all, at)
          return touched(made, all).map(({ left }, place) => left - (off[place] ?? 0))
        }
        const keeps = ruleOf(made).keepsOrder?.(made, at) ?? null
        const [leftOfMore, leftOfLess] = [leftAfter(more), leftAfter(less)]
        if (keeps !== null) expect(sum(leftOfLess)).toBeLessThanOrEqual(sum(leftOfMore))
        if (keeps === 'lines') {
          for (const [place, left] of leftOfLess.entries()) expect(left).toBeLessThanOrEqual(leftOfMore[place] ?? -1)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('gives the same whatever the order of lines', () => {
    const shuffled = lines.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    )
    fc.assert(
      fc.property(benefit, shuffled, context, (made, [all, other], at) => {
        expect(sum(discountsOf(made, other, at))).toBe(sum(discountsOf(made, all, at)))
      }),
      { numRuns: 500 },
    )
  })
})

/** Every unit by itself, with what is left of it. */
const unitsOf = (all: readonly DiscountableLine[]) =>
  all.flatMap(({ left, quantity, variantId, productId }) =>
    Array.from({ length: quantity }, (_, n) => ({
      ...{ variantId, productId },
      amount: Math.floor(left / quantity) + (n < left % quantity ? 1 : 0),
    })),
  )
const amounts = (units: readonly { amount: number }[]) => units.map(({ amount }) => amount)
const ascending = (left: number, right: number) => left - right

describe('unit by unit', () => {
  it('seats: of each variant the cheapest are free, so many for each full group', () => {
    fc.assert(
      fc.property(kinds.seats_free, lines, (benefit, all) => {
        const expected = VARIANTS.map((variant) => {
          const units = amounts(unitsOf(all).filter(({ variantId }) => variantId === variant)).sort(ascending)
          return sum(units.slice(0, Math.floor(units.length / benefit.every) * benefit.free))
        })
        expect(sum(discountsOf(benefit, all, contextWith()))).toBe(sum(expected))
      }),
      { numRuns: 2000 },
    )
  })

  it('gifts: the dearest units of the variant are free', () => {
    fc.assert(
      fc.property(kinds.free_gift, lines, (benefit, all) => {
        const units = amounts(unitsOf(all).filter(({ variantId }) => variantId === benefit.variant)).sort(ascending)
        expect(sum(discountsOf(benefit, all, contextWith()))).toBe(sum(units.reverse().slice(0, benefit.quantity)))
      }),
      { numRuns: 2000 },
    )
  })

  it('bundles: the first set has the dearest unit of each product, the next what is dearest then', () => {
    fc.assert(
      fc.property(kinds.bundle_price, lines, (benefit, all) => {
        const price = benefit.amounts[0]?.amount ?? 0
        const rows = benefit.products.map((id) =>
          amounts(unitsOf(all).filter(({ productId }) => productId === id)).sort(ascending),
        )
        let expected = 0
        while (rows.every((row) => row.length > 0)) {
          expected += Math.max(0, sum(rows.map((row) => row.pop() ?? 0)) - price)
        }
        expect(sum(discountsOf(benefit, all, contextWith()))).toBe(expected)
      }),
      { numRuns: 2000 },
    )
  })

  it('percents rounded by unit are the same for one line of many and for many lines of one', () => {
    const many = fc.record({ unitPrice: fc.nat(3000), quantity: fc.integer({ min: 1, max: 20 }) })
    fc.assert(
      fc.property(many, percent, ({ unitPrice, quantity }, off) => {
        const line = (id: number, count: number): DiscountableLine => ({
          ...{ id: `line-${id}`, variantId: 'v', productId: 'p', productType: 'course', quantity: count, unitPrice },
          ...{ base: unitPrice * count, left: unitPrice * count },
        })
        const at = contextWith({ percentRounding: 'unit' })
        const one = discountsOf({ type: 'percent', percent: off }, [line(0, quantity)], at)
        const split = Array.from({ length: quantity }, (_, place) => line(place, 1))
        expect(sum(discountsOf({ type: 'percent', percent: off }, split, at))).toBe(sum(one))
      }),
      { numRuns: 1000 },
    )
  })
})
