import { expect, test } from 'vitest'
import { addLine, createCart } from '../cart/index.ts'
import { orders } from '../order/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { startCheckout } from './index.ts'

/** A customer orders a book at a set instant. Answers what it was priced from. */
async function buyBook(shop: ShopFixture, now: string): Promise<string | undefined> {
  const { cart } = await createCart(shop.ports, shop.call(shop.customer()), {})
  const line = { cartId: cart.id, lineId: 'l1', variantId: shop.ids.variants.book }
  const { quote } = await addLine(shop.ports, shop.call(shop.customer()), line)
  const { order } = await startCheckout(shop.ports, shop.call(shop.customer(), { now }), {
    cartId: cart.id,
    expectedTotal: { amount: quote.total, currency: quote.currency },
    paymentToken: 'tok_approve',
  })
  expect(order.state).toBe('placed')
  const [stored] = await readAll(shop.storage, { operator: 'opr_school', site: 'main' }, byId(orders, order.id))
  return stored?.body.inputsHash
}

test('carts that are priced from the very same inputs are orders of their own, which share those inputs', async () => {
  const shop = await shopFixture()
  await buyBook(shop, '2026-01-01T12:00:00.000Z')
  const before = await buyBook(shop, '2026-01-01T13:00:00.000Z')
  expect(await buyBook(shop, '2026-01-01T13:00:00.000Z')).toBe(before)
})
