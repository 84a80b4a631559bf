import { expect, it } from 'vitest'
import { listPriceStep } from './list-price-step.ts'
import { samplePrice } from './sample-inputs.ts'

it.each([
  [1, undefined, 'List price'],
  [2, undefined, 'List price for 2 or more'],
  [1, 'Algebra', 'List price of Algebra'],
  [10, 'Algebra', 'List price of Algebra for 10 or more'],
])('a price from %i on of %s is called %s', (minimumQuantity, title, reason) => {
  expect(
    listPriceStep(samplePrice(500, { minimumQuantity }), {
      quantity: 12,
      title,
      there: { amount: 500, reason: 'at the taxes of FR' },
    }),
  ).toEqual({
    ...{ step: 'price', amount: 6000, reason },
    cause: { type: 'price_list', priceList: 'prl_1', minimumQuantity },
  })
})

it('a price that is another at the place of sale says why', () => {
  const there = { amount: 420, reason: 'at the taxes of FR' }
  expect(listPriceStep(samplePrice(500), { quantity: 2, there })).toMatchObject({
    ...{ amount: 840, reason: 'List price at the taxes of FR' },
  })
})
