import { describe, expect, it } from 'vitest'
import { builtInRules } from '../promotion/index.ts'
import { createEstimateCart, type ShownCart } from './estimate-cart.ts'
import type { PageInputs } from './page-inputs.ts'
import { quote } from './price-cart.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import { sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'
import { shopperInputs } from './shopper-inputs.ts'

const estimateCart = createEstimateCart()

const line = (id: string, variantId: string, quantity = 1) => ({ id, variantId, quantity })

const cart = (changes: Partial<PricingInputs> = {}): PricingInputs =>
  sampleInputs({
    lines: [line('a', 'var_a'), line('b', 'var_b')],
    variants: variantsById(sampleVariant('var_a', 1000), sampleVariant('var_b', 500)),
    ...changes,
  })

/** What a page shows that was sent `inputs`, perhaps changed on the way. */
const shown = (inputs: PricingInputs, lines: ShownCart['lines'], changes: Partial<PageInputs> = {}) => {
  const sent = shopperInputs(inputs, quote(inputs), builtInRules)
  if (sent === null) throw new Error('Nothing was sent.')
  return estimateCart({ inputs: { ...sent, ...changes }, quote: quote(inputs) }, { lines, codes: [] })?.total ?? null
}

describe('a page estimates', () => {
  it('other quantities and fewer lines', () => {
    expect(shown(cart(), [line('a', 'var_a', 3)])).toBe(3000)
  })

  it('nothing from inputs of another version', () => {
    expect(shown(cart(), cart().lines, { version: '0.1' })).toBe(null)
  })

  it('nothing with a kind of promotion that it does not have, rather than a total without it', () => {
    const sent = (type: 'percent' | 'acme:other') => [
      {
        promotion: { ...samplePromotion(), benefit: { type, percent: '10' } as never },
        ...{ conditions: [], codes: null, money: null, step: 'cart_promotion' as const, isUncertain: false },
      },
    ]
    expect(shown(cart(), cart().lines, { promotions: sent('percent') })).toBe(1350)
    expect(shown(cart(), cart().lines, { promotions: sent('acme:other') })).toBe(null)
  })

  it('lines that stand in each other’s way as they are, and no others', () => {
    const inputs = cart({
      variants: variantsById(
        sampleVariant('var_a', 1000),
        sampleVariant('var_b', 500, { prerequisite: { variants: ['var_a'], policy: 'refuse' } }),
      ),
    })
    const owner = { ...inputs, shopper: { ...inputs.shopper, owned: { products: [], variants: [] } } }
    expect(shown(owner, owner.lines)).toBe(1500)
    expect(shown(owner, [line('b', 'var_b')])).toBe(null)
    expect(shown(owner, [line('a', 'var_a', 2), line('b', 'var_b')])).toBe(null)
  })

  it.each([0, 0.5, 2000])('nothing for a quantity that can’t be bought: %s', (quantity) => {
    expect(shown(cart(), [line('a', 'var_a', quantity)])).toBe(null)
  })
})
