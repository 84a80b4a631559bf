import { describe, expect, it } from 'vitest'
import { explainQuote } from './explain-quote.ts'
import { quote } from './price-cart.ts'
import { sampleCode, sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

describe('explainQuote', () => {
  it('lists each step, code and total', () => {
    const answer = quote(
      sampleInputs({
        lines: [
          { id: 'a', variantId: 'var_a', quantity: 2 },
          { id: 'b', variantId: 'var_b', quantity: 1 },
        ],
        variants: variantsById(sampleVariant('var_a', 4999, { title: 'Knots' }), sampleVariant('var_b', null)),
        promotions: [samplePromotion({ requiresCode: true, customerUsesLeft: 'unknown' })],
        codes: [sampleCode(), sampleCode({ id: 'cod_2', code: 'AUTUMN', status: 'revoked' })],
        taxRates: [{ id: 'de', country: 'DE', category: '*', name: 'VAT', rate: '19' }],
      }),
    )
    expect(explainQuote(answer)).toStrictEqual([
      '2 × Knots (verified): 79.98',
      '  List price: 99.98',
      '  20 % off with SPRING: -20.00',
      '  incl. 19 % VAT: 12.77',
      '1 × Title of var_b (verified): it has no price here in this currency',
      'Code SPRING: applied',
      'Code AUTUMN: it is not valid',
      'Discount: -20.00 EUR',
      'Net: 67.21 EUR',
      'Tax: 12.77 EUR (DE, assumed)',
      'Total: 79.98 EUR',
      'Provisional: some discounts are decided at checkout.',
    ])
  })

  it('says what is missing, and what applies instead', () => {
    const few = [{ type: 'minimum_quantity', quantity: 3 }] as const
    const answer = quote(
      sampleInputs({
        lines: [{ id: 'a', variantId: 'var_a', quantity: 1 }],
        variants: variantsById(sampleVariant('var_a', 1000)),
        promotions: [
          samplePromotion({
            id: 'half',
            name: 'Half',
            benefit: { type: 'percent', percent: '50' },
            stacking: 'exclusive',
          }),
          samplePromotion({ requiresCode: true }),
          samplePromotion({ id: 'many', name: 'Many', conditions: few }),
          samplePromotion({ id: 'gift', name: 'Gift', benefit: { type: 'free_gift', variant: 'var_b', quantity: 1 } }),
        ],
        codes: [sampleCode()],
      }),
    )
    expect(explainQuote(answer).filter((text) => /^(Code|Not applied)/.test(text))).toStrictEqual([
      'Code SPRING: it does not go together with the other discounts, which give more (Half)',
      'Not applied: Gift: it gives nothing for these items; it needs var_b',
      'Not applied: Many: the items do not reach its minimum; it needs 2 more',
    ])
  })

  it('names a variant that is not known by its id', () => {
    const answer = quote(sampleInputs({ lines: [{ id: 'a', variantId: 'var_gone', quantity: 1 }] }))
    expect(explainQuote(answer)).toStrictEqual([
      '1 × var_gone: it is not sold here',
      'Net: 0.00 EUR',
      'Tax: 0.00 EUR (DE, assumed)',
      'Total: 0.00 EUR',
    ])
  })
})
