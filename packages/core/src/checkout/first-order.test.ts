import { expect, test } from 'vitest'
import { promotions } from '../promotion/index.ts'
import { byId, put, readAll } from '../storage/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { claimOrderFor } from './claim-order.ts'

const scope = { operator: OPERATOR }

/** The code SPRING, without limits of its own, for first orders only. */
async function shopForFirstOrders(): Promise<ShopFixture> {
  const shop = await shopFixture()
  const [spring] = await readAll(shop.storage, scope, byId(promotions, shop.ids.promotions.spring))
  if (spring === null) throw new Error('The fixture has the promotion.')
  const limits = { uses: null, usesPerCustomer: null }
  const body = { ...spring.body, limits, conditions: [{ type: 'first_order' as const }] }
  await shop.storage.commit(scope, [put(promotions, spring, body)])
  return shop
}

const lines = (shop: ShopFixture) => [{ variantId: shop.ids.variants.book }]

test('a promotion of first orders counts for the first, on whichever site, and for no other', async () => {
  const shop = await shopForFirstOrders()
  const first = await shop.buy({ lines: lines(shop), codes: ['SPRING'] })
  expect(first.order).toMatchObject({ state: 'placed', discount: 600 })
  const elsewhere = await shop.buy({ lines: lines(shop), codes: ['SPRING'], site: shop.ids.sites.north })
  expect(elsewhere.order.discount).toBe(0)
  const other = await shop.buy({ lines: lines(shop), codes: ['SPRING'], hostId: 'learner-2' })
  expect(other.order.discount).toBe(600)
  await assertHealthy(shop.storage, scope)
})

test('an order that was never paid does not count, and its discount is not lost', async () => {
  const shop = await shopForFirstOrders()
  const declined = await shop.buy({ lines: lines(shop), codes: ['SPRING'], paymentToken: 'tok_decline' })
  expect(declined.order).toMatchObject({ state: 'pending', discount: 600 })
  await shop.runtime.advance(60 * 60_000)
  await shop.runJobs()
  const next = await shop.buy({ lines: lines(shop), codes: ['SPRING'] })
  expect(next.order).toMatchObject({ state: 'placed', discount: 600 })
  await assertHealthy(shop.storage, scope)
})

test('a guest whose first order was claimed has no other first order', async () => {
  const shop = await shopForFirstOrders()
  const asGuest = { hostId: null, lines: lines(shop), codes: ['SPRING'] }
  const { order } = await shop.buy(asGuest)
  expect(order.discount).toBe(600)
  await claimOrderFor(shop.ports, shop.call(shop.staff()), { orderId: order.id, hostId: 'learner-1' })
  await expect(shop.buy(asGuest)).rejects.toMatchObject({ code: 'price_changed' })
})

test('of two first orders at once one gets the discount', async () => {
  const shop = await shopForFirstOrders()
  const buy = () => shop.buy({ lines: lines(shop), codes: ['SPRING'] }).catch((error: unknown) => error)
  const both = await Promise.all([buy(), buy()])
  const discounts = both.map((one) =>
    one instanceof Error ? one.message : (one as { order: { discount: number } }).order.discount,
  )
  expect(discounts.filter((discount) => discount === 600)).toHaveLength(1)
  await assertHealthy(shop.storage, scope)
})
