import { expect, test } from 'vitest'
import { quote } from './price-cart.ts'
import { sampleInputs, sampleVariant, variantsById } from './sample-inputs.ts'

test('parts of a bundle move against each other, also where their sum stays as it was', () => {
  const cheaper = sampleVariant('var_a', 100, { taxCategory: 'a' })
  const dearer = sampleVariant('var_b', 110, { taxCategory: 'b' })
  const parts = [
    { id: 'part_a', variantId: 'var_a' },
    { id: 'part_b', variantId: 'var_b' },
  ]
  const program = sampleVariant('var_p', 210, {
    bundle: { parts, pricing: { type: 'own_price' }, ownedParts: 'sell_all' },
  })
  const rate = (country: string, category: string, percent: string) => ({
    ...{ id: `${country}-${category}`, country, category },
    ...{ name: 'VAT', rate: percent },
  })
  const answer = quote(
    sampleInputs({
      site: { ...sampleInputs().site, foreignPrices: 'same_net', country: 'DE' },
      place: { country: 'FR', basis: 'declared' },
      variants: variantsById(cheaper, dearer, program),
      lines: [{ id: 'lin_1', variantId: 'var_p', quantity: 2 }],
      taxRates: [rate('DE', 'b', '10'), rate('FR', 'a', '10')],
    }),
  )
  // 100 gets 10 % of France, 110 loses 10 % of Germany: 110 and 100, together 210 as before.
  expect(answer.lines[0]?.parts.map(({ base, tax }) => [base, tax])).toEqual([
    [220, 20],
    [200, 0],
  ])
  expect(answer).toMatchObject({ base: 420, total: 420, tax: 20 })
})
