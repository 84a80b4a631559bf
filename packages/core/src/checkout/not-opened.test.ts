import { expect, test } from 'vitest'
import type { ProcessorAnswer } from '../ports/index.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { refreshPayment, startCheckout } from './index.ts'

test('a payment that was not asked for is opened by the next checkout, with a key of its own, and by no refresh', async () => {
  const shop = await shopFixture()
  const open = async (): Promise<ProcessorAnswer> => ({ outcome: 'unknown', reason: 'not asked: its circuit is open' })
  Object.assign(shop.ports.payments, { test: { ...shop.processor, open } })
  const { order, payment, checkout } = await shop.buy()
  expect(payment).toMatchObject({ status: 'processing', inDoubt: true })
  Object.assign(shop.ports.payments, { test: shop.processor })
  for (const _ of [1, 2]) {
    const seen = await refreshPayment(shop.ports, shop.call(shop.customer()), { orderId: order.id })
    expect(seen.payment).toMatchObject({ status: 'created', inDoubt: false, next: null })
  }
  const paid = await startCheckout(shop.ports, shop.call(shop.customer()), checkout.input)
  expect([paid.order.id, paid.order.state, paid.payment?.id]).toEqual([order.id, 'placed', payment?.id])
})
