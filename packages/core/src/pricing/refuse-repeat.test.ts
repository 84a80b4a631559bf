import { describe, expect, it } from 'vitest'
import type { PaidPrice } from '../promotion/index.ts'
import type { PricedLine, PricedVariant } from './pricing-inputs.ts'
import { owesUpgraded, soldByBundles } from './refuse-repeat.ts'
import { sampleInputs, sampleVariant, variantsById } from './sample-inputs.ts'

const bundle = { parts: [], pricing: { type: 'own_price' as const }, ownedParts: 'sell_all' as const }
const once = sampleVariant('var_a', 1000, { repeatable: false })
const again = sampleVariant('var_b', 1000)
const line = (changes: Partial<PricedLine> = {}): PricedLine => ({
  ...{ id: 'p', variantId: 'var_p', quantity: 1 },
  ...changes,
})
const sold = (changes: Partial<PricedVariant>, of: PricedLine = line()) => [
  ...soldByBundles([of], variantsById(sampleVariant('var_p', 1500, { bundle, ...changes })), () => [once, again]),
]

describe('what bundles of a cart sell to the shopper once', () => {
  it('is of their parts what nobody has twice', () => {
    expect(sold({})).toContain('var_a')
  })

  it.each<[what: string, variant: Partial<PricedVariant>, of?: PricedLine]>([
    ['that is not sold itself', { refusal: 'not_published' }],
    ['that is none', { bundle: null }],
    ['for somebody else', {}, line({ forOthers: true })],
    ['of several units, which are not all for the shopper', {}, line({ quantity: 2 })],
    ['that is not there', {}, line({ variantId: 'var_gone' })],
  ])('is nothing of one %s', (_, variant, of = line()) => {
    expect(sold(variant, of)).toEqual([])
  })
})

describe('an upgrade from what is owed', () => {
  const owes = (credit: NonNullable<PricedVariant['upgrade']>['credit'], paid: Partial<PaidPrice>) => {
    const owned = { products: [], variants: ['var_a'], paid: { var_a: { amount: 0, listPrice: 1000, ...paid } } }
    const variant = sampleVariant('var_b', 1500, { upgrade: { from: ['var_a'], credit } })
    return owesUpgraded(line(), variant, { ...sampleInputs().shopper, owned })
  }

  it.each<[string, Partial<PaidPrice>, money: boolean, list: boolean]>([
    ['that is paid', {}, false, false],
    // So inputs say that were stored before it was told apart.
    ['of which nothing else is said', { isOwed: true }, true, true],
    ['of which none will be credited', { isOwed: true, isUncredited: true }, false, true],
  ])('%s', (_, paid, money, list) => {
    expect([owes('money_paid', paid), owes('list_price_then', paid), owes('list_price_now', paid)]).toEqual([
      ...[money, list, list],
    ])
  })
})
