import { test } from 'vitest'
import { orders } from '../order/index.ts'
import { byId, put, readAll } from '../storage/index.ts'
import { shopFixture } from './shop-fixture.ts'

// A test that fails after its own last line is the proof that the doctor comes, and that its findings count.
test.fails('a test that leaves the books broken fails, though it looks at nothing', async () => {
  const shop = await shopFixture()
  const { order } = await shop.buy()
  const scope = { operator: shop.ids.operator, site: 'main' }
  const [stored] = await readAll(shop.storage, scope, byId(orders, order.id))
  if (stored === null) return
  await shop.storage.commit(scope, [put(orders, stored, { ...stored.body, base: stored.body.base + 1 })])
})
