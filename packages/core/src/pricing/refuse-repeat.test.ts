import { describe, expect, it } from 'vitest'
import type { PricedLine, PricedVariant } from './pricing-inputs.ts'
import { soldByBundles } from './refuse-repeat.ts'
import { sampleVariant, variantsById } from './sample-inputs.ts'

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
