import { describe, expect, it } from 'vitest'
import type { OwnedThings, PromotionCondition } from '../promotion/index.ts'
import { quote } from './price-cart.ts'
import { sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

const OWNS_A: PromotionCondition = { type: 'owned_products', products: ['prd_a'] }

const quoteOf = (
  owned: OwnedThings | 'unknown' | undefined,
  conditions: readonly PromotionCondition[],
  customerId: string | null = 'cus_1',
) =>
  quote(
    sampleInputs({
      shopper: { ...sampleInputs().shopper, customerId, owned },
      lines: [{ id: 'l1', variantId: 'var_b', quantity: 1 }],
      variants: variantsById(sampleVariant('var_b', 10_000)),
      promotions: [samplePromotion({ conditions, benefit: { type: 'percent', percent: '10' } })],
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

  it('does not matter where another condition fails', () => {
    const elsewhere: PromotionCondition = { type: 'countries', countries: ['FR'] }
    expect(quoteOf(unknown, [OWNS_A, elsewhere]).unknowns).toBeUndefined()
  })

  it('is an estimate for somebody who is not signed in', () => {
    const price = quoteOf(undefined, [OWNS_A], null)
    expect(price).toMatchObject({ discount: 1000, provisional: true })
    expect(price.unknowns).toBeUndefined()
  })

  it('is not asked of a guest, nor where nobody looked', () => {
    for (const price of [quoteOf(unknown, [OWNS_A], null), quoteOf(undefined, [OWNS_A])]) {
      expect(price.unknowns).toBeUndefined()
    }
  })
})
