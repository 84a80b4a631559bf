import { expect, test } from 'vitest'
import { memoryShop } from './memory-shop.ts'

const consents = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const

test('a learner buys a course with a code, and it is delivered', async () => {
  const { commerce, variants, processor } = await memoryShop()
  const learner = commerce.as({ type: 'customer', site: 'main', customerId: 'learner-1' })
  const { cart } = await learner.carts.create({ lines: [{ lineId: 'a', variantId: variants.course }] })
  const { quote } = await learner.carts.applyCode({ cartId: cart.id, code: 'TENOFF' })
  expect(quote.total).toBe(4410)
  const { order } = await learner.carts.checkout(
    {
      cartId: cart.id,
      expectedTotal: { amount: quote.total, currency: quote.currency },
      paymentToken: 'tok_approve',
      consents,
    },
    { idempotencyKey: 'key-of-the-test' },
  )
  expect(order.state).toBe('placed')
  await commerce.jobs.runDue()
  expect((await learner.orders.get({ orderId: order.id })).delivery).toBe('delivered')
  expect(processor.payments()).toMatchObject([{ state: 'captured', captured: 4410 }])
})

test('there is one place, and each product has its price', async () => {
  const { commerce, variants } = await memoryShop()
  const shopper = commerce.as({ type: 'shopper', site: 'main' })
  const lines = Object.values(variants).map((variantId) => ({ variantId }))
  const { quotes } = await shopper.quotes.create({ lines })
  expect(quotes.map(({ total }) => total)).toEqual([4900, 1999, 12_000, 1000])
  expect(quotes.flatMap(({ lines: [line] }) => line?.refusal)).toEqual([null, null, null, null])
})
