import { describe, expect, it } from 'vitest'
import { quote } from './price-cart.ts'
import type { PricedPromotion } from './pricing-inputs.ts'
import { sampleCode, sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

const inputs = sampleInputs({
  lines: [{ id: 'a', variantId: 'var_a', quantity: 1 }],
  variants: variantsById(sampleVariant('var_a', 1000)),
})
const half = samplePromotion({ id: 'half', benefit: { type: 'percent', percent: '50' }, stacking: 'exclusive' })
const outdone = (changes: Partial<PricedPromotion>) => samplePromotion({ id: 'outdone', ...changes })
const tooFew = (changes: Partial<PricedPromotion>) =>
  samplePromotion({ id: 'few', conditions: [{ type: 'minimum_quantity', quantity: 3 }], ...changes })
const hinted = (...promotions: PricedPromotion[]) =>
  quote({ ...inputs, promotions }).hints?.map(({ promotion }) => promotion)

describe('hints', () => {
  it('stand by precedence, whatever the reasons', () => {
    expect(hinted(half, outdone({ priority: 2 }), tooFew({ priority: 1 }))).toEqual(['outdone', 'few'])
    expect(hinted(half, outdone({ priority: 1 }), tooFew({ priority: 2 }))).toEqual(['few', 'outdone'])
  })

  it('say nothing of a promotion behind a code, which the code says itself', () => {
    const answer = quote({
      ...inputs,
      promotions: [tooFew({ requiresCode: true })],
      codes: [sampleCode({ promotionId: 'few' })],
    })
    expect(answer.hints).toBeUndefined()
    expect(answer.codes).toMatchObject([{ refusal: 'below_minimum', missing: { quantity: 2 } }])
  })
})
