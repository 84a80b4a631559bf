import { describe, expect, test } from 'vitest'
import { createCartStore } from '../../client/index.ts'
import { cartStoreContract } from './cart-store-contract.ts'
import { cartStoreFaults } from './cart-store-faults.ts'
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

describe('a cart store of which', () => {
  test.each(cartStoreFaults)(
    '$name is caught',
    async ({ name, createStore }) => {
      let caughtBy: string | null = null
      for (const { name: rule, run } of cartStoreContract({ createStore, shop: inProcessShop })) {
        await run().catch(() => {
          caughtBy = rule
        })
        if (caughtBy !== null) break
      }
      console.info(`${name}\n  caught by ${caughtBy}`)
      expect(caughtBy).not.toBeNull()
    },
    60_000,
  )
})
