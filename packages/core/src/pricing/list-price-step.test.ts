import { expect, it } from 'vitest'
import { listPriceStep } from './list-price-step.ts'
import { samplePrice } from './sample-inputs.ts'

it.each([
  [1, undefined, 'List price'],
  [2, undefined, 'List price for 2 or more'],
  [1, 'Algebra', 'List price of Algebra'],
  [10, 'Algebra', 'List price of Algebra for 10 or more'],
])('a price from %i on of %s is called %s', (minimumQuantity, title, reason) => {
  expect(listPriceStep(samplePrice(500, { minimumQuantity }), 12, title)).toEqual({
    ...{ step: 'price', amount: 6000, reason },
    cause: { type: 'price_list', priceList: 'prl_1', minimumQuantity },
  })
})
