import { describe, expect, it } from 'vitest'
import { builtInRules } from '../promotion/index.ts'
import { findPromotions } from './find-promotions.ts'
import { sampleInputs, samplePromotion } from './sample-inputs.ts'

const find = findPromotions(
  [
    samplePromotion({ id: 'everywhere' }),
    samplePromotion({ id: 'north', sites: ['south', 'north'] }),
    samplePromotion({ id: 'main', sites: ['main'] }),
    samplePromotion({ id: 'nowhere', sites: [] }),
    samplePromotion({ id: 'of-b', conditions: [{ type: 'variants', variants: ['var_b'] }] }),
  ],
  builtInRules,
)
const found = (site: string, variantId = 'var_a') =>
  find(site, [{ variantId, productId: 'prd_a', productType: 'course' }], sampleInputs().shopper).map(({ id }) => id)

describe('the promotions that could touch a cart', () => {
  it('are those of its site and those of all, in their order', () => {
    expect(found('main')).toEqual(['everywhere', 'main'])
    expect(found('north')).toEqual(['everywhere', 'north'])
    expect(found('elsewhere')).toEqual(['everywhere'])
  })

  it('are the same when they are asked for again, and others for another cart', () => {
    expect(found('main')).toEqual(found('main'))
    expect(found('main', 'var_b')).toEqual(['everywhere', 'main', 'of-b'])
    expect(found('north', 'var_b')).toEqual(['everywhere', 'north', 'of-b'])
  })
})
