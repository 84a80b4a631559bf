import { describe, expect, it } from 'vitest'
import { builtInRules } from '../promotion/index.ts'
import type { PagePrice } from './page-inputs.ts'
import type { PricedLine, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import { sampleCode, sampleInputs, samplePrice, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'
import { scheduleLines } from './schedule-lines.ts'

const scheduled = (
  variants: readonly PricedVariant[],
  lines: readonly PricedLine[] = [{ id: 'a', variantId: 'var_a', quantity: 1 }],
  changes: Partial<PricingInputs> = {},
) => scheduleLines(sampleInputs({ variants: variantsById(...variants), lines, ...changes }), builtInRules)
const line = (id: string, quantity = 1, changes: Partial<PricedLine> = {}): PricedLine => ({
  ...{ id, variantId: `var_${id}`, quantity },
  ...changes,
})

/** From which quantity on a unit costs what, or can't be bought. */
const short = (prices: readonly PagePrice[] = []) =>
  prices.map((price) => [price.from, 'refusal' in price ? price.refusal : price.unitPrice])
const pricesOf = (...given: Parameters<typeof scheduled>) => short(scheduled(...given).lines[0]?.prices)

const sum = (...parts: readonly string[]): NonNullable<PricedVariant['bundle']> => ({
  parts: parts.map((variantId) => ({ id: variantId.replace('var_', 'part_'), variantId })),
  ...{ pricing: { type: 'sum_less_percent', percent: '10' }, ownedParts: 'sell_all' },
})
const tier = (minimumQuantity: number, amount: number) => samplePrice(amount, { minimumQuantity })

describe('a line is told', () => {
  it.each(['constructor', 'toString', '__proto__'])('as not there where it names %s', (variantId) => {
    const { lines } = scheduled([sampleVariant('var_b', 300)], [{ id: 'a', variantId, quantity: 1 }])
    expect(lines).toMatchObject([{ id: 'a', productId: '', variant: { title: '', name: '' } }])
    expect(short(lines[0]?.prices)).toEqual([[1, 'not_published']])
  })

  it('with its variant and what one unit costs from each quantity on', () => {
    const priced = (from: number, unitPrice: number, reason: string) => ({
      ...{ from, unitPrice, leftOut: [], isUnsure: false },
      parts: [{ id: 'all', variant: { id: 'var_a', taxCategory: 'recorded' }, base: unitPrice }],
      adjustments: [
        {
          ...{ step: 'price', amount: unitPrice, reason },
          cause: { type: 'price_list', priceList: 'prl_1', minimumQuantity: from },
        },
      ],
    })
    const variant = sampleVariant('var_a', null, { prices: [samplePrice(1000), tier(5, 900)], maximumQuantity: 8 })
    expect(scheduled([variant], [line('a', 2)])).toStrictEqual({
      isFixed: false,
      lines: [
        {
          ...{ id: 'a', variantId: 'var_a', productId: 'prd_a', productType: 'course' },
          variant: { title: 'Title of var_a', name: 'verified' },
          prices: [
            priced(1, 1000, 'List price'),
            priced(5, 900, 'List price for 5 or more'),
            { from: 9, refusal: 'quantity_above_limit' },
          ],
        },
      ],
    })
  })

  it('with what it is compared with, and what the shopper is advised to have', () => {
    const variant = sampleVariant('var_a', null, {
      ...{ prices: [samplePrice(800, { compareAt: 1000 }), tier(2, 700)], lowestRecent: 850 },
      prerequisite: { variants: ['var_b'], policy: 'hint' },
    })
    const shopper = { ...sampleInputs().shopper, owned: { products: [], variants: [] } }
    expect(scheduled([variant], [line('a')], { shopper }).lines[0]?.prices).toMatchObject([
      { from: 1, comparison: { compareAt: 1000, lowestRecent: 850 }, prerequisite: ['var_b'] },
      { from: 2, prerequisite: ['var_b'] },
      { from: 1001 },
    ])
  })

  it('in their order', () => {
    const variants = [sampleVariant('var_a', 100), sampleVariant('var_b', 200)]
    expect(scheduled(variants, [line('b'), line('a')]).lines.map(({ id }) => id)).toEqual(['b', 'a'])
  })

  it('with nothing of what is not known, and that it is not sold', () => {
    expect(scheduled([], [line('a', 3)])).toStrictEqual({
      isFixed: false,
      lines: [
        {
          ...{ id: 'a', variantId: 'var_a', productId: '', productType: '', variant: { title: '', name: '' } },
          prices: [{ from: 1, refusal: 'not_published' }],
        },
      ],
    })
  })
})

describe('another price may count', () => {
  it.each<[what: string, variant: PricedVariant, expected: readonly (readonly [number, number | string])[]]>([
    [
      'from each tier, in their order, whatever the order in which they were written',
      sampleVariant('var_a', null, { prices: [tier(20, 600), tier(3, 800), samplePrice(900), tier(10, 700)] }),
      [
        [1, 900],
        [3, 800],
        [10, 700],
        [20, 600],
        [1001, 'quantity_above_limit'],
      ],
    ],
    [
      'not from a tier that costs the same in the same words',
      sampleVariant('var_a', 900, { maximumQuantity: 5 }),
      [
        [1, 900],
        [6, 'quantity_above_limit'],
      ],
    ],
    [
      'from two on, for a price of one unit is for oneself',
      sampleVariant('var_a', 900, { repeatable: false, maximumQuantity: 1 }),
      [
        [1, 900],
        [2, 'quantity_above_limit'],
      ],
    ],
    [
      'from where it can be bought at all',
      sampleVariant('var_a', null, { prices: [tier(4, 500)], maximumQuantity: 6 }),
      [
        [1, 'no_price'],
        [4, 500],
        [7, 'quantity_above_limit'],
      ],
    ],
    [
      'no further than can be reckoned',
      sampleVariant('var_a', null, {
        prices: [samplePrice(Number.MAX_SAFE_INTEGER), tier(2, (Number.MAX_SAFE_INTEGER - 1) / 2), tier(3, 5)],
      }),
      [
        [1, Number.MAX_SAFE_INTEGER],
        [2, (Number.MAX_SAFE_INTEGER - 1) / 2],
        [3, 5],
        [1001, 'quantity_above_limit'],
      ],
    ],
    [
      'not at all where it cannot be reckoned',
      sampleVariant('var_a', null, { prices: [samplePrice(5), tier(2, Number.MAX_SAFE_INTEGER)] }),
      [
        [1, 5],
        [2, 'quantity_above_limit'],
      ],
    ],
  ])('%s', (_, variant, expected) => {
    expect(pricesOf([variant])).toEqual(expected)
  })

  it('from two on, for who owns a part of a bundle owns it for one unit', () => {
    const bundle = { ...sum('var_x', 'var_y'), ownedParts: 'leave_out' as const }
    const variants = [
      sampleVariant('var_a', null, { bundle }),
      sampleVariant('var_x', 300),
      sampleVariant('var_y', 700),
    ]
    const shopper = { ...sampleInputs().shopper, owned: { products: [], variants: ['var_x'] } }
    expect(pricesOf(variants, [line('a')], { shopper })).toEqual([
      [1, 630],
      [2, 900],
      [1001, 'quantity_above_limit'],
    ])
  })

  it('from the tiers of the parts of a bundle, those to choose among them too', () => {
    const part = (id: string, from: number) =>
      sampleVariant(id, null, { prices: [samplePrice(1000), tier(from, 500)], maximumQuantity: 1 })
    const bundle = {
      ...sum('var_x'),
      groups: [{ id: 'more', title: 'More', choose: 1, parts: [{ id: 'part_y', variantId: 'var_y' }] }],
    }
    const variants = [sampleVariant('var_a', null, { bundle }), part('var_x', 4), part('var_y', 7)]
    expect(pricesOf(variants, [line('a', 1, { parts: ['part_y'] })])).toEqual([
      [1, 1800],
      [4, 1350],
      [7, 900],
      [1001, 'quantity_above_limit'],
    ])
  })

  it('of a bundle with a part that is not known as of one that cannot be delivered', () => {
    expect(pricesOf([sampleVariant('var_a', 500, { bundle: sum('var_gone') })])).toEqual([
      [1, 'part_not_available'],
      [1001, 'quantity_above_limit'],
    ])
  })
})

describe('the lines are fixed', () => {
  const limited = (placesLeft: number) => [sampleVariant('var_a', 1000, { capacity: 5, placesLeft })]

  it('where one is sold out, and nothing else is told of places', () => {
    const { isFixed, lines } = scheduled(limited(1), [line('a', 2)])
    expect(isFixed).toBe(true)
    expect(lines[0]?.prices).toStrictEqual([{ from: 1, refusal: 'sold_out' }])
    const enough = scheduled(limited(2), [line('a', 2)])
    expect(enough.isFixed).toBe(false)
    expect(enough).toEqual(scheduled(limited(5), [line('a', 2)]))
  })

  const once = (id: string) => sampleVariant(id, 700, { repeatable: false })

  it('where two sell the shopper the same, as they are', () => {
    const two = [line('a'), line('b', 1, { variantId: 'var_a' })]
    const { isFixed, lines } = scheduled([once('var_a')], two)
    expect(isFixed).toBe(true)
    expect(lines.map(({ prices }) => short(prices))).toEqual([[[1, 700]], [[1, 'already_in_cart']]])
  })

  it('where two would sell the shopper the same as one unit each', () => {
    const two = [line('a', 2), line('b', 3, { variantId: 'var_a' })]
    const { isFixed, lines } = scheduled([once('var_a')], two)
    expect(isFixed).toBe(true)
    expect(lines.map(({ prices }) => short(prices))).toEqual([[[1, 700]], [[1, 700]]])
  })

  it('not where one is for others, in whatever quantity', () => {
    const two = [line('a', 2), line('b', 3, { variantId: 'var_a', forOthers: true })]
    expect(scheduled([once('var_a')], two).isFixed).toBe(false)
  })

  it('in the price of their own quantity, said of one unit', () => {
    const lines = [line('a', 4), line('b', 1, { variantId: 'var_c' }), line('c')]
    const variants = [sampleVariant('var_a', null, { prices: [samplePrice(1000), tier(3, 900)] }), once('var_c')]
    const { isFixed, lines: told } = scheduled(variants, lines)
    expect(isFixed).toBe(true)
    expect(told[0]?.prices).toMatchObject([
      { from: 1, unitPrice: 900, parts: [{ base: 900 }], adjustments: [{ amount: 900 }] },
    ])
  })
})

describe('promotions and codes', () => {
  it('are left to the page', () => {
    const promotions = [samplePromotion(), samplePromotion({ id: 'pro_2', requiresCode: true })]
    const codes = [sampleCode({ promotionId: 'pro_2' })]
    const variants = [sampleVariant('var_a', 1000)]
    expect(scheduled(variants, [line('a')], { promotions, codes })).toEqual(scheduled(variants))
  })
})
