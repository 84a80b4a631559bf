import { describe, expect, it } from 'vitest'
import type { OwnedThings, PromotionCondition } from '../promotion/index.ts'
import { quote } from './price-cart.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

const OWNS_A: PromotionCondition = { type: 'owned_products', products: ['prd_a'] }

const quoteOf = (
  owned: OwnedThings | 'unknown' | undefined,
  conditions: readonly PromotionCondition[],
  { customerId = 'cus_1', ...changes }: Partial<PricingInputs> & { customerId?: string | null } = {},
) =>
  quote(
    sampleInputs({
      shopper: { ...sampleInputs().shopper, customerId, owned },
      lines: [{ id: 'l1', variantId: 'var_b', quantity: 1 }],
      variants: variantsById(sampleVariant('var_b', 10_000)),
      promotions: [samplePromotion({ conditions, benefit: { type: 'percent', percent: '10' } })],
      ...changes,
    }),
  )

const nothing: OwnedThings = { products: [], variants: [] }
const unknown: OwnedThings = { ...nothing, unknown: ['var_a'], unknownProducts: ['prd_a'] }

describe('a promotion for owners, of whom it could not be learnt', () => {
  it('gives nothing, and the quote says that its price rests on that', () => {
    for (const owned of [unknown, 'unknown'] as const) {
      expect(quoteOf(owned, [OWNS_A])).toMatchObject({ discount: 0, unknowns: ['ownership'], provisional: false })
    }
  })

  it('is no promotion for those who do not own it either', () => {
    const none: PromotionCondition = { type: 'none', conditions: [OWNS_A] }
    expect(quoteOf(unknown, [none])).toMatchObject({ discount: 0, unknowns: ['ownership'] })
    expect(quoteOf(nothing, [none])).toMatchObject({ discount: 1000 })
  })

  it('is known where it was learnt, whatever else was not', () => {
    for (const [owned, discount] of [
      [nothing, 0],
      [{ ...nothing, products: ['prd_a'] }, 1000],
      [{ ...nothing, unknownProducts: ['prd_other'] }, 0],
      [{ ...unknown, products: ['prd_a'], unknownProducts: [] }, 1000],
    ] as const) {
      const price = quoteOf(owned, [OWNS_A])
      expect([price.discount, price.unknowns]).toEqual([discount, undefined])
    }
  })

  it('is asked before tax, so that what a calculator said of the taxes stays what it was asked for', () => {
    const item = { line: 'l1', part: 'all', amount: 10_000, taxes: [] }
    const taxes = { type: 'calculated', calculator: 'service', reference: null, items: [item] } as const
    expect(quoteOf(unknown, [OWNS_A], { taxes })).toMatchObject({ total: 10_000, unknowns: ['ownership'] })
    expect(quoteOf(nothing, [OWNS_A], { taxes }).unknowns).toBeUndefined()
  })

  it('counts where it moves a discount from one line to another, though all of them cost the same', () => {
    const tenOff = (id: string, conditions: PromotionCondition[]) =>
      samplePromotion({
        ...{ id, group: 'g', conditions },
        benefit: { type: 'fixed', amounts: [{ amount: 1000, currency: 'EUR' }] },
      })
    const price = quoteOf(unknown, [], {
      lines: ['b', 'c'].map((name) => ({ id: name, variantId: `var_${name}`, quantity: 1 })),
      variants: variantsById(sampleVariant('var_b', 10_000), sampleVariant('var_c', 10_000)),
      promotions: [
        tenOff('pro_1', [OWNS_A, { type: 'variants', variants: ['var_b'] }]),
        tenOff('pro_2', [{ type: 'variants', variants: ['var_c'] }]),
      ],
    })
    expect(price).toMatchObject({ total: 19_000, unknowns: ['ownership'] })
  })

  it('does not matter where another condition fails', () => {
    const elsewhere: PromotionCondition = { type: 'countries', countries: ['FR'] }
    expect(quoteOf(unknown, [OWNS_A, elsewhere]).unknowns).toBeUndefined()
  })

  it('is an estimate for somebody who is not signed in', () => {
    const price = quoteOf(undefined, [OWNS_A], { customerId: null })
    expect(price).toMatchObject({ discount: 1000, provisional: true })
    expect(price.unknowns).toBeUndefined()
  })

  it('is not asked of a guest, nor where nobody looked', () => {
    for (const price of [quoteOf(unknown, [OWNS_A], { customerId: null }), quoteOf(undefined, [OWNS_A])]) {
      expect(price.unknowns).toBeUndefined()
    }
  })
})
