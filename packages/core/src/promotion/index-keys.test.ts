import { describe, expect, it } from 'vitest'
import { isBroadKey, lineIndexKeys, shopperIndexKeys } from './index-keys.ts'

describe('the keys of a line', () => {
  const line = { variantId: 'v', productId: 'p', productType: 'course' }
  it('are its variant, its product, its type, and each of its collections', () => {
    expect(lineIndexKeys(line)).toStrictEqual(['variant:v', 'product:p', 'product_type:course'])
    expect(lineIndexKeys({ ...line, collections: ['c', 'd'] })).toStrictEqual([
      ...['variant:v', 'product:p', 'product_type:course', 'collection:c', 'collection:d'],
    ])
  })
})

describe('the keys of a shopper', () => {
  it.each([
    [null, [], []],
    ['cus_1', [], ['customer:cus_1']],
    [null, ['staff', 'press'], ['group:staff', 'group:press']],
    ['cus_1', ['staff'], ['customer:cus_1', 'group:staff']],
  ])('%s in %j', (customerId, groups, expected) => {
    expect(shopperIndexKeys({ customerId, groups })).toStrictEqual(expected)
  })
})

describe('a key that many carts have', () => {
  it.each([
    ['product_type:course', true],
    ['group:staff', true],
    ['product:product_type:course', false],
    ['variant:group:staff', false],
    ['collection:c', false],
    ['customer:cus_1', false],
  ])('%s: %s', (key, expected) => {
    expect(isBroadKey(key)).toBe(expected)
  })
})
