import { describe, expect, test } from 'vitest'
import type { VariantInput } from '../catalog/index.ts'
import { orders } from '../order/index.ts'
import { payments } from '../payment/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { campusShop } from '../testing/campus-shop.ts'

const scope = { operator: 'campus', site: 'main' }

test.each(['tok_decline', 'tok_requires_action'])(
  'a site that another seller took over after %s sells its orders',
  async (paymentToken) => {
    const shop = await campusShop()
    const { admin } = shop.system
    const modes = await shop.course('bees', { verified: 6000 })
    const first = await shop.buy('ann', [{ variantId: modes.verified ?? '' }], { paymentToken })
    await admin.sellers.create({ id: 'new-ltd', legalName: 'New Ltd', country: 'DE', currency: 'EUR' })
    const card = { id: 'new-card', processor: 'test', mode: 'test', seller: 'new-ltd', title: 'Card' } as const
    await admin.paymentAccounts.create({ ...card, currencies: ['EUR'], secretRefs: { key: 'key', webhook: 'webhook' } })
    await admin.sites.update({ id: 'main', seller: 'new-ltd', paymentAccounts: ['new-card'] })
    await shop.runtime.advance(1000)
    const again = await shop.as('ann').carts.checkout(
      {
        ...{ cartId: first.order.cartId, expectedTotal: { amount: 6000, currency: 'EUR' } },
        paymentToken: 'tok_approve',
      },
      { idempotencyKey: 'checkout-of-the-second-attempt' },
    )
    const [order, payment, before] = await readAll(
      shop.storage,
      scope,
      byId(orders, again.order.id),
      byId(payments, again.payment?.id ?? ''),
      byId(orders, first.order.id),
    )
    expect(order?.body).toMatchObject({ state: 'placed', seller: 'new-ltd' })
    expect(payment?.body).toMatchObject({ state: 'captured', account: 'new-card' })
    expect(before?.body).toMatchObject({ state: 'cancelled', cancelReason: 'replaced', seller: 'campus-ltd' })
    await assertHealthy(shop.storage, scope)
  },
)

describe('the terms of an order', () => {
  const terms: Partial<VariantInput> = { validityDays: 30, refundRule: 'whole_only' }

  /** A course whose first checkout ended with this token, after which its variant is on other terms. */
  async function changedAfter(paymentToken: string, changes: Partial<VariantInput>) {
    const shop = await campusShop()
    const { admin } = shop.system
    const made = await admin.products.create({
      ...{ type: 'course', title: 'Bees', publication: {} },
      variants: [{ name: 'verified', prices: [{ priceList: 'eur', amount: 6000 }], ...terms }],
    })
    const [productId, variantId] = [made.product.id, made.variants[0]?.id ?? '']
    shop.platform.addCourses([{ id: 'bees', modes: [{ mode: 'verified' }] }])
    const { carts } = shop.as('ann')
    const { cart, quote } = await carts.create({ lines: [{ lineId: 'l1', variantId }] })
    const expectedTotal = { amount: quote.total, currency: quote.currency }
    const pay = (token: string, key: string) =>
      carts.checkout({ cartId: cart.id, expectedTotal, paymentToken: token }, { idempotencyKey: `checkout-${key}` })
    const first = await pay(paymentToken, 'first')
    await shop.runtime.advance(1000)
    await admin.products.update({ productId, variants: [{ name: 'verified', ...terms, ...changes }] })
    return { shop, first, pay }
  }

  test.each<Partial<VariantInput>>([
    { validityDays: 365 },
    { refundRule: 'share' },
    { serviceStart: '2027-02-01T00:00:00.000Z' },
    { serviceEnd: '2027-02-01T00:00:00.000Z' },
    { fulfilment: { provider: 'lms', target: { course: 'bees', mode: 'verified' } } },
  ])('are those of the moment in which somebody pays anew: %o', async (changes) => {
    const { shop, first, pay } = await changedAfter('tok_decline', changes)
    const { order } = await pay('tok_approve', 'second')
    const [stored, before] = await readAll(shop.storage, scope, byId(orders, order.id), byId(orders, first.order.id))
    const { refundRule, parts: [part] = [] } = stored?.body.lines[0] ?? {}
    expect({ refundRule, ...part }).toMatchObject({ ...terms, ...changes })
    expect(before?.body).toMatchObject({ state: 'cancelled', cancelReason: 'replaced' })
  })

  test('stay those of a payment that is under way', async () => {
    const { first, pay } = await changedAfter('tok_late', { validityDays: 365 })
    expect((await pay('tok_late', 'second')).order.id).toBe(first.order.id)
  })

  test('stay where nothing of them has changed', async () => {
    const { first, pay } = await changedAfter('tok_decline', {})
    const { order } = await pay('tok_approve', 'second')
    expect(order).toMatchObject({ id: first.order.id, state: 'placed' })
  })
})
