import { describe, expect, it } from 'vitest'
import { builtInRules } from '../promotion/index.ts'
import { createEstimateCart } from './estimate-cart.ts'
import { quote } from './price-cart.ts'
import type { PricedVariant, PricingInputs } from './pricing-inputs.ts'
import type { QuoteLine } from './quote.ts'
import { sampleInputs, samplePrice, samplePriceList, sampleVariant, variantsById } from './sample-inputs.ts'
import { shopperInputs } from './shopper-inputs.ts'

const REDUCED = sampleVariant('var_a', 800, {
  prices: [
    samplePrice(800, { compareAt: 1000 }),
    samplePrice(700, { minimumQuantity: 5, compareAt: 900 }),
    samplePrice(600, { minimumQuantity: 20 }),
  ],
  lowestRecent: 950,
})

const cart = (variant: PricedVariant, quantity = 1, changes: Partial<PricingInputs> = {}): PricingInputs =>
  sampleInputs({
    variants: variantsById(variant),
    lines: [{ id: 'a', variantId: variant.id, quantity }],
    ...changes,
  })

const compared = (
  inputs: PricingInputs,
): [QuoteLine['unitPrice'], QuoteLine['compareAt'], QuoteLine['lowestRecent']] => {
  const [line] = quote(inputs).lines
  if (line === undefined) throw new Error('The quote has no line.')
  return [line.unitPrice, line.compareAt, line.lowestRecent]
}

describe('what a line’s price of one unit is compared with', () => {
  it('is told beside a reduced price, with the lowest one of the 30 days before', () => {
    expect(compared(cart(REDUCED))).toEqual([800, 1000, 950])
  })

  it('is told without the lowest one where none is known', () => {
    expect(compared(cart({ ...REDUCED, lowestRecent: undefined }))).toEqual([800, 1000, undefined])
  })

  it('is that of the tier, whose past is not known, and nothing where the tier has none', () => {
    expect(compared(cart(REDUCED, 5))).toEqual([700, 900, undefined])
    expect(compared(cart(REDUCED, 20))).toEqual([600, undefined, undefined])
  })

  it('is no member of a line at a plain price, nor of one that cannot be sold', () => {
    expect(Object.keys(quote(cart(sampleVariant('var_a', 800))).lines[0] ?? {})).not.toContain('compareAt')
    const refused = quote(cart({ ...REDUCED, refusal: 'archived' })).lines[0] ?? {}
    expect(Object.keys(refused)).not.toContain('compareAt')
  })

  it('is nothing beside a test price, which is not the reduced one', () => {
    const assignments = [
      { variantId: 'var_a', experiment: 'x', price: { amount: 820, currency: 'EUR' }, promotions: 'stack' as const },
    ]
    expect(compared(cart(REDUCED, 1, { assignments }))).toEqual([820, undefined, undefined])
  })

  it('is nothing where an upgrade is credited', () => {
    const upgrade = { from: ['var_b'], credit: 'list_price_now' as const }
    const inputs = cart({ ...REDUCED, upgrade })
    const owned = { products: [], variants: ['var_b'] }
    const variants = { ...inputs.variants, var_b: sampleVariant('var_b', 300) }
    expect(compared({ ...inputs, variants })).toEqual([800, 1000, 950])
    expect(compared({ ...inputs, variants, shopper: { ...inputs.shopper, owned } })).toEqual([
      500,
      undefined,
      undefined,
    ])
  })

  it('is that of a program’s own price, and nothing once parts are left out', () => {
    const parts = ['b', 'c'].map((id) => ({ id, variantId: `var_${id}` }))
    const bundle = { parts, pricing: { type: 'own_price' as const }, ownedParts: 'leave_out' as const }
    const inputs = cart({ ...REDUCED, bundle })
    const variants = variantsById({ ...REDUCED, bundle }, sampleVariant('var_b', 500), sampleVariant('var_c', 500))
    const owned = { products: [], variants: ['var_b'] }
    expect(compared({ ...inputs, variants })).toEqual([800, 1000, 950])
    expect(compared({ ...inputs, variants, shopper: { ...inputs.shopper, owned } })).toEqual([
      400,
      undefined,
      undefined,
    ])
  })

  it('is nothing where the price moved to the taxes of another place', () => {
    const rate = (country: string, percent: string) => ({
      ...{ id: country, country, category: '*', name: 'VAT', rate: percent },
    })
    const site = { ...sampleInputs().site, foreignPrices: 'same_net' as const, country: 'DE' }
    const elsewhere = {
      ...{ site, place: { country: 'FR', basis: 'declared' as const } },
      taxRates: [rate('DE', '0'), rate('FR', '10')],
    }
    expect(compared(cart(REDUCED, 1, elsewhere))).toEqual([880, undefined, undefined])
  })

  it('is nothing for a bundle that costs what its parts do, and has no price of its own', () => {
    const parts = ['b', 'c'].map((id) => ({ id, variantId: `var_${id}` }))
    const pricing = { type: 'sum_less_percent' as const, percent: '10' }
    const pack = sampleVariant('var_pack', null, { bundle: { parts, pricing, ownedParts: 'sell_all' } })
    const variants = variantsById(pack, sampleVariant('var_b', 500), sampleVariant('var_c', 500))
    expect(compared({ ...cart(pack), variants })).toEqual([900, undefined, undefined])
  })

  it('is the same on a page, whose lists have lost their windows', () => {
    const priceLists = [samplePriceList({ from: '2026-06-01T00:00:00.000Z', until: '2026-07-01T00:00:00.000Z' })]
    const inputs = cart(REDUCED, 1, { priceLists })
    const answer = quote(inputs)
    const shown = shopperInputs(inputs, answer, builtInRules)
    if (shown === null) throw new Error('The page was given nothing.')
    const inPage = (quantity: number) =>
      createEstimateCart()(
        { inputs: shown, quote: answer },
        { lines: [{ id: 'a', variantId: 'var_a', quantity }], codes: [] },
      )?.lines[0]
    expect(inPage(1)).toMatchObject({ unitPrice: 800, compareAt: 1000, lowestRecent: 950 })
    expect(inPage(5)).toMatchObject({ unitPrice: 700, compareAt: 900 })
  })
})
