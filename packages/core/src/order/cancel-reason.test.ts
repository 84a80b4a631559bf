import { expect, test } from 'vitest'
import { campusShop } from '../testing/campus-shop.ts'

test('what staff write about an order that they end is for themselves', async () => {
  const shop = await campusShop()
  const { admin, orders } = shop.system
  const modes = await shop.course('bees', { verified: 6000 })
  const paymentToken = 'tok_requires_action'
  const { order } = await shop.buy('ann', [{ variantId: modes.verified ?? '' }], { paymentToken })
  const reason = 'Suspected fraud, see ticket 77'
  expect(await admin.orders.cancel({ orderId: order.id, reason })).toMatchObject({ cancelReason: reason })
  const [input, ann] = [{ orderId: order.id }, shop.as('ann')]
  const none = { state: 'cancelled', cancelReason: null }
  expect(await ann.orders.get(input)).toMatchObject(none)
  expect(await ann.orders.refreshPayment(input)).toMatchObject(none)
  expect((await ann.me.orders({})).items).toMatchObject([none])
  expect(await orders.get(input)).toMatchObject({ cancelReason: reason })
  expect(await orders.refreshPayment(input)).toMatchObject({ cancelReason: reason })
})
