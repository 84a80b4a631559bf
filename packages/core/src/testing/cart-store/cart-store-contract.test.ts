import { describe, expect, test } from 'vitest'
import { createCartStore } from '../../client/index.ts'
import { cartStoreContract } from './cart-store-contract.ts'
import { inProcessShop, remoteShop } from './store-shops.ts'

describe.each([
  ['in process', inProcessShop],
  ['over a network', remoteShop],
])('the cart store %s', (_, shop) => {
  const cases = cartStoreContract({ createStore: createCartStore, shop })
  test.each(cases)('$name', ({ run }) => run())
  test('has cases of different names', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  })
})
