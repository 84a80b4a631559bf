import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInRules } from './built-in-kinds.ts'
import { indexPromotions } from './index-promotions.ts'
import { judgeConditions } from './judge-conditions.ts'
import type { PromotionCondition, SimpleCondition } from './promotion.ts'
import type { PromotableLine, PromotionContext } from './promotion-rules.ts'

const context: PromotionContext = {
  now: '2026-06-15T12:00:00.000Z',
  currency: 'EUR',
  country: 'DE',
  site: 'main',
  timeZone: 'Europe/Berlin',
  minorDigits: 2,
  rounding: 'half_up',
  shopper: { customerId: 'cus_1', groups: ['staff'], firstOrder: 'unknown' },
}

const TYPES = ['course', 'book', 'service']
const line = fc.record({ product: fc.nat(3), type: fc.nat(2) })
const lines = fc.array(line, { minLength: 1, maxLength: 5 }).map((made): PromotableLine[] =>
  made.map(({ product, type }, place) => ({
    ...{ id: `line-${place}`, variantId: `var_${product}`, productId: `prd_${product}`, quantity: 1 },
    ...{ productType: TYPES[type] ?? 'course', unitPrice: 100, base: 100 },
  })),
)

/** Conditions whose answer is certain. */
const simple: fc.Arbitrary<SimpleCondition> = fc.oneof(
  fc.record({
    type: fc.constant('products' as const),
    products: fc.subarray(['prd_0', 'prd_1', 'prd_2'], { minLength: 1 }),
  }),
  fc.record({ type: fc.constant('product_types' as const), productTypes: fc.subarray(TYPES, { minLength: 1 }) }),
  fc.record({ type: fc.constant('countries' as const), countries: fc.subarray(['DE', 'FR'], { minLength: 1 }) }),
  fc.record({
    type: fc.constant('customer_groups' as const),
    groups: fc.subarray(['staff', 'press'], { minLength: 1 }),
  }),
)
const none = fc
  .array(simple, { minLength: 1, maxLength: 3 })
  .map((conditions) => ({ type: 'none' as const, conditions }))
const any = fc
  .array(fc.oneof(simple, none), { minLength: 1, maxLength: 3 })
  .map((conditions) => ({ type: 'any' as const, conditions }))
const conditions = fc.array(fc.oneof(simple, none, any), { maxLength: 4 })

/** Does a condition hold for one line? Where no condition counts lines together, each line can be asked by itself. */
function holdsFor(condition: PromotionCondition, one: PromotableLine): boolean {
  switch (condition.type) {
    case 'products':
      return condition.products.includes(one.productId)
    case 'product_types':
      return condition.productTypes.includes(one.productType)
    case 'countries':
      return condition.countries.includes(context.country)
    case 'customer_groups':
      return condition.groups.some((group) => context.shopper.groups.includes(group))
    case 'any':
      return condition.conditions.some((inner) => holdsFor(inner, one))
    case 'none':
      return !condition.conditions.some((inner) => holdsFor(inner, one))
    default:
      throw new Error(`${condition.type} is not generated here`)
  }
}

describe('conditions', () => {
  it('select what the logic of and, or and not selects', () => {
    fc.assert(
      fc.property(conditions, lines, (all, sold) => {
        const expected = sold.filter((one) => all.every((condition) => holdsFor(condition, one)))
        const verdict = judgeConditions(all, sold, context, builtInRules)
        expect(verdict.type === 'hold' ? verdict.selected : []).toEqual(expected)
        if (verdict.type === 'hold') expect(verdict.isUncertain).toBe(false)
      }),
      { numRuns: 3000 },
    )
  })

  it('are found by the index wherever they select something', () => {
    fc.assert(
      fc.property(fc.array(conditions, { maxLength: 5 }), lines, (promotions, sold) => {
        const made = promotions.map((all, id) => ({ id, conditions: all }))
        const found = new Set(
          indexPromotions(made, builtInRules)
            .touching(sold, context.shopper)
            .map(({ id }) => id),
        )
        for (const { id, conditions: all } of made) {
          if (judgeConditions(all, sold, context, builtInRules).type === 'hold') expect(found).toContain(id)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('are uncertain only where what is not known decides', () => {
    const sold = [{ id: 'a', variantId: 'v', productId: 'p', productType: 'book', quantity: 1, unitPrice: 1, base: 1 }]
    const judge = (...all: PromotionCondition[]) => judgeConditions(all, sold, context, builtInRules)
    const first: SimpleCondition = { type: 'first_order' }
    const books: SimpleCondition = { type: 'product_types', productTypes: ['book'] }
    expect(judge(first)).toMatchObject({ type: 'hold', isUncertain: true })
    expect(judge({ type: 'any', conditions: [first, books] })).toMatchObject({ type: 'hold', isUncertain: false })
    expect(judge({ type: 'none', conditions: [first] })).toMatchObject({ type: 'hold', isUncertain: true })
    expect(judge({ type: 'none', conditions: [first, books] })).toEqual({ type: 'fail', reason: 'not_for_these_items' })
    expect(judge({ type: 'customers', customers: ['cus_2'] })).toEqual({ type: 'fail', reason: 'not_for_you' })
    expect(judge({ type: 'weekdays', days: [2] })).toEqual({ type: 'fail', reason: 'not_now' })
    expect(judge({ type: 'weekdays', days: [1] })).toMatchObject({ type: 'hold' })
    expect(judge({ type: 'unheard_of' } as never)).toEqual({ type: 'fail', reason: 'not_valid' })
  })
})
