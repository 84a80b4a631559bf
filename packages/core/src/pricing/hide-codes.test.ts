import { expect, test } from 'vitest'
import { explainQuote } from './explain-quote.ts'
import { hideCodesOfQuote } from './hide-codes.ts'
import { quote } from './price-cart.ts'
import { sampleCode, sampleInputs, samplePromotion, sampleVariant, variantsById } from './sample-inputs.ts'

/** Priced with a code. */
const priced = (word: string) =>
  quote(
    sampleInputs({
      lines: [{ id: 'a', variantId: 'var_a', quantity: 1 }],
      variants: variantsById(sampleVariant('var_a', 1000)),
      promotions: [
        samplePromotion({ requiresCode: true }),
        samplePromotion({ id: 'pro_2', name: 'Sale with love', benefit: { type: 'percent', percent: '10' } }),
      ],
      codes: [sampleCode({ code: word })],
    }),
  )

test('a quote without its codes says everything else', () => {
  const open = priced('SPRING')
  const hidden = hideCodesOfQuote(open)
  expect(JSON.parse(JSON.stringify(open).replaceAll('SPRING', 'SP…'))).toEqual(JSON.parse(JSON.stringify(hidden)))
  expect(explainQuote(hidden)).toContain('Code SP…: applied')
  expect(JSON.stringify(open)).toContain('SPRING')
})

test('a code keeps no more than its first two letters, and never all, however it is written', () => {
  expect(hideCodesOfQuote(priced('🎁🎉🎈')).codes).toMatchObject([{ code: '🎁🎉…' }])
  expect(hideCodesOfQuote(priced('A')).codes).toMatchObject([{ code: '…' }])
  expect(hideCodesOfQuote(priced('AB')).codes).toMatchObject([{ code: 'A…' }])
})
