import { describe, expect, it } from 'vitest'
import { quote } from './price-cart.ts'
import type { PricedCode, PricedPromotion } from './pricing-inputs.ts'
import { sampleCode, sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

const answered = (promotions: readonly PricedPromotion[], code: Partial<PricedCode>) =>
  quote(
    sampleInputs({
      lines: [{ id: 'a', variantId: 'var_a', quantity: 1 }],
      variants: variantsById(sampleVariant('var_a', 1000)),
      promotions,
      codes: [sampleCode(code)],
    }),
  ).codes

describe('a discount that the host signed', () => {
  const signed = { percent: '5' }
  const loyal = samplePromotion({ id: 'pro_2', name: 'Loyal learners', requiresCode: true, signedByHost: true })

  it('is named by its own promotion', () => {
    const other = samplePromotion({ conditions: [{ type: 'countries', countries: ['FR'] }] })
    expect(answered([other, loyal], { code: 'token', promotionId: 'pro_2', signed })).toStrictEqual([
      { id: 'cod_1', code: 'token', name: 'Loyal learners', applied: true, refusal: null },
    ])
  })

  it('is not valid, and has no name, where its promotion is gone', () => {
    expect(answered([], { code: 'token', promotionId: 'pro_2', signed })).toStrictEqual([
      { id: 'cod_1', code: 'token', applied: false, refusal: 'not_valid' },
    ])
  })
})

describe('a code that somebody typed', () => {
  it('has no name', () => {
    expect(answered([samplePromotion({ requiresCode: true })], {})).toStrictEqual([
      { id: 'cod_1', code: 'SPRING', applied: true, refusal: null },
    ])
  })
})
