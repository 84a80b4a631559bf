import { describe, expect, test } from 'vitest'
import { createCheckoutStore } from '../../client/index.ts'
import { checkoutStoreContract } from './checkout-store-contract.ts'
import { checkoutStoreFaults } from './checkout-store-faults.ts'

describe.each(['in_process', 'remote'] as const)('the checkout store, %s', (kind) => {
  const cases = checkoutStoreContract({ createStore: createCheckoutStore, kind })
  test.each(cases)('$name', ({ run }) => run())
  test('has cases of different names', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  })
})

describe('a checkout store of which', () => {
  test.each(checkoutStoreFaults)(
    '$name is caught',
    async ({ name, createStore }) => {
      let caughtBy: string | null = null
      for (const { name: rule, run } of checkoutStoreContract({ createStore })) {
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
