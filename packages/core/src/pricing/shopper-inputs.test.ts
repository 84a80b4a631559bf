import { describe, expect, it } from 'vitest'
import { builtInRules, estimateRules, type PromotionBenefit, type PromotionCondition } from '../promotion/index.ts'
import { contextOf } from './apply-promotions.ts'
import { PAGE_VERSION, type PageInputs } from './page-inputs.ts'
import { quote } from './price-cart.ts'
import { pricePage } from './price-page.ts'
import type { PricingInputs, TestPrice } from './pricing-inputs.ts'
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

  it('of collections the variants in the cart that they hold, and a promotion of them in another quantity', () => {
    const three: PromotionCondition = { type: 'minimum_quantity', quantity: 4 }
    const inCollection: PromotionCondition = { type: 'collections', collections: ['secret-collection', 'secret-other'] }
    const more = [{ id: 'a', variantId: 'var_a', quantity: 4 }, ...TWO_BOOKS.lines.slice(1)]
    for (const condition of [inCollection, { type: 'none' as const, conditions: [inCollection] }]) {
      const inputs = withConditions([condition, three])
      expect(shownBy(inputs, more).total).toBe(quote({ ...inputs, lines: more }).total)
      expect(textOf(inputs)).not.toMatch(/secret/)
    }
    expect(given(withConditions([inCollection, three])).promotions).toMatchObject([
      { conditions: [{ type: 'variants', variants: ['var_a'] }, three] },
    ])
  })

  it('a promotion for less than there is, so that a cart without some lines is estimated well', () => {
    const notOf: PromotionCondition[] = [
      { type: 'none', conditions: [{ type: 'minimum_quantity', quantity: 2 }] },
      { type: 'none', conditions: [{ type: 'collections', collections: ['secret-collection'] }] },
    ]
    for (const condition of notOf) {
      const inputs = withConditions([condition])
      const less = inputs.lines.slice(1)
      expect(quote({ ...inputs, lines: less }).discount).toBe(50)
      expect(shownBy(inputs, less).discount).toBe(50)
    }
  })

  it('a promotion that gives nothing in quantities that are cheaper without it', () => {
    const benefit: PromotionBenefit = { type: 'fixed_price', amounts: [{ amount: 600, currency: 'EUR' }] }
    const tiers = [samplePrice(1000), samplePrice(500, { minimumQuantity: 2 })]
    const inputs = {
      ...TWO_BOOKS,
      variants: variantsById(sampleVariant('var_a', null, { prices: tiers }), sampleVariant('var_b', 500)),
      promotions: [samplePromotion({ requiresCode: false, benefit })],
    }
    expect(shownBy(inputs).discount).toBe(0)
    const less = [{ id: 'a', variantId: 'var_a', quantity: 1 }, ...inputs.lines.slice(1)]
    expect(quote({ ...inputs, lines: less }).discount).toBe(400)
    expect(shownBy(inputs, less).discount).toBe(400)
  })

  it('a promotion that gives something only between two prices of quantities, or with the most units of one', () => {
    const fixed: PromotionBenefit = { type: 'fixed_price', amounts: [{ amount: 600, currency: 'EUR' }] }
    const half: PromotionBenefit = { type: 'percent', percent: '50' }
    const least: PromotionCondition = { type: 'minimum_subtotal', amounts: [{ amount: 4000, currency: 'EUR' }] }
    const between = [samplePrice(0), samplePrice(1000, { minimumQuantity: 2 }), samplePrice(0, { minimumQuantity: 10 })]
    const dearer = [samplePrice(1000), samplePrice(0, { minimumQuantity: 10 })]
    for (const [prices, promotion, quantity, discount] of [
      [between, samplePromotion({ requiresCode: false, benefit: fixed }), 2, 800],
      [dearer, samplePromotion({ requiresCode: false, benefit: half, conditions: [least] }), 5, 2500],
    ] as const) {
      const variants = variantsById(sampleVariant('var_a', null, { prices }))
      const lines = [{ id: 'a', variantId: 'var_a', quantity: 1 }]
      const inputs = { ...TWO_BOOKS, lines, variants, promotions: [promotion] }
      const more = [{ id: 'a', variantId: 'var_a', quantity }]
      expect(quote({ ...inputs, lines: more }).discount).toBe(discount)
      expect(shownBy(inputs, more).discount).toBe(discount)
    }
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

describe('a page is given nothing', () => {
  const none = (inputs: PricingInputs) => shopperInputs(inputs, quote(inputs), builtInRules)
  const test = (variantId: string, promotions: TestPrice['promotions']): readonly TestPrice[] => [
    { variantId, experiment: 'summer', promotions, price: { amount: 900, currency: 'EUR' } },
  ]

  it('where a calculator was asked, whether it answered or not', () => {
    expect(none({ ...TWO_BOOKS, taxes: { type: 'unknown', calculator: 'counter' } })).toBeNull()
    const items = [
      { line: 'a', part: 'all', amount: 2000, taxes: [] },
      { line: 'b', part: 'all', amount: 500, taxes: [] },
    ]
    expect(
      none({ ...TWO_BOOKS, taxes: { type: 'calculated', calculator: 'counter', reference: null, items } }),
    ).toBeNull()
  })

  it.each<[variantId: string, promotions: TestPrice['promotions'], isGiven: boolean]>([
    ['var_a', 'better_of', false],
    ['var_b', 'promotion_wins', false],
    ['var_b', 'stack', true],
    ['var_z', 'better_of', true],
  ])('where promotions decide which price of a line counts: of %s %s', (variantId, promotions, isGiven) => {
    expect(none({ ...TWO_BOOKS, assignments: test(variantId, promotions) }) !== null).toBe(isGiven)
  })

  it('where it would come to another total, or to other lines of the same total', () => {
    const priced = quote(TWO_BOOKS)
    expect(shopperInputs(TWO_BOOKS, priced, builtInRules)).not.toBeNull()
    expect(shopperInputs(TWO_BOOKS, { ...priced, total: priced.total + 1 }, builtInRules)).toBeNull()
    const lines = priced.lines.map((line) => ({ ...line, title: 'Another title' }))
    expect(shopperInputs(TWO_BOOKS, { ...priced, lines }, builtInRules)).toBeNull()
  })
})

describe('beside lines and promotions a page is given', () => {
  it('the cart’s head, what is not the shopper’s of its context, and the taxes that are due, each once', () => {
    const rate = (country: string, category: string, percent: string) => ({
      ...{ id: `${country}-${category}`, country, category, name: `VAT on ${category}`, rate: percent },
    })
    const inputs = {
      ...TWO_BOOKS,
      variants: variantsById(sampleVariant('var_a', 1000), sampleVariant('var_b', 500, { taxCategory: 'printed' })),
      taxRates: [rate('DE', 'recorded', '19'), rate('DE', 'printed', '7'), rate('FR', '*', '20')],
    }
    const { lines, ...shown } = given(inputs)
    expect(lines).toHaveLength(2)
    const due = (category: string, percent: string, numerator: string) => ({
      ...{ categories: [category], isOfSeveral: false, denominator: '100000000' },
      taxes: [
        {
          ...{ taxRate: `DE-${category}`, name: `VAT on ${category}`, rate: percent },
          ...{ jurisdiction: 'DE', numerator },
        },
      ],
    })
    expect(shown).toStrictEqual({
      version: PAGE_VERSION,
      head: {
        ...{ currency: 'EUR', place: { country: 'DE', basis: 'assumed' } },
        ...{ priceBasis: 'inclusive', isKnown: true },
      },
      context: { ...contextOf(inputs), shopper: { customerId: null, groups: [], firstOrder: 'unknown' } },
      choice: 'best',
      promotions: [],
      taxes: [due('recorded', '19', '19000000'), due('printed', '7', '7000000')],
      taxRounding: 'line',
    })
    expect(PAGE_VERSION).toBe('3.1')
  })

  it('taxes that several categories share, and none that nothing in the cart has', () => {
    const variants = variantsById(sampleVariant('var_a', 1000), sampleVariant('var_b', 500, { taxCategory: 'printed' }))
    const vat = { id: 'vat', country: 'DE', category: '*', name: 'VAT', rate: '19' }
    const other = { ...vat, id: 'other', category: 'other' }
    const { taxes } = given({ ...TWO_BOOKS, variants, taxRates: [vat, other] })
    expect(taxes.map(({ categories }) => categories)).toEqual([['recorded', 'printed']])
    const onlyOther = given({ ...TWO_BOOKS, variants, taxRates: [other] })
    expect(onlyOther.taxes).toEqual([])
  })

  it('what the site chose, where it did', () => {
    const site = { ...TWO_BOOKS.site, promotionChoice: 'priority', taxRounding: 'order' } as const
    expect(given({ ...TWO_BOOKS, site })).toMatchObject({ choice: 'priority', taxRounding: 'order' })
    expect(given({ ...TWO_BOOKS, site: { ...site, promotionChoice: undefined } })).not.toHaveProperty('choice')
  })
})

describe('a promotion is told', () => {
  const FIVE = { type: 'minimum_quantity', quantity: 5 } as const
  const cart = (
    variant: Parameters<typeof sampleVariant>,
    condition: PromotionCondition,
    { quantity = 1, benefit = { type: 'percent', percent: '10' } as PromotionBenefit } = {},
  ): PricingInputs =>
    sampleInputs({
      lines: [{ id: 'a', variantId: variant[0], quantity }],
      variants: variantsById(sampleVariant(...variant)),
      promotions: [samplePromotion({ benefit, conditions: [condition] })],
    })
  const isTold = (inputs: PricingInputs) => given(inputs).promotions.length === 1

  it.each([
    [4, false],
    [5, true],
    [6, true],
  ])('only where as much can be bought as it asks for: of at most %i: %s', (maximumQuantity, expected) => {
    expect(isTold(cart(['var_a', 1000, { maximumQuantity }], FIVE))).toBe(expected)
  })

  it('not where it takes nothing off', () => {
    const nothing = { benefit: { type: 'fixed_price', amounts: [{ amount: 1000, currency: 'EUR' }] } as const }
    expect(isTold(cart(['var_a', 1000], FIVE, nothing))).toBe(false)
    expect(isTold(cart(['var_a', 1001], FIVE, nothing))).toBe(true)
  })

  it('not where what it asks for is more than can be reckoned', () => {
    const most = Math.floor(Number.MAX_SAFE_INTEGER / 2)
    expect(isTold(cart(['var_a', most, { maximumQuantity: 5 }], FIVE))).toBe(false)
    expect(isTold(cart(['var_a', most, { maximumQuantity: 5 }], { ...FIVE, quantity: 1 }))).toBe(true)
  })

  it('of what is sold in packs alone', () => {
    const packs = { prices: [samplePrice(900, { minimumQuantity: 2 })] }
    const ofIt = { type: 'variants', variants: ['var_a'] } as const
    expect(isTold(cart(['var_a', null, packs], ofIt, { quantity: 2 }))).toBe(true)
    expect(isTold(cart(['var_a', null, packs], ofIt))).toBe(true)
    expect(isTold(cart(['var_a', null], ofIt))).toBe(false)
  })

  it('beside a line that is not known', () => {
    const inputs = cart(['var_a', 1000], FIVE)
    const lines = [...inputs.lines, { id: 'z', variantId: 'var_z', quantity: 2 }]
    expect(isTold({ ...inputs, lines })).toBe(true)
  })

  it('by a host’s own rule, and what breaks in it is not hidden', () => {
    const rules = (give: () => number) => ({
      ...builtInRules,
      benefits: new Map([
        ...builtInRules.benefits,
        [
          'acme:sun',
          {
            type: 'acme:sun',
            discounts: (_: unknown, lines: readonly unknown[]) => lines.map(give),
            describe: () => '',
          },
        ],
      ]),
    })
    const inputs = cart(['var_a', 1000], { ...FIVE, quantity: 1 }, { benefit: { type: 'acme:sun' } })
    const priced = quote(
      inputs,
      rules(() => 100),
    )
    expect(
      shopperInputs(
        inputs,
        priced,
        rules(() => 100),
      )?.promotions,
    ).toHaveLength(1)
    const broken = rules(() => {
      throw new TypeError('No sun today.')
    })
    expect(() => shopperInputs(inputs, priced, broken)).toThrow(new TypeError('No sun today.'))
  })
})
