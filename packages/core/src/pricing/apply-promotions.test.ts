import { describe, expect, it } from 'vitest'
import type { Money } from '../money/index.ts'
import {
  type BenefitRule,
  builtInBenefits,
  builtInConditions,
  builtInRules,
  promotionRules,
} from '../promotion/index.ts'
import { MAXIMUM_EXCLUSIVES } from './choose-promotions.ts'
import { quote } from './price-cart.ts'
import type { PricedCode, PricedPromotion, PricingInputs } from './pricing-inputs.ts'
import type { CodeRefusal } from './quote.ts'
import { sampleCode, sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

/** A cart of courses a, b, c at 100, 200 and 300. */
const threeLines = (changes: Partial<PricingInputs> = {}): PricingInputs =>
  sampleInputs({
    lines: ['a', 'b', 'c'].map((id) => ({ id, variantId: `var_${id}`, quantity: 1 })),
    variants: variantsById(
      sampleVariant('var_a', 100),
      sampleVariant('var_b', 200),
      sampleVariant('var_c', 300, { productType: 'book' }),
    ),
    ...changes,
  })

const eur = (amount: number): readonly Money[] => [{ amount, currency: 'EUR' }]
const percent = (text: string) => ({ type: 'percent', percent: text }) as const
const fixed = (amount: number) => ({ type: 'fixed', amounts: eur(amount) }) as const
const onVariants = (...variants: string[]) => [{ type: 'variants', variants }] as const

const discounts = (inputs: PricingInputs) => quote(inputs).lines.map(({ discount }) => discount)
const appliedOf = (inputs: PricingInputs) => [
  ...new Set(
    quote(inputs).lines.flatMap(({ adjustments }) =>
      adjustments.flatMap(({ cause }) => (cause.type === 'promotion' ? [cause.promotion] : [])),
    ),
  ),
]

describe('benefits', () => {
  it.each<[what: string, promotion: Partial<PricedPromotion>, expected: number[]]>([
    ['percent off everything', { benefit: percent('10') }, [10, 20, 30]],
    ['percent off one variant', { benefit: percent('10'), conditions: onVariants('var_b') }, [0, 20, 0]],
    ['percent off a product', { conditions: [{ type: 'products', products: ['prd_c'] }] }, [0, 0, 60]],
    ['percent off a type', { conditions: [{ type: 'product_types', productTypes: ['course'] }] }, [20, 40, 0]],
    [
      'percent off what all conditions select',
      { conditions: [...onVariants('var_a', 'var_c'), { type: 'product_types', productTypes: ['course'] }] },
      [20, 0, 0],
    ],
    ['all of it', { benefit: percent('100') }, [100, 200, 300]],
    ['a hundred off in all', { benefit: fixed(100) }, [17, 33, 50]],
    ['one cent off in all goes to the largest', { benefit: fixed(1) }, [0, 0, 1]],
    ['a hundred off two lines', { benefit: fixed(100), conditions: onVariants('var_a', 'var_b') }, [33, 67, 0]],
    ['more than there is lapses', { benefit: fixed(1000), conditions: onVariants('var_a') }, [100, 0, 0]],
    [
      'nothing in another currency',
      { benefit: { type: 'fixed', amounts: [{ amount: 9, currency: 'USD' }] } },
      [0, 0, 0],
    ],
  ])('%s', (_, promotion, expected) => {
    expect(discounts(threeLines({ promotions: [samplePromotion(promotion)] }))).toStrictEqual(expected)
  })

  it('name lines or the cart as the step', () => {
    const stepOf = (conditions: PricedPromotion['conditions']) =>
      quote(threeLines({ promotions: [samplePromotion({ conditions })] })).lines[0]?.adjustments[1]?.step
    expect(stepOf(onVariants('var_a'))).toBe('line_promotion')
    expect(stepOf([])).toBe('cart_promotion')
    expect(stepOf([{ type: 'minimum_subtotal', amounts: eur(1) }])).toBe('cart_promotion')
  })
})

describe('a minimum subtotal', () => {
  const withMinimum = (amount: number, changes: Partial<PricedPromotion> = {}) =>
    discounts(
      threeLines({
        promotions: [
          samplePromotion({ benefit: fixed(6), conditions: [{ type: 'minimum_subtotal', amounts: eur(amount) }] }),
          samplePromotion({
            id: 'pro_0',
            benefit: percent('50'),
            priority: 9,
            conditions: onVariants('var_c'),
            ...changes,
          }),
        ],
      }),
    )

  it('is reached at list prices, whatever was taken off before', () => {
    expect(withMinimum(600)).toStrictEqual([1, 3, 152])
    expect(withMinimum(601)).toStrictEqual([0, 0, 150])
  })

  it('looks at the selected lines alone', () => {
    const conditions = (amount: number) => [
      ...onVariants('var_a', 'var_b'),
      { type: 'minimum_subtotal', amounts: eur(amount) },
    ]
    const at = (amount: number) =>
      // A minimum stands in the type as written; the list joins two kinds.
      threeLines({ promotions: [samplePromotion({ conditions: conditions(amount) as PricedPromotion['conditions'] })] })
    expect(discounts(at(300))).toStrictEqual([20, 40, 0])
    expect(discounts(at(301))).toStrictEqual([0, 0, 0])
  })
})

describe('stacking', () => {
  it('takes percent of what is left, by priority, then by id', () => {
    const promotions = [
      samplePromotion({ id: 'late', benefit: percent('50'), priority: 1 }),
      samplePromotion({ id: 'early', benefit: fixed(60), priority: 2 }),
    ]
    // 60 off is 10, 20, 30; then half of 90, 180, 270.
    expect(discounts(threeLines({ promotions }))).toStrictEqual([55, 110, 165])
    expect(quote(threeLines({ promotions })).lines[0]?.adjustments.map(({ amount }) => amount)).toStrictEqual([
      100, -10, -45,
    ])
    const equal = promotions.map((promotion) => ({ ...promotion, priority: 1 }))
    expect(discounts(threeLines({ promotions: equal }))).toStrictEqual([55, 110, 165])
    const swapped = equal.map((promotion) => ({ ...promotion, id: promotion.id === 'late' ? 'a' : 'b' }))
    expect(discounts(threeLines({ promotions: swapped }))).toStrictEqual([60, 120, 180])
  })

  it('applies line promotions before those of the cart, whatever their priority', () => {
    const promotions = [
      samplePromotion({ id: 'cart', benefit: fixed(100), priority: 1000 }),
      samplePromotion({ id: 'line', benefit: percent('50'), conditions: onVariants('var_c'), priority: 0 }),
    ]
    // Half of 300 first; then 100 over 100, 200, 150.
    expect(discounts(threeLines({ promotions }))).toStrictEqual([22, 45, 183])
    expect(appliedOf(threeLines({ promotions })).sort()).toStrictEqual(['cart', 'line'])
  })

  it.each<[what: string, exclusive: PricedPromotion['benefit'], applied: string[], total: number]>([
    ['more than all others together', percent('50'), ['alone'], 300],
    ['less', percent('27'), ['first', 'second'], 432],
    ['one cent less', fixed(167), ['first', 'second'], 432],
    ['as much, with the larger priority', fixed(168), ['alone'], 432],
  ])('lets an exclusive one stand alone where it gives %s', (_, benefit, applied, total) => {
    const promotions = [
      samplePromotion({ id: 'first', benefit: percent('10'), priority: 2 }),
      samplePromotion({ id: 'second', benefit: percent('20'), priority: 1 }),
      samplePromotion({ id: 'alone', benefit, stacking: 'exclusive', priority: 3 }),
    ]
    expect(appliedOf(threeLines({ promotions }))).toStrictEqual(applied)
    expect(quote(threeLines({ promotions })).total).toBe(total)
  })

  it.each<[what: string, group: Partial<PricedPromotion>, alone: Partial<PricedPromotion>, applied: string]>([
    ['the larger priority', { id: 'a', priority: 1 }, { id: 'b', priority: 2 }, 'b'],
    ['the larger priority of the others', { id: 'b', priority: 2 }, { id: 'a', priority: 1 }, 'b'],
    ['the smaller id', { id: 'b' }, { id: 'a' }, 'a'],
    ['the smaller id of the others', { id: 'a' }, { id: 'b' }, 'a'],
  ])('decides between equals by %s', (_, group, alone, applied) => {
    const promotions = [samplePromotion(group), samplePromotion({ ...alone, stacking: 'exclusive' })]
    expect(appliedOf(threeLines({ promotions }))).toStrictEqual([applied])
  })

  it('does not let a promotion that takes nothing decide between equals', () => {
    const nothing = samplePromotion({
      id: 'nothing',
      benefit: percent('0.01'),
      priority: 1000,
      conditions: onVariants('var_a'),
    })
    const promotions = [
      nothing,
      samplePromotion({ id: 'b', priority: 1 }),
      samplePromotion({ id: 'alone', stacking: 'exclusive', priority: 2 }),
    ]
    expect(appliedOf(threeLines({ promotions }))).toStrictEqual(['alone'])
  })

  it('compares the largest priority of those that stand together, not that of the first to apply', () => {
    const promotions = [
      samplePromotion({ id: 'line', benefit: fixed(10), conditions: onVariants('var_a'), priority: 1 }),
      samplePromotion({ id: 'cart', benefit: fixed(10), priority: 9 }),
      samplePromotion({ id: 'alone', benefit: fixed(20), stacking: 'exclusive', priority: 5 }),
    ]
    expect(appliedOf(threeLines({ promotions }))).toStrictEqual(['line', 'cart'])
  })

  it('takes the best of several exclusive ones, never two', () => {
    const promotions = ['10', '30', '20'].map((text, place) =>
      samplePromotion({ id: `pro_${place}`, benefit: percent(text), stacking: 'exclusive' }),
    )
    expect(appliedOf(threeLines({ promotions }))).toStrictEqual(['pro_1'])
    expect(discounts(threeLines({ promotions }))).toStrictEqual([30, 60, 90])
  })

  it('tries as many exclusive ones as its bound says, by priority', () => {
    const promotions = Array.from({ length: MAXIMUM_EXCLUSIVES + 1 }, (_, place) =>
      samplePromotion({ id: `pro_${place}`, benefit: percent('1'), stacking: 'exclusive', priority: 1000 - place }),
    )
    const withBestAt = (best: number) =>
      promotions.map((promotion, place) => (place === best ? { ...promotion, benefit: percent('99') } : promotion))
    expect(appliedOf(threeLines({ promotions: withBestAt(MAXIMUM_EXCLUSIVES - 1) }))).toStrictEqual(['pro_99'])
    expect(appliedOf(threeLines({ promotions: withBestAt(MAXIMUM_EXCLUSIVES) }))).toStrictEqual(['pro_0'])
  })
})

describe('codes', () => {
  const now = '2026-06-15T12:00:00.000Z'
  const later = '2026-06-15T12:00:00.001Z'
  const behindCode = (changes: Partial<PricedPromotion> = {}) => samplePromotion({ requiresCode: true, ...changes })
  const answer = (promotion: Partial<PricedPromotion>, code: Partial<PricedCode>, others: PricedPromotion[] = []) => {
    const inputs = threeLines({ promotions: [behindCode(promotion), ...others], codes: [sampleCode(code)] })
    return quote(inputs)
  }

  it.each<[what: string, promotion: Partial<PricedPromotion>, code: Partial<PricedCode>, refusal: CodeRefusal]>([
    ['revoked', {}, { status: 'revoked' }, 'not_valid'],
    ['of another site', {}, { site: 'other' }, 'not_valid'],
    ['of a promotion that is not there', {}, { promotionId: 'pro_2' }, 'not_valid'],
    ['of an archived promotion', { status: 'archived' }, {}, 'not_valid'],
    ['of a promotion of other sites', { sites: ['other'] }, {}, 'not_valid'],
    ['not valid yet', {}, { from: later }, 'not_yet_valid'],
    ['of a promotion that has not begun', { from: later }, {}, 'not_yet_valid'],
    ['expired this millisecond', {}, { until: now }, 'expired'],
    ['of a promotion that ended', { until: now }, {}, 'expired'],
    ['used up', {}, { uses: 5, usesLeft: 0 }, 'used_up'],
    ['of a promotion that is used up', { usesLeft: 0 }, {}, 'used_up'],
    ['used by the shopper', { customerUsesLeft: 0 }, {}, 'used_by_you'],
    ['for other items', { conditions: onVariants('var_x') }, {}, 'not_for_these_items'],
    ['without an amount in the currency', { benefit: { type: 'fixed', amounts: [] } }, {}, 'not_for_these_items'],
    ['too small to take a cent', { benefit: percent('0.01') }, {}, 'not_for_these_items'],
    ['below its minimum', { conditions: [{ type: 'minimum_subtotal', amounts: eur(601) }] }, {}, 'below_minimum'],
    [
      'with a minimum in another currency only',
      { conditions: [{ type: 'minimum_subtotal', amounts: [{ amount: 1, currency: 'USD' }] }] },
      {},
      'not_for_these_items',
    ],
    ['revoked and expired: the first reason', {}, { status: 'revoked', until: now }, 'not_valid'],
    ['expired and used up: the first reason', { usesLeft: 0 }, { until: now }, 'expired'],
    ['used up and used by the shopper: the first reason', { customerUsesLeft: 0 }, { usesLeft: 0 }, 'used_up'],
    [
      'used by the shopper, for others: the first reason',
      { customerUsesLeft: 0, conditions: onVariants('x') },
      {},
      'used_by_you',
    ],
  ])('%s gives nothing', (_, promotion, code, refusal) => {
    const { codes, discount, uses } = answer(promotion, code)
    expect(codes).toMatchObject([{ id: 'cod_1', code: 'SPRING', applied: false, refusal }])
    expect(discount).toBe(0)
    expect(uses).toStrictEqual([])
  })

  it.each<[what: string, promotion: Partial<PricedPromotion>, code: Partial<PricedCode>]>([
    ['from this millisecond', { from: now }, { from: now }],
    ['until the next millisecond', { until: later }, { until: later }],
    ['on this site', { sites: ['other', 'main'] }, { site: 'main' }],
    ['with one use left', { usesLeft: 1, customerUsesLeft: 1 }, { usesLeft: 1 }],
    ['that just reaches its minimum', { conditions: [{ type: 'minimum_subtotal', amounts: eur(600) }] }, {}],
  ])('%s gives its discount', (_, promotion, code) => {
    const { codes, discount } = answer(promotion, code)
    expect(codes).toStrictEqual([{ id: 'cod_1', code: 'SPRING', applied: true, refusal: null }])
    expect(discount).toBe(120)
  })

  it('give way to what gives more, or win', () => {
    const others = [samplePromotion({ id: 'alone', benefit: percent('30'), stacking: 'exclusive' })]
    expect(answer({}, {}, others).codes[0]).toMatchObject({ applied: false, refusal: 'not_with_others' })
    expect(answer({ benefit: percent('31') }, {}, others).codes[0]).toMatchObject({ applied: true })
    expect(
      answer({ stacking: 'exclusive' }, {}, [samplePromotion({ id: 'all', benefit: percent('21') })]).codes[0],
    ).toMatchObject({ applied: false, refusal: 'not_with_others' })
  })

  it('that find nothing left to take are not with the others', () => {
    const free = samplePromotion({ id: 'free', benefit: percent('100'), priority: 5 })
    expect(answer({}, {}, [free]).codes[0]).toMatchObject({ applied: false, refusal: 'not_with_others' })
  })

  it('of one promotion give it once; the smallest valid id is the one that is used', () => {
    const codes = [
      sampleCode({ id: 'cod_3', code: 'C', uses: 1, usesLeft: 1 }),
      sampleCode({ id: 'cod_2', code: 'B', uses: 1, usesLeft: 1 }),
      sampleCode({ id: 'cod_1', code: 'A', uses: 1, usesLeft: 0 }),
    ]
    const { codes: answered, discount, uses } = quote(threeLines({ promotions: [behindCode()], codes }))
    expect(discount).toBe(120)
    expect(answered.map(({ refusal }) => refusal)).toStrictEqual(['not_with_others', null, 'used_up'])
    expect(uses).toStrictEqual([{ counter: 'code:cod_2', n: 1, limit: 1 }])
  })

  it('of one promotion that does not apply keep each its own first reason', () => {
    const codes = [sampleCode({ until: now }), sampleCode({ id: 'cod_2' })]
    const promotions = [behindCode({ conditions: onVariants('var_x') })]
    expect(quote(threeLines({ promotions, codes })).codes.map(({ refusal }) => refusal)).toStrictEqual([
      'expired',
      'not_for_these_items',
    ])
  })

  it('of a promotion that needs none are not used up by it', () => {
    const limited = sampleCode({ uses: 1, usesLeft: 1 })
    const automatic = threeLines({ promotions: [samplePromotion()], codes: [limited] })
    expect(quote(automatic)).toMatchObject({ discount: 120, uses: [], codes: [{ applied: true, refusal: null }] })
    const expired = threeLines({ promotions: [samplePromotion()], codes: [{ ...limited, until: now }] })
    expect(quote(expired)).toMatchObject({ discount: 120, codes: [{ applied: false, refusal: 'expired' }] })
    const over = threeLines({ promotions: [samplePromotion({ until: now })], codes: [limited] })
    expect(quote(over)).toMatchObject({ discount: 0, codes: [{ applied: false, refusal: 'expired' }] })
  })

  it('are needed where a promotion requires one', () => {
    expect(quote(threeLines({ promotions: [behindCode()] }))).toMatchObject({ discount: 0, codes: [] })
  })

  it('keep the order of the cart', () => {
    const codes = ['z', 'a', 'm'].map((id) => sampleCode({ id, promotionId: id }))
    const promotions = ['m', 'z', 'a'].map((id) => behindCode({ id }))
    expect(quote(threeLines({ promotions, codes })).codes.map(({ id, applied }) => [id, applied])).toStrictEqual([
      ['z', true],
      ['a', true],
      ['m', true],
    ])
  })
})

describe('limits', () => {
  const limited = samplePromotion({
    requiresCode: true,
    limits: { uses: 10, usesPerCustomer: 2 },
    usesLeft: 4,
    customerUsesLeft: 1,
  })
  const codes = [sampleCode({ uses: 7, usesLeft: 3 })]

  it('name every counter that a checkout has to hold', () => {
    const { uses, provisional } = quote(threeLines({ promotions: [limited], codes }))
    expect(uses).toStrictEqual([
      { counter: 'code:cod_1', n: 1, limit: 7 },
      { counter: 'promotion:pro_1', n: 1, limit: 10 },
      { counter: 'promotion:pro_1:cus_1', n: 1, limit: 2 },
    ])
    expect(provisional).toBe(false)
  })

  it('per customer apply to somebody unknown, who is asked at checkout', () => {
    const shopper = { customerId: null, groups: [], firstOrder: 'unknown' } as const
    const promotion = { ...limited, customerUsesLeft: 'unknown' } as const
    const { uses, provisional, discount } = quote(threeLines({ shopper, promotions: [promotion], codes }))
    expect(discount).toBe(120)
    expect(provisional).toBe(true)
    expect(uses.map(({ counter }) => counter)).toStrictEqual(['code:cod_1', 'promotion:pro_1'])
    const beaten = samplePromotion({ id: 'alone', benefit: percent('90'), stacking: 'exclusive' })
    expect(quote(threeLines({ shopper, promotions: [promotion, beaten], codes })).provisional).toBe(false)
  })

  it('are not touched by promotions that take nothing', () => {
    const beaten = samplePromotion({ id: 'alone', benefit: percent('90'), stacking: 'exclusive' })
    expect(quote(threeLines({ promotions: [limited, beaten], codes })).uses).toStrictEqual([])
  })
})

describe('rules of a host', () => {
  const weekday = {
    type: 'weekday',
    scope: 'cart',
    check: (_: unknown, __: unknown, { now }: { now: string }) =>
      now < '2026-06-20'
        ? { type: 'unknown' as const }
        : { type: 'fails' as const, reason: 'not_for_these_items' as const },
  } as const
  const cheapest: BenefitRule = {
    type: 'cheapest_free',
    discounts: (_, lines) => {
      const least = Math.min(...lines.map(({ left }) => left))
      return lines.map(({ left }) => (left === least ? left : 0))
    },
    describe: () => 'Cheapest free',
  }
  const hostRules = promotionRules({
    conditions: [...builtInConditions, weekday],
    benefits: [...builtInBenefits, cheapest],
  })
  // The union of the built-in kinds does not know the host's.
  const hostPromotion = samplePromotion({
    conditions: [{ type: 'weekday' }] as unknown as PricedPromotion['conditions'],
    benefit: { type: 'cheapest_free' } as unknown as PricedPromotion['benefit'],
  })

  it('are values that join the built-in ones', () => {
    const answer = quote(threeLines({ promotions: [hostPromotion] }), hostRules)
    expect(answer.lines.map(({ discount }) => discount)).toStrictEqual([100, 0, 0])
    expect(answer.lines[0]?.adjustments[1]?.reason).toBe('Cheapest free: Spring sale')
    expect(answer.provisional).toBe(true)
    const later = threeLines({ now: '2026-06-21T00:00:00.000Z', promotions: [hostPromotion] })
    expect(quote(later, hostRules).discount).toBe(0)
  })

  it('that are missing let a promotion give nothing, and its code says that it is not valid', () => {
    const inputs = threeLines({ promotions: [{ ...hostPromotion, requiresCode: true }], codes: [sampleCode()] })
    expect(quote(inputs, hostRules).codes[0]?.applied).toBe(true)
    const withoutBenefit = promotionRules({ conditions: [weekday], benefits: builtInBenefits })
    for (const rules of [builtInRules, withoutBenefit]) {
      expect(quote(inputs, rules)).toMatchObject({ discount: 0, codes: [{ refusal: 'not_valid' }] })
    }
  })

  it.each([[[-1, 0, 0]], [[0.5, 0, 0]], [[1, 1]], [[Number.NaN, 0, 0]]])('may not answer %j', (answer) => {
    const rules = promotionRules({
      conditions: [weekday],
      benefits: [{ ...cheapest, discounts: () => answer }],
    })
    expect(() => quote(threeLines({ promotions: [hostPromotion] }), rules)).toThrow('cheapest_free')
  })

  it('cannot take more off a line than is left', () => {
    const greedy = promotionRules({
      conditions: [weekday],
      benefits: [{ ...cheapest, discounts: (_, lines) => lines.map(() => 250) }],
    })
    expect(quote(threeLines({ promotions: [hostPromotion] }), greedy).lines.map(({ total }) => total)).toStrictEqual([
      0, 0, 50,
    ])
  })
})
