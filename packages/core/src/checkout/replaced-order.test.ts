import { expect, test } from 'vitest'
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
