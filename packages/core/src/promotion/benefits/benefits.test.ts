import { describe, expect, it } from 'vitest'
import { builtInRules } from '../built-in-kinds.ts'
import type { HostData, PromotionBenefit } from '../promotion.ts'
import type { DiscountableLine, PromotionContext } from '../promotion-rules.ts'

type BuiltIn = Exclude<PromotionBenefit, HostData>

const context: PromotionContext = {
  ...{ now: '2026-06-15T12:00:00.000Z', currency: 'EUR', country: 'DE', site: 'main', timeZone: 'Europe/Berlin' },
  minorDigits: 2,
  ...{ rounding: 'half_up', shopper: { customerId: null, groups: [], firstOrder: 'unknown' } },
}

/** A line of `quantity` units at `unitPrice`, of the variant and product that `name` stands for. */
const line = (name: string, quantity: number, unitPrice: number, left = unitPrice * quantity): DiscountableLine => ({
  ...{ id: `line-${name}`, variantId: `var_${name}`, productId: `prd_${name}`, productType: 'course' },
  ...{ quantity, unitPrice, base: unitPrice * quantity, left },
})

const eur = (amount: number) => [{ amount, currency: 'EUR' }]
const usd = (amount: number) => [{ amount, currency: 'USD' }]

const ruleOf = ({ type }: BuiltIn) => {
  const rule = builtInRules.benefits.get(type)
  if (rule === undefined) throw new Error(`${type} has no rule`)
  return rule
}

describe('what a benefit gives', () => {
  it.each<[string, BuiltIn, DiscountableLine[], number[]]>([
    ['percent of what is left', { type: 'percent', percent: '10' }, [line('a', 1, 1000, 500)], [50]],
    ['percent of the price', { type: 'percent', percent: '10', of: 'original' }, [line('a', 1, 1000, 500)], [100]],
    ['an amount in all', { type: 'fixed', amounts: eur(300) }, [line('a', 1, 1000), line('b', 1, 2000)], [100, 200]],
    ['more than there is', { type: 'fixed', amounts: eur(9000) }, [line('a', 1, 1000), line('b', 1, 2)], [1000, 2]],
    ['an amount a line', { type: 'fixed', amounts: eur(3), per: 'line' }, [line('a', 2, 10), line('b', 1, 9)], [3, 3]],
    ['an amount a unit', { type: 'fixed', amounts: eur(3), per: 'unit' }, [line('a', 2, 10), line('b', 1, 9)], [6, 3]],
    ['nothing in another currency', { type: 'fixed', amounts: usd(3) }, [line('a', 2, 10)], [0]],
    ['a price for each', { type: 'fixed_price', amounts: eur(8) }, [line('a', 2, 10), line('b', 1, 7)], [4, 0]],
    ['no price in another currency', { type: 'fixed_price', amounts: usd(8) }, [line('a', 2, 10)], [0]],
    ['the third of three', { type: 'buy_x_get_y', buy: 2, get: 1, percent: '50' }, [line('a', 5, 10)], [5]],
    [
      ...(['the cheapest of each group', { type: 'buy_x_get_y', buy: 1, get: 1, percent: '100' }] as const),
      [line('a', 1, 10), line('b', 2, 30), line('c', 1, 20)],
      [10, 30, 0],
    ],
    [
      ...([
        'the highest tier reached',
        { type: 'quantity_tiers', tiers: tiersOf([2, '10'], [5, '30'], [4, '20']) },
      ] as const),
      [line('a', 2, 100), line('b', 2, 50)],
      [40, 20],
    ],
    [
      ...([
        'the highest tier, wherever it stands',
        { type: 'quantity_tiers', tiers: tiersOf([4, '20'], [2, '10']) },
      ] as const),
      [line('a', 4, 100)],
      [80],
    ],
    [
      ...(['a tier reached to the unit', { type: 'quantity_tiers', tiers: tiersOf([5, '30']) }] as const),
      [line('a', 5, 100)],
      [150],
    ],
    ['no tier reached', { type: 'quantity_tiers', tiers: tiersOf([5, '30']) }, [line('a', 4, 100)], [0]],
    [
      ...([
        'a tier of money, by list prices',
        { type: 'subtotal_tiers', tiers: [{ minimum: eur(400), percent: '10' }] },
      ] as const),
      [line('a', 4, 100, 200)],
      [20],
    ],
    [
      ...([
        'no tier in another currency',
        { type: 'subtotal_tiers', tiers: [{ minimum: usd(1), percent: '10' }] },
      ] as const),
      [line('a', 4, 100)],
      [0],
    ],
    ['one seat of five', { type: 'seats_free', every: 5, free: 1 }, [line('a', 11, 100)], [200]],
    ['a gift', { type: 'free_gift', variant: 'var_a', quantity: 2 }, [line('a', 3, 100)], [200]],
    [
      ...(['a set for a price', { type: 'bundle_price', products: ['prd_a', 'prd_b'], amounts: eur(80) }] as const),
      [line('a', 2, 60), line('b', 1, 40)],
      [12, 8],
    ],
    [
      ...([
        'a set that costs less already',
        { type: 'bundle_price', products: ['prd_a', 'prd_b'], amounts: eur(100) },
      ] as const),
      [line('a', 2, 60), line('b', 1, 40)],
      [0, 0],
    ],
    [
      ...([
        'no set in another currency',
        { type: 'bundle_price', products: ['prd_a', 'prd_b'], amounts: usd(80) },
      ] as const),
      [line('a', 2, 60), line('b', 1, 40)],
      [0, 0],
    ],
  ])('%s', (_name, benefit, lines, discounts) => {
    expect(ruleOf(benefit).discounts(benefit, lines, context)).toEqual(discounts)
  })
})

function tiersOf(...tiers: [minimum: number, percent: string][]) {
  return tiers.map(([minimum, percent]) => ({ minimum, percent }))
}

describe('a set for a price', () => {
  const discountsOf = (products: string[], price: number, lines: DiscountableLine[]) => {
    const benefit = { type: 'bundle_price', products, amounts: eur(price) } as const
    return ruleOf(benefit).discounts(benefit, lines, context)
  }

  it('adds up what several sets take off one line', () => {
    // 60 and 40 for 80: 12 and 8. 60 and 30 for 80: 6.67 and 3.33.
    const lines = [line('a', 2, 60), line('b', 1, 40), { ...line('b', 1, 30), id: 'line-b2' }]
    expect(discountsOf(['prd_a', 'prd_b'], 80, lines)).toEqual([19, 8, 3])
  })

  it('gives the odd cents to the products that stand first, also from the eleventh on', () => {
    const names = [...'abcdefghijkl']
    const lines = names.map((name) => line(name, 1, 10))
    const products = names.map((name) => `prd_${name}`)
    expect(discountsOf(products, 105, lines)).toEqual([2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1])
  })
})

describe('what a benefit says of itself', () => {
  const lines = [line('a', 4, 100)]
  it.each<[BuiltIn, string]>([
    [{ type: 'percent', percent: '12.5' }, '12.5 % off'],
    [{ type: 'fixed', amounts: eur(500) }, '5.00 EUR off'],
    [{ type: 'fixed', amounts: eur(500), per: 'line' }, '5.00 EUR off'],
    [{ type: 'fixed', amounts: eur(500), per: 'unit' }, '5.00 EUR off each'],
    [{ type: 'fixed', amounts: usd(500) }, '0.00 EUR off'],
    [{ type: 'fixed_price', amounts: eur(500) }, '5.00 EUR each'],
    [{ type: 'fixed_price', amounts: usd(500) }, '0.00 EUR each'],
    [{ type: 'buy_x_get_y', buy: 2, get: 1, percent: '100' }, '1 of 3 free'],
    [{ type: 'buy_x_get_y', buy: 2, get: 1, percent: '50' }, '1 of 3 with 50 % off'],
    [{ type: 'quantity_tiers', tiers: tiersOf([2, '10'], [5, '20']) }, '10 % off'],
    [{ type: 'quantity_tiers', tiers: tiersOf([5, '20']) }, '0 % off'],
    [{ type: 'subtotal_tiers', tiers: [{ minimum: eur(400), percent: '10' }] }, '10 % off'],
    [{ type: 'subtotal_tiers', tiers: [{ minimum: eur(401), percent: '10' }] }, '0 % off'],
    [{ type: 'seats_free', every: 11, free: 1 }, '1 of every 11 free'],
    [{ type: 'free_gift', variant: 'var_a', quantity: 1 }, 'Free'],
    [{ type: 'free_gift', variant: 'var_a', quantity: 2 }, '2 free'],
    [{ type: 'bundle_price', products: ['prd_a', 'prd_b'], amounts: eur(9900) }, 'Together for 99.00 EUR'],
    [{ type: 'bundle_price', products: ['prd_a', 'prd_b'], amounts: usd(9900) }, 'Together for 0.00 EUR'],
  ])('%j: %s', (benefit, text) => {
    expect(ruleOf(benefit).describe(benefit, context, lines)).toBe(text)
  })
})

describe('what a cart lacks for a benefit', () => {
  it.each<[BuiltIn, DiscountableLine[], unknown]>([
    [{ type: 'buy_x_get_y', buy: 2, get: 1, percent: '100' }, [line('a', 1, 100), line('b', 1, 1)], { quantity: 1 }],
    [{ type: 'buy_x_get_y', buy: 2, get: 1, percent: '100' }, [line('a', 3, 100)], null],
    [{ type: 'quantity_tiers', tiers: tiersOf([5, '20'], [3, '10']) }, [line('a', 1, 100)], { quantity: 2 }],
    [{ type: 'quantity_tiers', tiers: tiersOf([5, '20'], [3, '10']) }, [line('a', 3, 100)], null],
    [
      {
        type: 'subtotal_tiers',
        tiers: [
          { minimum: eur(500), percent: '20' },
          { minimum: eur(300), percent: '10' },
          { minimum: usd(1), percent: '5' },
        ],
      },
      [line('a', 1, 100)],
      { amount: 200 },
    ],
    [{ type: 'subtotal_tiers', tiers: [{ minimum: eur(100), percent: '20' }] }, [line('a', 1, 100)], null],
    [{ type: 'subtotal_tiers', tiers: [{ minimum: usd(100), percent: '20' }] }, [line('a', 1, 100)], null],
    [{ type: 'seats_free', every: 5, free: 1 }, [line('a', 2, 100), line('b', 3, 1)], { quantity: 2 }],
    [{ type: 'seats_free', every: 5, free: 1 }, [line('a', 2, 1), { ...line('a', 3, 1), id: 'line-x' }], null],
    [{ type: 'free_gift', variant: 'var_a', quantity: 1 }, [], { variants: ['var_a'] }],
    [{ type: 'free_gift', variant: 'var_a', quantity: 1 }, [line('a', 1, 0)], null],
    [
      { type: 'bundle_price', products: ['prd_a', 'prd_b', 'prd_c'], amounts: eur(80) },
      [line('a', 1, 60)],
      { products: ['prd_b', 'prd_c'] },
    ],
    [
      { type: 'bundle_price', products: ['prd_a', 'prd_b'], amounts: eur(80) },
      [line('a', 1, 1), line('b', 1, 1)],
      null,
    ],
    [{ type: 'bundle_price', products: ['prd_a', 'prd_b'], amounts: eur(80) }, [line('x', 1, 1)], null],
  ])('%j of %j', (benefit, lines, missing) => {
    expect(ruleOf(benefit).missing?.(benefit, lines, context)).toEqual(missing)
  })

  it.each<BuiltIn>([
    { type: 'percent', percent: '10' },
    { type: 'fixed', amounts: eur(1) },
    { type: 'fixed_price', amounts: eur(1) },
  ])('nothing would help %j', (benefit) => {
    expect(ruleOf(benefit).missing).toBeUndefined()
  })
})

describe('what a benefit tells the search for the best outcome, and the index', () => {
  const byOrder = { ...context, percentRounding: 'order' } as const
  it.each<[BuiltIn, PromotionContext, 'lines' | 'total']>([
    [{ type: 'percent', percent: '10' }, context, 'lines'],
    [{ type: 'percent', percent: '10' }, byOrder, 'total'],
    [{ type: 'quantity_tiers', tiers: [] }, context, 'lines'],
    [{ type: 'quantity_tiers', tiers: [] }, byOrder, 'total'],
    [{ type: 'subtotal_tiers', tiers: [] }, context, 'lines'],
    [{ type: 'fixed', amounts: eur(1) }, context, 'total'],
    [{ type: 'fixed', amounts: eur(1), per: 'line' }, context, 'lines'],
    [{ type: 'fixed', amounts: eur(1), per: 'unit' }, context, 'lines'],
    [{ type: 'fixed_price', amounts: eur(1) }, context, 'lines'],
    [{ type: 'buy_x_get_y', buy: 1, get: 1, percent: '100' }, context, 'total'],
    [{ type: 'seats_free', every: 2, free: 1 }, context, 'total'],
    [{ type: 'free_gift', variant: 'var_a', quantity: 1 }, context, 'total'],
    [{ type: 'bundle_price', products: [], amounts: [] }, context, 'total'],
  ])('%j keeps the order', (benefit, at, kept) => {
    expect(ruleOf(benefit).keepsOrder?.(benefit, at)).toBe(kept)
  })

  it('a gift is taken off other lines than those that earn it, a set off its products', () => {
    const gift = { type: 'free_gift', variant: 'var_a', quantity: 1 } as const
    const taken = ruleOf(gift).takesFrom?.(gift)
    expect(taken?.of).toBe('others')
    expect([line('a', 1, 1), line('b', 1, 1)].map((one) => taken?.selects(one))).toEqual([true, false])
    const set = { type: 'bundle_price', products: ['prd_a', 'prd_b'], amounts: eur(1) } as const
    const ofSet = ruleOf(set).takesFrom?.(set)
    expect(ofSet?.of).toBe('selected')
    expect([line('a', 1, 1), line('b', 1, 1), line('c', 1, 1)].map((one) => ofSet?.selects(one))).toEqual([
      ...[true, true, false],
    ])
    expect(ruleOf(set).indexKeys?.(set)).toEqual(['product:prd_a', 'product:prd_b'])
    expect(ruleOf(gift).indexKeys).toBeUndefined()
  })
})
