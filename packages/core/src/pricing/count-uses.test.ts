import { describe, expect, it } from 'vitest'
import type { Money } from '../money/index.ts'
import { boughtCounter } from './count-uses.ts'
import { quote } from './price-cart.ts'
import type { PricedPromotion, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import { sampleCode, sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

const line = (id: string, variantId: string, quantity = 1) => ({ id, variantId, quantity })
const cart = (variants: readonly PricedVariant[], changes: Partial<PricingInputs> = {}): PricingInputs =>
  sampleInputs({
    lines: variants.map(({ id }) => line(id.slice(4), id)),
    variants: variantsById(...variants),
    ...changes,
  })
/** As `counter: n of limit`. */
const uses = (inputs: PricingInputs) =>
  quote(inputs).uses.map(({ counter, n, limit }) => `${counter}: ${n} of ${limit}`)

const nobody = { customerId: null, groups: [], firstOrder: 'unknown' } as const
const parts = ['a', 'b'].map((id) => ({ id, variantId: `var_${id}` }))
const bundle = { parts, pricing: { type: 'own_price' as const }, ownedParts: 'sell_all' as const }
const few = (id: string, capacity: number, changes: Partial<PricedVariant> = {}) =>
  sampleVariant(id, 1000, { capacity, placesLeft: capacity, ...changes })

describe('places', () => {
  it('are used by each unit of each line, those of one variant together, by counter', () => {
    const inputs = cart([few('var_b', 20), few('var_a', 10), sampleVariant('var_c', 100)])
    const lines = [line('1', 'var_b', 2), line('2', 'var_a'), line('3', 'var_b', 3), line('4', 'var_c')]
    expect(uses({ ...inputs, lines })).toEqual(['capacity:var_a: 1 of 10', 'capacity:var_b: 5 of 20'])
  })

  it('are used of a bundle and of its parts', () => {
    const variants = [few('var_p', 30, { bundle }), few('var_a', 10), sampleVariant('var_b', 100)]
    expect(uses({ ...cart(variants), lines: [line('p', 'var_p', 2), line('a', 'var_a')] })).toEqual([
      'capacity:var_a: 3 of 10',
      'capacity:var_p: 2 of 30',
    ])
  })
})

describe('what a person can have once', () => {
  const owned = { products: [], variants: [] }
  const once = (id: string, bought: PricedVariant['bought'] = { used: 0, held: 0 }) =>
    sampleVariant(id, 1000, { repeatable: false, bought })
  const buyer = { ...sampleInputs().shopper, owned }

  it('is held while it is bought, once more than was bought before', () => {
    expect(uses(cart([once('var_a')], { shopper: buyer }))).toEqual(['owned:var_a:cus_1: 1 of 1'])
    expect(uses(cart([once('var_a', { used: 2, held: 0 })], { shopper: buyer }))).toEqual(['owned:var_a:cus_1: 1 of 3'])
  })

  it('is held as a part of a bundle too, and not the bundle', () => {
    const pack = sampleVariant('var_p', 1500, { bundle, repeatable: false, bought: { used: 0, held: 0 } })
    const inputs = cart([pack, once('var_a'), sampleVariant('var_b', 500)], { shopper: buyer })
    expect(uses({ ...inputs, lines: [line('p', 'var_p')] })).toEqual(['owned:var_a:cus_1: 1 of 1'])
  })

  it.each<[what: string, inputs: PricingInputs]>([
    ['by somebody who is not signed in', cart([once('var_a')], { shopper: { ...nobody, owned } })],
    ['for others', cart([once('var_a')], { shopper: buyer, lines: [{ ...line('a', 'var_a'), forOthers: true }] })],
    ['in several units', cart([once('var_a')], { shopper: buyer, lines: [line('a', 'var_a', 2)] })],
    [
      'while it is not counted, before checkout',
      cart([sampleVariant('var_a', 1000, { repeatable: false })], { shopper: buyer }),
    ],
    ['where it can be bought again', cart([{ ...once('var_a'), repeatable: true }], { shopper: buyer })],
  ])('is not held when it is bought %s', (_, inputs) => {
    expect(quote(inputs).lines[0]?.refusal).toBeNull()
    expect(uses(inputs)).toEqual([])
  })

  it('is counted for each customer', () => {
    expect(boughtCounter('var_a', 'cus_1')).toBe('owned:var_a:cus_1')
  })
})

describe('promotions', () => {
  const money = (currency: string, amount: number): readonly Money[] => [{ currency, amount }]
  const inputs = (changes: Partial<PricedPromotion>, others: Partial<PricingInputs> = {}) =>
    cart([sampleVariant('var_a', 1000)], { promotions: [samplePromotion(changes)], ...others })
  const budget = { uses: null, usesPerCustomer: null, money: [...money('USD', 5), ...money('EUR', 9000)] }

  it('use of a budget what they took off, in the cart’s currency', () => {
    expect(uses(inputs({ limits: budget }))).toEqual(['budget:pro_1:EUR: 200 of 9000'])
  })

  it('use nothing where they have no limit', () => {
    expect(uses(inputs({}))).toEqual([])
    expect(uses(inputs({ limits: { uses: null, usesPerCustomer: null, money: null } }))).toEqual([])
  })

  it('use one of each limit, whatever the number of lines, and so do their codes', () => {
    const limits = { ...budget, uses: 7, usesPerCustomer: 2 }
    const codes = [sampleCode({ uses: 5, usesPerCustomer: 3 })]
    const limited = inputs({ requiresCode: true, limits }, { codes })
    expect(uses({ ...limited, lines: [line('1', 'var_a'), line('2', 'var_a')] })).toEqual([
      'budget:pro_1:EUR: 400 of 9000',
      'code:cod_1: 1 of 5',
      'code:cod_1:cus_1: 1 of 3',
      'promotion:pro_1: 1 of 7',
      'promotion:pro_1:cus_1: 1 of 2',
    ])
    expect(uses({ ...limited, shopper: nobody })).toEqual([
      'budget:pro_1:EUR: 200 of 9000',
      'code:cod_1: 1 of 5',
      'promotion:pro_1: 1 of 7',
    ])
  })

  it('use nothing of a code without a limit', () => {
    expect(uses(inputs({ requiresCode: true }, { codes: [sampleCode({ usesPerCustomer: null })] }))).toEqual([])
  })
})

describe('a customer’s first order', () => {
  const conditions = [{ type: 'first_order' }] as const
  const welcome = samplePromotion({ id: 'welcome', conditions, priority: 1 })
  const first = { ...sampleInputs().shopper, firstOrder: 'yes' } as const
  const bought = (changes: Partial<PricingInputs>) => uses(cart([sampleVariant('var_a', 1000)], changes))

  it('is used by a promotion for it, so that of two at once one is priced again', () => {
    expect(bought({ shopper: first, promotions: [welcome] })).toEqual(['orders:cus_1: 1 of 1'])
  })

  it('is used once by several, and though others apply too', () => {
    const again = samplePromotion({ id: 'again', conditions: [{ type: 'any', conditions }] })
    expect(bought({ shopper: first, promotions: [welcome, again, samplePromotion()] })).toEqual([
      'orders:cus_1: 1 of 1',
    ])
  })

  it.each<[what: string, changes: Partial<PricingInputs>]>([
    ['by another promotion', { shopper: first, promotions: [samplePromotion()] }],
    ['while it is not known', { promotions: [welcome] }],
    ['by somebody who is not signed in', { shopper: { ...first, customerId: null }, promotions: [welcome] }],
    [
      'by a promotion that takes nothing',
      { shopper: first, promotions: [{ ...welcome, until: '2026-01-01T00:00:00.000Z' }] },
    ],
  ])('is not used %s', (_, changes) => {
    expect(bought(changes)).toEqual([])
  })
})
