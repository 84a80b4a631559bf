import { describe, expect, it } from 'vitest'
import { upgradeCredit } from './price-upgrade.ts'
import type { PricedLine, PricedVariant, PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, samplePrice, samplePriceList, sampleVariant, variantsById } from './sample-inputs.ts'

type Owned = PricingInputs['shopper']['owned']
type Credit = NonNullable<PricedVariant['upgrade']>['credit']

const LISTS = [samplePriceList()]
const there = { unitOf: (amount: number) => amount, reason: '' }
const line = (changes: Partial<PricedLine> = {}): PricedLine => ({
  ...{ id: 'a', variantId: 'var_full', quantity: 1 },
  ...changes,
})
const lesser = variantsById(
  sampleVariant('var_a', 300, { name: 'audit' }),
  sampleVariant('var_b', 200, { name: 'basic' }),
  sampleVariant('var_c', 300, { name: 'certificate' }),
  sampleVariant('var_free', null, { name: 'free' }),
  sampleVariant('var_packs', null, { prices: [samplePrice(50, { minimumQuantity: 2 })] }),
)
const upgraded = (
  owned: Owned,
  {
    from = ['var_a'],
    credit = 'list_price_now' as Credit,
    price = 1000,
    of = line(),
    at = there,
    before = [] as readonly string[],
  } = {},
) =>
  upgradeCredit(of, sampleVariant('var_full', price, { upgrade: { from, credit } }), {
    price,
    inputs: sampleInputs({ variants: lesser, shopper: { ...sampleInputs().shopper, owned } }),
    lists: LISTS,
    there: at,
    credited: new Set(before),
  })
const having = (...variants: readonly string[]) => ({ products: [], variants })
const NOTHING = { credit: 0, step: null, credited: [], isUnsure: false }

describe('the owner of a lesser variant is credited', () => {
  const paid = { var_a: { amount: 250, listPrice: 280 } }
  it.each<[credit: Credit, amount: number, reason: string]>([
    ['money_paid', 250, 'Upgrade: credit for what you paid (audit)'],
    ['list_price_then', 280, 'Upgrade: credit for the list price of then (audit)'],
    ['list_price_now', 300, 'Upgrade: credit for the list price of now (audit)'],
  ])('by the rule %s: %i', (credit, amount, reason) => {
    expect(upgraded({ ...having('var_a'), paid }, { credit })).toStrictEqual({
      credit: amount,
      credited: ['var_a'],
      isUnsure: false,
      step: { step: 'upgrade', amount: -amount, cause: { type: 'upgrade', from: 'var_a', credit }, reason },
    })
  })

  it('its list price at the place of sale, and money as it was paid', () => {
    const at = { unitOf: (amount: number) => amount / 2, reason: 'at the taxes of FR' }
    expect(upgraded({ ...having('var_a'), paid }, { at }).credit).toBe(150)
    expect(upgraded({ ...having('var_a'), paid }, { at, credit: 'money_paid' }).credit).toBe(250)
    expect(upgraded({ ...having('var_a'), paid }, { at, credit: 'list_price_then' }).credit).toBe(280)
  })

  it.each([
    [299, 299],
    [300, 300],
    [301, 300],
    [0, 0],
  ])('never more than the price: of %i %i', (price, credit) => {
    expect(upgraded(having('var_a'), { price })).toMatchObject({ credit, step: { amount: 0 - credit } })
  })

  it.each<[from: string[], best: string, credit: number]>([
    [['var_a', 'var_b'], 'var_a', 300],
    [['var_b', 'var_a'], 'var_a', 300],
    [['var_b', 'var_c'], 'var_c', 300],
    [['var_c', 'var_b', 'var_a'], 'var_a', 300],
    [['var_free', 'var_b'], 'var_b', 200],
  ])('of %j the greatest, ties to the smaller id: %s', (from, best, credit) => {
    expect(upgraded(having(...from), { from })).toMatchObject({ credit, step: { cause: { from: best } } })
  })

  it('of what they own alone', () => {
    expect(upgraded(having('var_b', 'var_c'), { from: ['var_a', 'var_b'] }).credit).toBe(200)
  })

  it.each(['var_free', 'var_packs'])('nothing by list price where one unit has none now: %s', (id) => {
    expect(upgraded(having(id), { from: [id] })).toMatchObject({ credit: 0, isUnsure: false, step: { amount: 0 } })
  })

  it('nothing by list price for a variant that is no more, which goes by its id', () => {
    expect(upgraded(having('var_gone'), { from: ['var_gone'] })).toMatchObject({
      credit: 0,
      step: { amount: 0, reason: 'Upgrade: credit for the list price of now (var_gone)' },
    })
  })
})

describe('what another line credits', () => {
  const from = ['var_a', 'var_b']
  it('is not credited again: the next greatest is', () => {
    const { credit, credited } = upgraded(having('var_a', 'var_b'), { from, before: ['var_a'] })
    expect([credit, credited]).toEqual([200, ['var_b']])
  })

  it('leaves nothing, and the step says so', () => {
    expect(upgraded(having('var_a', 'var_b'), { from, before: from })).toStrictEqual({
      ...{ credit: 0, credited: [], isUnsure: false },
      step: {
        ...{ step: 'upgrade', amount: 0, cause: { type: 'upgrade', from: 'var_a', credit: 'list_price_now' } },
        reason: 'Upgrade: another line has the credit (audit)',
      },
    })
  })

  it('is only what took something off', () => {
    expect(upgraded(having('var_free'), { from: ['var_free'] }).credited).toEqual([])
  })
})

describe('nothing is credited', () => {
  it('to who owns nothing of it, buys several or buys for others, nor where nothing is upgraded', () => {
    expect(upgraded(having('var_z'))).toStrictEqual(NOTHING)
    expect(upgraded(having('var_a'), { of: line({ quantity: 2 }) })).toStrictEqual(NOTHING)
    expect(upgraded(having('var_a'), { of: line({ forOthers: true }) })).toStrictEqual(NOTHING)
    const source = {
      price: 1000,
      inputs: sampleInputs({ variants: lesser }),
      lists: LISTS,
      there,
      credited: new Set<string>(),
    }
    expect(upgradeCredit(line(), sampleVariant('var_full', 1000), source)).toStrictEqual(NOTHING)
  })
})

describe('it is unsure', () => {
  it.each<[what: string, owned: Owned]>([
    ['nobody was asked', undefined],
    ['nothing could be learnt', 'unknown'],
    ['it could not be learnt of this one', { ...having(), unknown: ['var_a'] }],
  ])('what the shopper owns, where %s', (_, owned) => {
    expect(upgraded(owned)).toStrictEqual({ ...NOTHING, isUnsure: true })
  })

  it('whether they own something better than what is credited', () => {
    const owned = { ...having('var_b'), unknown: ['var_a'] }
    expect(upgraded(owned, { from: ['var_a', 'var_b'] })).toMatchObject({ credit: 200, isUnsure: true })
  })

  it.each<Credit>(['money_paid', 'list_price_then'])('what they paid for one of several, by the rule %s', (credit) => {
    const owned = { ...having('var_a', 'var_b'), paid: { var_b: { amount: 150, listPrice: 150 } } }
    expect(upgraded(owned, { from: ['var_a', 'var_b'], credit })).toMatchObject({ credit: 150, isUnsure: true })
    expect(upgraded(having('var_a'), { credit })).toMatchObject({ credit: 0, isUnsure: true, step: { amount: 0 } })
    expect(upgraded(owned, { from: ['var_b'], credit })).toMatchObject({ credit: 150, isUnsure: false })
  })
})
