import { memoryShop } from '@bursar/core/testing'
import { expect, test } from 'vitest'

const consents = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const

test('the export of a person has their carts, payments and deliveries, nobody else’s, and no secret', async () => {
  const { commerce, system, variants } = await memoryShop()
  const buy = async (customerId: string) => {
    const learner = commerce.as({ type: 'customer', site: 'main', customerId })
    const { cart, quote } = await learner.carts.create({ lines: [{ lineId: 'a', variantId: variants.course }] })
    for (const [index, paymentToken] of ['tok_decline', 'tok_approve'].entries()) {
      await learner.carts.checkout(
        { cartId: cart.id, expectedTotal: { amount: quote.total, currency: quote.currency }, paymentToken, consents },
        { idempotencyKey: `key-${customerId}-${index}` },
      )
    }
    const open = await learner.carts.create({ lines: [{ lineId: 'b', variantId: variants.book }] })
    return [cart.id, open.cart.id]
  }
  const carts = await buy('ada')
  await buy('bob')
  await commerce.jobs.runDue()
  const { record } = await system.admin.customers.put({ hostId: 'ada', email: 'ada@example.org' })
  const exported = await system.admin.customers.export({ customerId: record.id })
  expect(exported.carts.map(({ id }) => id).sort()).toEqual(carts.sort())
  expect(exported.payments.map(({ state }) => state).sort()).toEqual(['captured', 'failed'])
  expect(exported.deliveries).toMatchObject([{ customerId: record.id, state: 'delivered' }])
  expect(JSON.stringify(exported.carts)).not.toContain('tokenHash')
})
