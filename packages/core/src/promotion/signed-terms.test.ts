import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PromotionBenefit, PromotionCondition, SignedTerms } from './promotion.ts'
import { allowsTerms, isSignable, withinTerms, wrongTerms } from './signed-terms.ts'

const eur = (amount: number) => ({ amount, currency: 'EUR' })
const PERCENT = { type: 'percent', percent: '20' } as const
const FIXED = { type: 'fixed', amounts: [eur(500), { amount: 600, currency: 'USD' }] } as const
const GIFT = { type: 'free_gift', variant: 'var_1', quantity: 1 } as const
const drawn = (benefit: PromotionBenefit, changes = {}) => ({
  ...{ signedByHost: true, requiresCode: true, benefit },
  ...changes,
})

describe('a benefit of which less may be signed', () => {
  it.each<[PromotionBenefit, boolean]>([
    [PERCENT, true],
    [FIXED, true],
    [{ type: 'fixed_price', amounts: [eur(5)] }, false],
    [GIFT, false],
    [{ type: 'acme:percent', percent: '20' }, false],
  ])('%j: %s', (benefit, expected) => {
    expect(isSignable(benefit)).toBe(expected)
  })
})

describe('a promotion', () => {
  it.each<[what: string, promotion: Parameters<typeof allowsTerms>[0], terms: SignedTerms, expected: boolean]>([
    ['of a percent, a percent', drawn(PERCENT), { percent: '5' }, true],
    ['of a percent, an amount', drawn(PERCENT), { amount: eur(5) }, false],
    ['of a percent, nothing', drawn(PERCENT), {}, false],
    ['of an amount, an amount', drawn(FIXED), { amount: eur(5) }, true],
    ['of an amount, a percent', drawn(FIXED), { percent: '5' }, false],
    ['of a gift, an amount', drawn(GIFT), { amount: eur(5) }, false],
    ['that is not for it', drawn(PERCENT, { signedByHost: false }), { percent: '5' }, false],
    ['that does not say', drawn(PERCENT, { signedByHost: undefined }), { percent: '5' }, false],
    ['that is everybody’s', drawn(PERCENT, { requiresCode: false }), { percent: '5' }, false],
  ])('%s: may be signed?', (_, promotion, terms, expected) => {
    expect(allowsTerms(promotion, terms)).toBe(expected)
    if (!expected) expect(wrongTerms(promotion, terms)).toBe('its promotion lets no such discount be signed')
  })
})

describe('signed terms', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, at) => `prd_${at}`)
  it.each<[what: string, benefit: PromotionBenefit, terms: SignedTerms]>([
    ['less', PERCENT, { percent: '0.000001' }],
    ['all of it', PERCENT, { percent: '20.0' }],
    ['an amount less', FIXED, { amount: eur(1) }],
    ['all of the amount', FIXED, { amount: eur(500) }],
    ['an amount of its other currency', FIXED, { amount: { amount: 600, currency: 'USD' } }],
    ['one product', PERCENT, { percent: '5', products: ['prd_1'] }],
    ['a hundred products', PERCENT, { percent: '5', products: ids(100) }],
    ['ids as long as they can be', PERCENT, { percent: '5', products: ['a-B_9'.padEnd(64, 'x')] }],
  ])('may be %s', (_, benefit, terms) => {
    expect(wrongTerms(drawn(benefit), terms)).toBeNull()
  })

  const PRODUCTS = 'its products are not 1 to 100 ids'
  it.each<[what: string, benefit: PromotionBenefit, terms: SignedTerms, wrong: string]>([
    ['both', PERCENT, { percent: '5', amount: eur(5) }, 'it says both percent and amount'],
    ['no percent', PERCENT, { percent: '0' }, 'its percent is no decimal over 0'],
    ['a percent that is none', PERCENT, { percent: '1e1' }, 'its percent is no decimal over 0'],
    ['a negative percent', PERCENT, { percent: '-5' }, 'its percent is no decimal over 0'],
    ['more percent', PERCENT, { percent: '20.000001' }, 'its percent is above that of the promotion'],
    [
      'a percent that is more as a number and less as a text',
      PERCENT,
      { percent: '100' },
      'its percent is above that of the promotion',
    ],
    ['nothing off', FIXED, { amount: eur(0) }, 'its amount is no whole number from 1'],
    ['half a cent', FIXED, { amount: eur(0.5) }, 'its amount is no whole number from 1'],
    ['one cent and a half', FIXED, { amount: eur(1.5) }, 'its amount is no whole number from 1'],
    ['no currency', FIXED, { amount: { amount: 5, currency: 'XXQ' } }, 'its amount is no whole number from 1'],
    [
      'another currency',
      FIXED,
      { amount: { amount: 5, currency: 'CHF' } },
      'its promotion gives nothing in its currency',
    ],
    ['a larger amount', FIXED, { amount: eur(501) }, 'its amount is above that of the promotion'],
    ['no product', PERCENT, { percent: '5', products: [] }, PRODUCTS],
    ['a hundred and one', PERCENT, { percent: '5', products: ids(101) }, PRODUCTS],
    ['an id that is none', PERCENT, { percent: '5', products: ['prd_1', 'prd 2'] }, PRODUCTS],
    ['an empty id', PERCENT, { percent: '5', products: [''] }, PRODUCTS],
    ['an id that is too long', PERCENT, { percent: '5', products: ['x'.repeat(65)] }, PRODUCTS],
    ['an id with more after it', PERCENT, { percent: '5', products: ['prd_1/'] }, PRODUCTS],
    ['an id with more before it', PERCENT, { percent: '5', products: ['/prd_1'] }, PRODUCTS],
    [
      'too much of a wrong product: the value comes first',
      FIXED,
      { amount: eur(501), products: [] },
      'its amount is above that of the promotion',
    ],
  ])('with %s are wrong, and it is said how', (_, benefit, terms, wrong) => {
    expect(wrongTerms(drawn(benefit), terms)).toBe(wrong)
  })
})

describe('a promotion within terms', () => {
  const conditions: PromotionCondition[] = [{ type: 'countries', countries: ['DE'] }]
  const within = (benefit: PromotionBenefit, terms: SignedTerms) =>
    withinTerms({ id: 'pro_1', benefit, conditions }, terms)

  it.each<[what: string, benefit: PromotionBenefit, terms: SignedTerms, expected: PromotionBenefit]>([
    [
      'the percent that was signed',
      { ...PERCENT, of: 'original' },
      { percent: '5' },
      { ...PERCENT, of: 'original', percent: '5' },
    ],
    ['its own percent where more was signed', PERCENT, { percent: '100' }, PERCENT],
    ['its own percent where as much was signed, as it writes it', PERCENT, { percent: '20.0' }, PERCENT],
    ['its own percent where none was signed', PERCENT, {}, PERCENT],
    [
      'the amount that was signed, in that currency alone',
      FIXED,
      { amount: eur(5) },
      { type: 'fixed', amounts: [eur(5)] },
    ],
    ['its own amount where more was signed', FIXED, { amount: eur(900) }, { type: 'fixed', amounts: [eur(500)] }],
    [
      'nothing in a currency that it has not',
      FIXED,
      { amount: { amount: 5, currency: 'CHF' } },
      { type: 'fixed', amounts: [] },
    ],
    ['nothing where no amount was signed', FIXED, {}, { type: 'fixed', amounts: [] }],
    ['what cannot be signed, as it is', GIFT, { percent: '5' }, GIFT],
  ])('gives %s', (_, benefit, terms, expected) => {
    expect(within(benefit, terms)).toStrictEqual({ id: 'pro_1', benefit: expected, conditions })
  })

  it('is for the products of both', () => {
    const products = ['prd_1', 'prd_2']
    expect(within(PERCENT, { percent: '5', products }).conditions).toStrictEqual([
      ...conditions,
      { type: 'products', products },
    ])
  })

  it('never gives more than it does, nor more than was signed', () => {
    const percent = fc.integer({ min: 1, max: 100_000_000 }).map((millionths) => String(millionths / 1_000_000))
    fc.assert(
      fc.property(percent, percent, (most, signed) => {
        const { benefit } = within({ type: 'percent', percent: most }, { percent: signed })
        const given = 'percent' in benefit ? Number(benefit.percent) : null
        expect(given).toBe(Math.min(Number(most), Number(signed)))
      }),
    )
  })
})
