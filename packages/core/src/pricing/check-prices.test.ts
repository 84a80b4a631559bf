import { describe, expect, it } from 'vitest'
import { MAXIMUM_PRICE } from '../money/index.ts'
import { checkPrices } from './check-prices.ts'
import type { Price } from './price-list.ts'
import { samplePrice } from './sample-inputs.ts'

const lists = new Set(['prl_1', 'prl_2'])
/** Each as `path: message`. */
const issues = (...prices: Price[]) =>
  checkPrices(prices, lists, 'variants.0.prices').map(({ path, message }) => `${path}: ${message}`)

describe('the prices of a variant', () => {
  it.each<[what: string, prices: Price[]]>([
    ['none', []],
    ['one', [samplePrice(1000)]],
    ['a price of nothing', [samplePrice(0)]],
    ['the highest', [samplePrice(MAXIMUM_PRICE)]],
    ['one reduced by the least', [samplePrice(999, { compareAt: 1000 })]],
    ['one that is not reduced', [samplePrice(1000, { compareAt: null })]],
    ['a second quantity', [samplePrice(1000), samplePrice(900, { minimumQuantity: 2 })]],
    ['a second list', [samplePrice(1000), samplePrice(1000, { priceList: 'prl_2' })]],
  ])('are good: %s', (_, prices) => {
    expect(issues(...prices)).toEqual([])
  })

  const amount = 'variants.0.prices.0.amount: must be whole minor units, 0 to 40000000000'
  const quantity = 'variants.0.prices.0.minimumQuantity: must be 1 or more'
  const compareAt = 'variants.0.prices.0.compareAt: must be more than the amount, or null'
  it.each<[what: string, price: Price, issue: string]>([
    [
      'in a list that is not there',
      samplePrice(1000, { priceList: 'prl_3' }),
      'variants.0.prices.0.priceList: names no price list that this shop has',
    ],
    ['below nothing', samplePrice(-1), amount],
    ['above the highest', samplePrice(MAXIMUM_PRICE + 1), amount],
    ['of half a cent', samplePrice(0.5), amount],
    ['from no unit', samplePrice(1000, { minimumQuantity: 0 }), quantity],
    ['from half a unit more', samplePrice(1000, { minimumQuantity: 1.5 }), quantity],
    ['compared with itself', samplePrice(1000, { compareAt: 1000 }), compareAt],
    ['compared with less', samplePrice(1000, { compareAt: 999 }), compareAt],
    ['compared with half a cent more', samplePrice(1000, { compareAt: 1000.5 }), compareAt],
  ])('are refused: one %s', (_, price, issue) => {
    expect(issues(price)).toEqual([issue])
  })

  it('are refused where two are for one list and quantity, and the second is named', () => {
    expect(issues(samplePrice(1000), samplePrice(2000, { priceList: 'prl_2' }), samplePrice(900))).toEqual([
      'variants.0.prices.2: is a second price for this list and quantity',
    ])
  })

  it('are refused with all that is wrong, in their order', () => {
    expect(issues(samplePrice(-1, { minimumQuantity: 0 }), samplePrice(0.5))).toEqual([
      amount,
      quantity,
      'variants.0.prices.1.amount: must be whole minor units, 0 to 40000000000',
    ])
  })
})
