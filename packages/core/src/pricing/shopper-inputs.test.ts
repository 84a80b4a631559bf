import { describe, expect, it } from 'vitest'
import { builtInRules, estimateRules, type PromotionCondition } from '../promotion/index.ts'
import type { PageInputs } from './page-inputs.ts'
import { quote } from './price-cart.ts'
import { pricePage } from './price-page.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import {
  sampleCode,
  sampleInputs,
  samplePrice,
  samplePriceList,
  samplePromotion,
  sampleVariant,
  variantsById,
} from './sample-inputs.ts'
import { shopperInputs } from './shopper-inputs.ts'

const given = (inputs: PricingInputs): PageInputs => {
  const shown = shopperInputs(inputs, quote(inputs), builtInRules)
  if (shown === null) throw new Error('The page was given nothing.')
  return shown
}

/** What a page makes of what it was given, as it comes over HTTP. */
const shownBy = (inputs: PricingInputs, lines = inputs.lines) =>
  pricePage(
    JSON.parse(JSON.stringify(given(inputs))),
    { lines, codes: new Set(inputs.codes.map(({ id }) => id)) },
    estimateRules(),
  ).price

const TWO_BOOKS = sampleInputs({
  shopper: { customerId: 'cus_1', groups: ['secret-group'], firstOrder: 'no', emailDomain: 'secret.example' },
  lines: [
    { id: 'a', variantId: 'var_a', quantity: 2 },
    { id: 'b', variantId: 'var_b', quantity: 1 },
  ],
  variants: variantsById(
    sampleVariant('var_a', 1000, { capacity: 77_031, placesLeft: 7703, collections: ['secret-collection'] }),
    sampleVariant('var_b', 500),
  ),
})

/** The cart with promotions of 10 % off under conditions, the first one behind a code. */
const withConditions = (...all: readonly PromotionCondition[][]): PricingInputs => ({
  ...TWO_BOOKS,
  promotions: all.map((conditions, place) =>
    samplePromotion({ id: `pro_${place}`, benefit: { type: 'percent', percent: '10' }, conditions }),
  ),
})

const textOf = (inputs: PricingInputs): string => JSON.stringify(given(inputs))

describe('a page is given', () => {
  it('inputs that come to the server’s total', () => {
    const inputs = withConditions(
      [{ type: 'products', products: ['prd_a'] }],
      [{ type: 'minimum_quantity', quantity: 3 }],
    )
    expect(shownBy(inputs)).toMatchObject({ total: quote(inputs).total, lines: quote(inputs).lines })
  })

  it('of conditions on the shopper, the place and the moment their answer alone', () => {
    const inputs = withConditions([
      { type: 'customers', customers: ['cus_1', 'secret-customer'] },
      { type: 'customer_groups', groups: ['secret-group'] },
      { type: 'email_domains', domains: ['secret.example', 'other-secret.example'] },
      { type: 'countries', countries: ['DE', 'FR'] },
      { type: 'weekdays', days: [1, 2] },
      { type: 'none', conditions: [{ type: 'customers', customers: ['secret-enemy'] }] },
    ])
    const shown = given(inputs)
    expect(shownBy(inputs).discount).toBe(250)
    expect(shown.promotions).toMatchObject([{ promotion: { id: 'pro_0' }, conditions: [] }])
    expect(JSON.stringify(shown)).not.toMatch(/secret/)
  })

  it('of lines their variants, and no product that is not in the cart', () => {
    const shown = given(withConditions([{ type: 'products', products: ['prd_a', 'prd_secret'] }]))
    expect(shown.promotions).toMatchObject([{ conditions: [{ type: 'variants', variants: ['var_a'] }] }])
    expect(JSON.stringify(shown)).not.toMatch(/secret/)
  })

  it('no promotion that is for others, for another time, over, used up or for other things', () => {
    const off: PromotionCondition[][] = [
      [{ type: 'customers', customers: ['secret-customer'] }],
      [{ type: 'weekdays', days: [7] }],
      [{ type: 'products', products: ['prd_secret'] }],
      [{ type: 'none', conditions: [{ type: 'countries', countries: ['DE'] }] }],
      [{ type: 'any', conditions: [{ type: 'first_order' }, { type: 'customers', customers: ['secret'] }] }],
    ]
    const inputs = withConditions(...off)
    const others = [
      samplePromotion({ id: 'over', requiresCode: false, until: '2026-01-01T00:00:00.000Z' }),
      samplePromotion({ id: 'used', requiresCode: false, usesLeft: 0, limits: { uses: 3, usesPerCustomer: null } }),
      samplePromotion({ id: 'code', requiresCode: true }),
    ]
    expect(given({ ...inputs, promotions: [...inputs.promotions, ...others] }).promotions).toEqual([])
  })

  it('a minimum that is not reached yet, so that another quantity is estimated well', () => {
    const inputs = withConditions([{ type: 'minimum_quantity', quantity: 4 }])
    expect(shownBy(inputs).discount).toBe(0)
    const more = [{ id: 'a', variantId: 'var_a', quantity: 3 }, ...inputs.lines.slice(1)]
    expect(shownBy(inputs, more)).toMatchObject({
      discount: 350,
      total: quote({ ...inputs, lines: more }).total,
    })
  })

  it('not what is left of uses and places, nor of how many', () => {
    const limited = samplePromotion({
      ...{ id: 'pro_1', requiresCode: false, usesLeft: 88_041, customerUsesLeft: 8804 },
      limits: { uses: 880_419, usesPerCustomer: 88_042 },
    })
    const text = textOf({ ...TWO_BOOKS, promotions: [limited] })
    expect(text).not.toMatch(/8804|7703/)
    expect(given({ ...TWO_BOOKS, promotions: [limited] }).promotions).toHaveLength(1)
  })

  it('the codes typed that are valid, and of those their word alone', () => {
    const promotions = [samplePromotion({ id: 'pro_1', requiresCode: true })]
    const codes = [
      sampleCode({ id: 'cod_1', code: 'SPRING', promotionId: 'pro_1', uses: 66_091, usesLeft: 66_090 }),
      sampleCode({ id: 'cod_2', code: 'SECRET', promotionId: 'pro_2' }),
    ]
    const shown = given({ ...TWO_BOOKS, promotions, codes })
    expect(shown.promotions).toMatchObject([{ codes: [{ id: 'cod_1', code: 'SPRING' }] }])
    expect(JSON.stringify(shown)).not.toMatch(/SECRET|6609/)
    expect(shownBy({ ...TWO_BOOKS, promotions, codes }).discount).toBe(500)
    expect(quote({ ...TWO_BOOKS, promotions, codes }).discount).toBe(500)
  })

  it('the prices that count for this shopper, and no others, nor the names and reach of their lists', () => {
    const shown = given({
      ...TWO_BOOKS,
      variants: variantsById(
        sampleVariant('var_a', null, {
          prices: [samplePrice(900, { priceList: 'mine' }), samplePrice(77_777, { priceList: 'theirs' })],
        }),
        sampleVariant('var_b', null, { prices: [samplePrice(500, { priceList: 'mine' })] }),
      ),
      priceLists: [
        samplePriceList({
          id: 'mine',
          name: 'secret name',
          groups: ['secret-group', 'secret-other'],
          countries: ['DE'],
        }),
        samplePriceList({ id: 'theirs', groups: ['secret-partners'], priority: 9 }),
      ],
    })
    expect(shown.lines[0]?.prices).toMatchObject([{ from: 1, unitPrice: 900 }, { from: 1001 }])
    expect(JSON.stringify(shown)).not.toMatch(/secret|77777/)
  })

  it('what is sold out as such', () => {
    const inputs = {
      ...TWO_BOOKS,
      variants: variantsById(sampleVariant('var_a', 1000, { capacity: 5, placesLeft: 1 }), sampleVariant('var_b', 500)),
    }
    expect(shownBy(inputs).lines).toEqual(quote(inputs).lines)
    expect(given(inputs).isFixed).toBe(true)
  })

  it('of two lines of one variant the one that has a place', () => {
    const inputs = sampleInputs({
      lines: [
        { id: 'a', variantId: 'var_a', quantity: 1 },
        { id: 'b', variantId: 'var_a', quantity: 1 },
      ],
      variants: variantsById(sampleVariant('var_a', 1000, { capacity: 5, placesLeft: 1 })),
    })
    expect(shownBy(inputs).lines.map(({ refusal }) => refusal)).toEqual([null, 'sold_out'])
  })
})

describe('what is frozen', () => {
  it('stays uncertain where it rests on what is not known, and names lines where it did', () => {
    const inputs = {
      ...withConditions([
        { type: 'first_order' },
        {
          type: 'any',
          conditions: [
            { type: 'products', products: ['prd_a'] },
            { type: 'countries', countries: ['DE'] },
          ],
        },
      ]),
      shopper: { customerId: null, groups: [], firstOrder: 'unknown' as const },
    }
    expect(shownBy(inputs)).toMatchObject({ provisional: true, discount: 250 })
    expect(shownBy(inputs).lines[0]?.adjustments[1]?.step).toBe('line_promotion')
  })
})
