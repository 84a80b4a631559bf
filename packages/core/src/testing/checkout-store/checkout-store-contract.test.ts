import { describe, expect, test } from 'vitest'
import { createCheckoutStore } from '../../client/index.ts'
import { checkoutStoreContract } from './checkout-store-contract.ts'

describe.each(['in_process', 'remote'] as const)('the checkout store, %s', (kind) => {
  const cases = checkoutStoreContract({ createStore: createCheckoutStore, kind })
  test.each(cases)('$name', ({ run }) => run())
  test('has cases of different names', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  })
})
