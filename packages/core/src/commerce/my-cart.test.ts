import { expect, test } from 'vitest'
import { addresses, SYSTEM_SCOPE, siteAddress } from '../site/index.ts'
import { insert } from '../storage/index.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { createCommerce } from './index.ts'

async function shop() {
  const { storage, runtime, ports } = await shopFixture()
  await storage.commit(SYSTEM_SCOPE, [
    insert(addresses, siteAddress('main'), { id: siteAddress('main'), operator: OPERATOR, site: 'main' }),
  ])
  const { payments, fulfilment, secrets } = ports
  const commerce = createCommerce({ storage, runtime, payments, fulfilment, secrets })
  const of = (customerId: string) => commerce.as({ type: 'customer', site: 'main', customerId })
  return { runtime, of }
}

test('me.cart is the newest cart that was not ordered, however many were', async () => {
  const { runtime, of } = await shop()
  const ann = of('ann')
  expect(await ann.me.cart()).toBeNull()
  const { cart: oldest } = await ann.carts.create({})
  for (let order = 0; order < 22; order += 1) {
    await runtime.advance(1000)
    const { cart, quote } = await ann.carts.create({ lines: [{ lineId: 'a', variantId: 'var_book' }] })
    expect((await ann.me.cart())?.cart.id).toBe(cart.id)
    const payment = { paymentAccount: 'card_main', paymentToken: 'tok_approve' }
    await ann.carts.checkout(
      { cartId: cart.id, expectedTotal: { amount: quote.total, currency: quote.currency }, ...payment },
      { idempotencyKey: `order-number-${order}` },
    )
  }
  expect(await ann.me.cart()).toEqual(await ann.carts.get({ cartId: oldest.id }))
  await runtime.advance(1000)
  const { cart: newest } = await ann.carts.create({ currency: 'EUR' })
  expect((await ann.me.cart())?.cart.id).toBe(newest.id)
  expect(await of('bob').me.cart()).toBeNull()
})
