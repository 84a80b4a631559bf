import { expect, test } from 'vitest'
import { BursarError } from '../../errors/index.ts'
import { memoryShop } from '../../testing/index.ts'
import { createCartStore } from './create-cart-store.ts'

const shop = await memoryShop()
const client = shop.commerce.as({ type: 'shopper', site: 'main' })

test('a wait that no timer could count is one of a day', async () => {
  const waits: number[] = []
  const nothing = { getItem: () => null, setItem() {}, removeItem() {} }
  const store = createCartStore({
    client: {
      ...client,
      carts: { ...client.carts, get: () => Promise.reject(new BursarError('rate_limited', { retryAfter: 4_000_000 })) },
    },
    cartId: 'crt_1',
    page: {
      shared: nothing,
      own: nothing,
      randomBytes: (count) => new Uint8Array(count),
      sleep: (milliseconds) => new Promise(() => waits.push(milliseconds)),
      isHidden: () => false,
      onReturn: () => () => {},
      openChannel: () => null,
    },
  })
  await store.refresh()
  expect(waits).toEqual([86_400_000])
})
