import { describe, expect, it } from 'vitest'
import type { TaxRate } from '../tax/index.ts'
import { quote } from './price-cart.ts'
import type { PricedVariant } from './pricing-inputs.ts'
import { sampleInputs, sampleVariant, variantsById } from './sample-inputs.ts'

const GST: TaxRate = { id: 'qc', country: 'CA', region: 'QC', category: '*', name: 'GST', rate: '5' }

/** What the steps of tax say of 100.00 without tax, at a place with these rates. */
const stepsOf = (taxRates: TaxRate[], ...variants: [PricedVariant, ...PricedVariant[]]) => {
  const answer = quote(
    sampleInputs({
      site: { ...sampleInputs().site, priceBasis: 'exclusive' },
      place: { country: 'CA', region: 'QC', basis: 'declared' },
      variants: variantsById(...variants),
      lines: [{ id: 'lin_1', variantId: variants[0].id, quantity: 1 }],
      taxRates,
    }),
  )
  const steps = answer.lines[0]?.adjustments.filter(({ step }) => step === 'tax') ?? []
  return steps.map(({ amount, reason }) => `${amount} ${reason}`)
}

const course = sampleVariant('var_a', 10_000)

describe('each tax is a step of its own', () => {
  it('where only its name is another', () => {
    expect(stepsOf([{ ...GST, more: [{ name: 'QST', rate: '5' }] }], course)).toEqual([
      ...['500 plus 5 % GST', '500 plus 5 % QST'],
    ])
  })

  it('where only its rate is another', () => {
    expect(stepsOf([{ ...GST, more: [{ name: 'GST', rate: '7' }] }], course)).toEqual([
      ...['500 plus 5 % GST', '700 plus 7 % GST'],
    ])
  })

  it('where only the one whose tax it is is another', () => {
    expect(stepsOf([{ ...GST, level: 'country', more: [{ name: 'GST', rate: '5' }] }], course)).toHaveLength(2)
  })

  it('where only the rate that names it is another; of all parts together where it is the same', () => {
    const parts = [
      sampleVariant('var_a', 5000, { taxCategory: 'a' }),
      sampleVariant('var_b', 3000, { taxCategory: 'b' }),
      sampleVariant('var_c', 2000, { taxCategory: 'b' }),
    ]
    const program = sampleVariant('var_p', 10_000, {
      bundle: {
        parts: parts.map(({ id }) => ({ id: id.replace('var', 'part'), variantId: id })),
        ...{ pricing: { type: 'own_price' }, ownedParts: 'sell_all' },
      },
    })
    const rates = [
      { ...GST, id: 'qc-a', category: 'a' },
      { ...GST, id: 'qc-b', category: 'b' },
    ]
    expect(stepsOf(rates, program, ...parts)).toEqual(['250 plus 5 % GST', '250 plus 5 % GST'])
  })
})

it('a line that can’t be sold names what is known of it and costs nothing', () => {
  const { lines } = quote(
    sampleInputs({
      variants: variantsById(sampleVariant('var_a', null)),
      lines: ['var_a', 'var_x'].map((variantId) => ({ id: `lin_${variantId}`, variantId, quantity: 2 })),
    }),
  )
  const nothing = { unitPrice: 0, base: 0, discount: 0, net: 0, tax: 0, total: 0, adjustments: [], parts: [] }
  expect(lines).toMatchObject([
    { ...nothing, quantity: 2, productId: 'prd_a', title: 'Title of var_a', variantName: 'verified' },
    { ...nothing, quantity: 2, productId: '', title: '', variantName: '' },
  ])
})
