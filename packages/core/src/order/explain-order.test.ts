import { expect, test } from 'vitest'
import { samplePromotion } from '../pricing/sample-inputs.ts'
import { promotions } from '../promotion/index.ts'
import { insert } from '../storage/index.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { explainOrder } from './explain-order.ts'

test('an order tells each step of its price, to the cent, however long ago', async () => {
  const shop = await shopFixture()
  const lines = [{ variantId: shop.ids.variants.book, quantity: 2 }]
  const { order } = await shop.buy({ lines, codes: ['SPRING'] })
  await shop.runtime.advance(400 * 24 * 60 * 60_000)
  const told = await explainOrder(shop.ports, shop.call(shop.staff()), { orderId: order.id })
  expect(told).toMatchObject({ number: order.number, isSame: true, quote: { total: order.total, discount: 1200 } })
  expect(told.steps.join('\n')).toContain('20 % off with SPRING: -12.00')
  expect(told.steps).toContain('Total: 47.98 EUR')
})

test('what its cart came near to is not among what was accepted', async () => {
  const shop = await shopFixture()
  const conditions = [{ type: 'minimum_quantity' as const, quantity: 3 }]
  const near = samplePromotion({ id: 'three', conditions, benefit: { type: 'percent', percent: '10' } })
  await shop.storage.commit({ operator: shop.ids.operator }, [insert(promotions, near.id, near)])
  const { cart, order } = await shop.buy({ lines: [{ variantId: shop.ids.variants.book, quantity: 2 }] })
  expect(cart.quote.hints).toMatchObject([{ promotion: 'three' }])
  const told = await explainOrder(shop.ports, shop.call(shop.staff()), { orderId: order.id })
  expect(told).toMatchObject({ isSame: true, quote: { total: order.total } })
})

test('nobody’s order is explained to a stranger', async () => {
  const shop = await shopFixture()
  const { order } = await shop.buy()
  const stranger = shop.call(shop.customer('learner-9'))
  await expect(explainOrder(shop.ports, stranger, { orderId: order.id })).rejects.toMatchObject({ code: 'not_found' })
})
