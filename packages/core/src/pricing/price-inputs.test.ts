import { describe, expect, it } from 'vitest'
import { builtInRules } from '../promotion/index.ts'
import type { CartHead } from './finish-cart.ts'
import { cartHead, priceInputs } from './price-inputs.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

const cart = (changes: Partial<PricingInputs> = {}): PricingInputs =>
  sampleInputs({
    lines: [
      { id: 'a', variantId: 'var_a', quantity: 1 },
      { id: 'b', variantId: 'var_b', quantity: 2 },
    ],
    variants: variantsById(sampleVariant('var_a', 1000), sampleVariant('var_b', 500)),
    taxRates: [{ id: 'vat', country: 'DE', category: '*', name: 'VAT', rate: '25' }],
    ...changes,
  })
const priced = (changes: Partial<PricingInputs> = {}) => priceInputs(cart(changes), builtInRules)

describe('inputs', () => {
  it('of another engine are refused', () => {
    expect(() => priced({ engine: 1 })).toThrow(
      new RangeError('These inputs are of engine 1; this is engine 3, and may give other cents.'),
    )
    expect(() => priced({ engine: 0 })).toThrow(RangeError)
  })

  it('whose lines come to more than can be reckoned are refused, also where nothing of it would be paid', () => {
    const much = {
      variants: variantsById(sampleVariant('var_a', Number.MAX_SAFE_INTEGER), sampleVariant('var_b', 1)),
      promotions: [
        samplePromotion({
          benefit: { type: 'fixed_price', amounts: [{ amount: 0, currency: 'EUR' }] },
        }),
      ],
    }
    const few = { ...much, lines: cart().lines.slice(0, 1) }
    expect(priced(few).price.total).toBe(0)
    expect(() => priced(much)).toThrow(
      new RangeError('An amount is a whole number of minor units within ±(2^53 − 1), not 9007199254740992.'),
    )
  })
})

describe('taxes', () => {
  const items = [
    { line: 'a', part: 'all', amount: 1000, taxes: [] },
    {
      ...{ line: 'b', part: 'all', amount: 1000 },
      taxes: [{ name: 'Sales tax', rate: '7', jurisdiction: 'US-NY', amount: 70 }],
    },
  ]
  it('are those of the tables', () => {
    expect(priced().price.lines.map(({ tax }) => tax)).toEqual([200, 200])
  })

  it('are those that a calculator said', () => {
    const { price } = priced({ taxes: { type: 'calculated', calculator: 'counter', reference: null, items } })
    expect(price.lines.map(({ tax }) => tax)).toEqual([0, 70])
    expect(price).not.toHaveProperty('isTaxUnknown')
  })

  it('are those of the tables, and marked, where a calculator did not answer', () => {
    const { price } = priced({ taxes: { type: 'unknown', calculator: 'counter' } })
    expect(price.lines.map(({ tax }) => tax)).toEqual([200, 200])
    expect(price.isTaxUnknown).toBe(true)
  })
})

describe('what is known of a cart whatever is in it', () => {
  const head: CartHead = {
    ...{ currency: 'EUR', place: { country: 'DE', basis: 'assumed' } },
    ...{ priceBasis: 'inclusive', isKnown: true },
  }
  const guest = { customerId: null, groups: [], firstOrder: 'unknown' } as const
  const taxExemption = { reason: 'resale' } as const

  it.each<[what: string, changes: Partial<PricingInputs>, expected: Partial<CartHead>]>([
    ['its place, its money and whether the shopper is known', {}, {}],
    ['that they are not', { shopper: guest }, { isKnown: false }],
    ['that a calculator did not answer', { taxes: { type: 'unknown', calculator: 'c' } }, { isTaxUnknown: true }],
    ['nothing of its answer', { taxes: { type: 'calculated', calculator: 'c', reference: null, items: [] } }, {}],
    ['that they pay no tax', { taxExemption }, { taxExemption }],
  ])('is %s', (_, changes, expected) => {
    expect(cartHead(sampleInputs(changes))).toStrictEqual({ ...head, ...expected })
  })
})

describe('promotions', () => {
  const asksWho = samplePromotion({ conditions: [{ type: 'customers', customers: ['cus_1'] }] })
  it('of a shopper who is not known yet make a price provisional', () => {
    const shopper = { customerId: null, groups: [], firstOrder: 'unknown' } as const
    const { price, applied } = priced({
      promotions: [samplePromotion({ conditions: [{ type: 'first_order' }] })],
      shopper,
    })
    expect(applied.map(({ sum }) => sum)).toEqual([400])
    expect(price).toMatchObject({ discount: 400, provisional: true })
    expect(priced({ promotions: [asksWho] }).price).toMatchObject({ discount: 400, provisional: false })
  })

  it('see the lines that are open to them alone', () => {
    const assignments = [
      {
        ...{ variantId: 'var_a', experiment: 'summer', promotions: 'better_of' as const },
        price: { amount: 100, currency: 'EUR' },
      },
    ]
    const { price, sold, open } = priced({ assignments, promotions: [samplePromotion()] })
    expect(sold.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(open.map(({ id }) => id)).toEqual(['b'])
    expect(price.lines.map(({ total }) => total)).toEqual([100, 800])
  })
})
