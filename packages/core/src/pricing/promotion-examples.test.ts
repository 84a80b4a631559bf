import { describe, expect, it } from 'vitest'
import type { Money } from '../money/index.ts'
import type { PromotionBenefit, PromotionLimits } from '../promotion/index.ts'
import { quote } from './price-cart.ts'
import type { PricedPromotion, PricingInputs } from './pricing-inputs.ts'
import { sampleCode, sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

const eur = (amount: number): readonly Money[] => [{ amount, currency: 'EUR' }]
const onVariants = (...variants: string[]) => [{ type: 'variants', variants }] as const

/** Lines a, b, c … of so many units of a course at a price. */
const cart = (lines: readonly [quantity: number, price: number][], changes: Partial<PricingInputs> = {}) => {
  const names = ['a', 'b', 'c', 'd'].slice(0, lines.length)
  return sampleInputs({
    lines: names.map((id, place) => ({ id, variantId: `var_${id}`, quantity: lines[place]?.[0] ?? 0 })),
    variants: variantsById(...names.map((id, place) => sampleVariant(`var_${id}`, lines[place]?.[1] ?? 0))),
    ...changes,
  })
}
const discounts = (inputs: PricingInputs) => quote(inputs).lines.map(({ discount }) => discount)
const applied = (inputs: PricingInputs) => [
  ...new Set(
    quote(inputs).lines.flatMap(({ adjustments }) =>
      adjustments.flatMap(({ cause }) => (cause.type === 'promotion' ? [cause.promotion] : [])),
    ),
  ),
]
const site = (changes: Partial<PricingInputs['site']>) => ({ site: { ...sampleInputs().site, ...changes } })

describe('benefits', () => {
  it.each<[what: string, benefit: PromotionBenefit, lines: [number, number][], expected: number[]]>([
    [
      '5.00 off each line',
      { type: 'fixed', amounts: eur(500), per: 'line' },
      [
        [2, 900],
        [1, 300],
      ],
      [500, 300],
    ],
    [
      '5.00 off each unit',
      { type: 'fixed', amounts: eur(500), per: 'unit' },
      [
        [2, 900],
        [1, 300],
      ],
      [1000, 300],
    ],
    ['1 of every 5 seats free', { type: 'seats_free', every: 5, free: 1 }, [[11, 100]], [200]],
    [
      'the seats of each variant by themselves',
      { type: 'seats_free', every: 5, free: 1 },
      [
        [4, 100],
        [6, 50],
      ],
      [0, 50],
    ],
    [
      'a and b for 25.00',
      { type: 'bundle_price', products: ['prd_a', 'prd_b'], amounts: eur(2500) },
      [
        [1, 2000],
        [1, 1000],
        [1, 999],
      ],
      [333, 167, 0],
    ],
    [
      'as many sets as there are',
      { type: 'bundle_price', products: ['prd_a', 'prd_b'], amounts: eur(2500) },
      [
        [3, 2000],
        [2, 1000],
      ],
      [666, 334],
    ],
    [
      'no dearer set',
      { type: 'bundle_price', products: ['prd_a', 'prd_b'], amounts: eur(9900) },
      [
        [1, 2000],
        [1, 1000],
      ],
      [0, 0],
    ],
    [
      'two of b as a gift',
      { type: 'free_gift', variant: 'var_b', quantity: 2 },
      [
        [1, 900],
        [3, 300],
      ],
      [0, 600],
    ],
  ])('%s', (_, benefit, lines, expected) => {
    expect(discounts(cart(lines, { promotions: [samplePromotion({ benefit })] }))).toStrictEqual(expected)
  })

  it('percent of what is left, or of the original price', () => {
    const first = samplePromotion({ id: 'first', benefit: { type: 'fixed', amounts: eur(400) }, priority: 9 })
    const percent = (of: 'original' | 'left') => samplePromotion({ benefit: { type: 'percent', percent: '50', of } })
    expect(discounts(cart([[1, 1000]], { promotions: [first, percent('left')] }))).toStrictEqual([700])
    expect(discounts(cart([[1, 1000]], { promotions: [first, percent('original')] }))).toStrictEqual([900])
    const all = samplePromotion({ benefit: { type: 'percent', percent: '80', of: 'original' } })
    expect(discounts(cart([[1, 1000]], { promotions: [first, all] }))).toStrictEqual([1000])
  })

  it.each<[rounding: 'unit' | 'line' | 'order' | undefined, expected: number[]]>([
    // 15 % of 1.03 is 15.45 cents, of three 46.35; of 1.01 it is 15.15, of all together 61.5.
    ['unit', [45, 15]],
    ['line', [46, 15]],
    ['order', [47, 15]],
    [undefined, [46, 15]],
  ])('percent rounded by %s', (percentRounding, expected) => {
    const promotions = [samplePromotion({ benefit: { type: 'percent', percent: '15' } })]
    const inputs = cart(
      [
        [3, 103],
        [1, 101],
      ],
      { promotions, ...site({ percentRounding }) },
    )
    expect(discounts(inputs)).toStrictEqual(expected)
  })

  it('does not let a gift earn itself', () => {
    const gift = (changes: Partial<PricedPromotion>) =>
      samplePromotion({ benefit: { type: 'free_gift', variant: 'var_b', quantity: 1 }, ...changes })
    const from = (amount: number) => gift({ conditions: [{ type: 'minimum_subtotal', amounts: eur(amount) }] })
    expect(
      discounts(
        cart(
          [
            [1, 1000],
            [1, 300],
          ],
          { promotions: [from(1000)] },
        ),
      ),
    ).toStrictEqual([0, 300])
    expect(
      discounts(
        cart(
          [
            [1, 1000],
            [1, 300],
          ],
          { promotions: [from(1001)] },
        ),
      ),
    ).toStrictEqual([0, 0])
  })
})

describe('which apply', () => {
  const off = (id: string, percent: string, changes: Partial<PricedPromotion> = {}) =>
    samplePromotion({ id, benefit: { type: 'percent', percent }, ...changes })

  it('takes one of a group, and others with it', () => {
    const promotions = [
      off('spring', '10', { group: 'season', priority: 9 }),
      off('easter', '30', { group: 'season' }),
      off('member', '10'),
    ]
    expect(applied(cart([[1, 1000]], { promotions }))).toStrictEqual(['easter', 'member'])
    expect(discounts(cart([[1, 1000]], { promotions }))).toStrictEqual([370])
    const byPriority = cart([[1, 1000]], { promotions, ...site({ promotionChoice: 'priority' }) })
    expect(applied(byPriority)).toStrictEqual(['spring', 'member'])
    expect(discounts(byPriority)).toStrictEqual([190])
  })

  it('lets an exclusive one win by priority alone, where the site says so', () => {
    const promotions = [off('alone', '5', { stacking: 'exclusive', priority: 9 }), off('other', '50')]
    expect(applied(cart([[1, 1000]], { promotions }))).toStrictEqual(['other'])
    expect(applied(cart([[1, 1000]], { promotions, ...site({ promotionChoice: 'priority' }) }))).toStrictEqual([
      'alone',
    ])
  })

  it('leaves a combinable one out where that gives more', () => {
    const course = [{ type: 'product_types', productTypes: ['course'] }] as const
    const promotions = [
      off('a little', '30', { conditions: onVariants('var_a'), priority: 3 }),
      samplePromotion({
        ...{ id: 'cheapest', priority: 2, conditions: course },
        benefit: { type: 'buy_x_get_y', buy: 2, get: 1, percent: '100' },
      }),
      off('a free', '100', { conditions: onVariants('var_a'), priority: 1 }),
    ]
    const inputs = cart(
      [
        [1, 100],
        [1, 90],
        [1, 80],
      ],
      { promotions },
    )
    // With 30 off a, it is the cheapest and free twice: 100 in all. Without, c is free, and a.
    expect(discounts(inputs)).toStrictEqual([100, 0, 80])
    expect(discounts({ ...inputs, ...site({ promotionChoice: undefined }) })).toStrictEqual([100, 0, 0])
  })

  it('decides ties of sets by priority, then by id', () => {
    const ties = (changes: Partial<PricedPromotion>) => [
      off('b', '10', { group: 'season', ...changes }),
      off('a', '10', { group: 'season' }),
    ]
    expect(applied(cart([[1, 1000]], { promotions: ties({}) }))).toStrictEqual(['a'])
    expect(applied(cart([[1, 1000]], { promotions: ties({ priority: 1 }) }))).toStrictEqual(['b'])
  })
})

describe('limits of money', () => {
  const limited = (limits: Partial<PromotionLimits>, moneyLeft?: number) =>
    samplePromotion({
      limits: { uses: null, usesPerCustomer: null, ...limits },
      ...(moneyLeft === undefined ? {} : { moneyLeft }),
    })
  const answer = (promotion: PricedPromotion) =>
    quote(
      cart(
        [
          [1, 1000],
          [1, 500],
        ],
        { promotions: [promotion] },
      ),
    )
  const uses = (n: number) => [{ counter: 'budget:pro_1:EUR', n, limit: 90_000 }]

  it.each<[what: string, limits: Partial<PromotionLimits>, left: number | undefined, off: number[], used: number]>([
    ['enough', { money: eur(90_000) }, 300, [200, 100], 300],
    ['a cent short: nothing', { money: eur(90_000) }, 299, [0, 0], 0],
    ['a cent short: the rest', { money: eur(90_000), whenShort: 'rest' }, 299, [199, 100], 299],
    ['used up', { money: eur(90_000), whenShort: 'rest' }, 0, [0, 0], 0],
    ['at most so much to one order', { moneyPerOrder: eur(30) }, undefined, [20, 10], 0],
    ['the order first, then the budget', { money: eur(90_000), moneyPerOrder: eur(30) }, 30, [20, 10], 30],
    ['no amount in this currency', { money: [{ amount: 1, currency: 'USD' }] }, undefined, [0, 0], 0],
    [
      'no amount for an order in this currency',
      { moneyPerOrder: [{ amount: 1, currency: 'USD' }] },
      undefined,
      [0, 0],
      0,
    ],
  ])('%s', (_, limits, left, off, used) => {
    const { lines, uses: used_ } = answer(limited(limits, left))
    expect(lines.map(({ discount }) => discount)).toStrictEqual(off)
    expect(used_).toStrictEqual(used === 0 ? [] : uses(used))
  })

  it('say so to a code', () => {
    const promotion = { ...limited({ money: eur(90_000) }, 0), requiresCode: true }
    const { codes } = quote(cart([[1, 1000]], { promotions: [promotion], codes: [sampleCode()] }))
    expect(codes).toStrictEqual([{ id: 'cod_1', code: 'SPRING', applied: false, refusal: 'used_up' }])
  })

  it('let a budget that is too short alone suffice beside others', () => {
    const first = samplePromotion({ id: 'first', benefit: { type: 'fixed', amounts: eur(500) }, priority: 9 })
    const inputs = cart([[1, 1000]], { promotions: [first, limited({ money: eur(90_000) }, 100)] })
    expect(discounts(inputs)).toStrictEqual([600])
  })
})

describe('hints', () => {
  const hints = (
    promotions: PricedPromotion[],
    lines: [number, number][] = [[3, 1000]],
    changes: Partial<PricingInputs> = {},
  ) => quote(cart(lines, { promotions, ...changes })).hints

  it.each<[what: string, promotion: Partial<PricedPromotion>, hint: object]>([
    [
      'units',
      { conditions: [{ type: 'minimum_quantity', quantity: 5 }] },
      { refusal: 'below_minimum', missing: { quantity: 2 } },
    ],
    [
      'an amount',
      { conditions: [{ type: 'minimum_subtotal', amounts: eur(3001) }] },
      { refusal: 'below_minimum', missing: { amount: 1 } },
    ],
    [
      'seats',
      { benefit: { type: 'seats_free', every: 5, free: 1 } },
      { refusal: 'not_for_these_items', missing: { quantity: 2 } },
    ],
    [
      'units of a group',
      { benefit: { type: 'buy_x_get_y', buy: 3, get: 1, percent: '100' } },
      { refusal: 'not_for_these_items', missing: { quantity: 1 } },
    ],
    [
      'units of the first tier',
      {
        benefit: {
          type: 'quantity_tiers',
          tiers: [
            { minimum: 20, percent: '9' },
            { minimum: 10, percent: '5' },
          ],
        },
      },
      { refusal: 'not_for_these_items', missing: { quantity: 7 } },
    ],
    [
      'the subtotal of the first tier',
      { benefit: { type: 'subtotal_tiers', tiers: [{ minimum: eur(3300), percent: '9' }] } },
      { refusal: 'not_for_these_items', missing: { amount: 300 } },
    ],
    [
      'a gift',
      { benefit: { type: 'free_gift', variant: 'var_z', quantity: 1 } },
      { refusal: 'not_for_these_items', missing: { variants: ['var_z'] } },
    ],
    [
      'a product',
      { benefit: { type: 'bundle_price', products: ['prd_a', 'prd_z'], amounts: eur(1) } },
      { refusal: 'not_for_these_items', missing: { products: ['prd_z'] } },
    ],
    ['another day', { conditions: [{ type: 'weekdays', days: [7] }] }, { refusal: 'not_now' }],
  ])('say that %s would help', (_, promotion, hint) => {
    expect(hints([samplePromotion(promotion)])).toStrictEqual([{ promotion: 'pro_1', name: 'Spring sale', ...hint }])
  })

  it('name what applies instead, for promotions and for codes', () => {
    const promotions = [
      samplePromotion({
        id: 'alone',
        name: 'Half price',
        benefit: { type: 'percent', percent: '50' },
        stacking: 'exclusive',
      }),
      samplePromotion({ id: 'other', name: 'A tenth' }),
      samplePromotion({ requiresCode: true }),
    ]
    const answer = quote(cart([[3, 1000]], { promotions, codes: [sampleCode()] }))
    const others = ['Half price']
    expect(answer.hints).toStrictEqual([{ promotion: 'other', name: 'A tenth', refusal: 'not_with_others', others }])
    expect(answer.codes).toStrictEqual([
      { id: 'cod_1', code: 'SPRING', applied: false, refusal: 'not_with_others', others },
    ])
  })

  it('tell a code what is missing', () => {
    const behind = samplePromotion({ requiresCode: true, conditions: [{ type: 'minimum_quantity', quantity: 5 }] })
    expect(quote(cart([[3, 1000]], { promotions: [behind], codes: [sampleCode()] })).codes).toStrictEqual([
      { id: 'cod_1', code: 'SPRING', applied: false, refusal: 'below_minimum', missing: { quantity: 2 } },
    ])
  })

  it.each<[what: string, promotion: Partial<PricedPromotion>]>([
    ['that applies', {}],
    ['behind a code', { requiresCode: true, conditions: [{ type: 'minimum_quantity', quantity: 5 }] }],
    ['that staff keep to themselves', { hinted: false, conditions: [{ type: 'minimum_quantity', quantity: 5 }] }],
    ['that has not begun', { from: '2027-01-01T00:00:00.000Z' }],
    ['that is used up', { usesLeft: 0 }],
    ['for other products', { conditions: onVariants('var_z') }],
    [
      'for a group, even where something else is missing first',
      {
        conditions: [
          { type: 'minimum_quantity', quantity: 5 },
          { type: 'customer_groups', groups: ['staff'] },
        ],
      },
    ],
    [
      'for a group within any',
      {
        conditions: [
          { type: 'minimum_quantity', quantity: 5 },
          { type: 'any', conditions: [{ type: 'customers', customers: ['cus_1'] }] },
        ],
      },
    ],
  ])('are not given for a promotion %s', (_, promotion) => {
    expect(hints([samplePromotion(promotion)])).toBeUndefined()
  })

  it('come by precedence, at most twenty', () => {
    const promotions = Array.from({ length: 30 }, (_, place) =>
      samplePromotion({ id: `pro_${place}`, priority: place, conditions: [{ type: 'minimum_quantity', quantity: 5 }] }),
    )
    const told = hints(promotions)?.map(({ promotion }) => promotion)
    expect(told).toStrictEqual(Array.from({ length: 20 }, (_, place) => `pro_${29 - place}`))
  })
})
