import { expect, test, vi } from 'vitest'
import { campusShop } from '../testing/campus-shop.ts'

test.each([
  ['https://learn.test/thanks?a=1', 'https://learn.test/thanks?a=1'],
  ['https:\\\\LEARN.test\\thanks', 'https://learn.test/thanks'],
  [' https://learn.test/\r\nthanks', 'https://learn.test/thanks'],
  ['https:learn.test/thanks', 'https://learn.test/thanks'],
])('the processor is given the address as it was checked: %j', async (returnUrl, given) => {
  const shop = await campusShop({ site: { returnUrls: ['https://learn.test/'] } })
  const open = vi.spyOn(shop.processor, 'open')
  const variantId = await shop.product('book', 'A book', { prices: [{ priceList: 'eur', amount: 500 }] })
  const { carts } = shop.as('ann')
  const { cart } = await carts.create({ lines: [{ lineId: 'l', variantId }] })
  const expectedTotal = { amount: 500, currency: 'EUR' }
  const input = { cartId: cart.id, expectedTotal, paymentToken: 'tok_approve', returnUrl }
  await carts.checkout(input, { idempotencyKey: 'key-12345' })
  expect(open.mock.lastCall?.[1].returnUrl).toBe(given)
})
