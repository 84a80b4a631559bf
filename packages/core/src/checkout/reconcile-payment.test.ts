import { expect, test } from 'vitest'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { type Bought, type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { capturePayment } from './capture-payment.ts'
import { startCheckout } from './index.ts'

const HOUR = 60 * 60 * 1000
const scope = { operator: 'opr_school', site: 'main' }

/** The payments about which the reconciler will ask. */
async function asked({ storage }: ShopFixture): Promise<(string | null)[]> {
  const { items } = await storage.jobs.list({ state: 'waiting', queue: 'payment.reconcile', limit: 100 })
  return items.map(({ key }) => key)
}

async function approve(shop: ShopFixture, { payment }: Bought): Promise<void> {
  const next = payment?.next
  await shop.processor.confirm(next?.type === 'client_secret' ? next.clientSecret : '', 'approve')
}

test('a payment that is settled at once is not asked about again', async () => {
  const shop = await shopFixture()
  let lookups = 0
  const lookup: typeof shop.processor.lookup = (...call) => {
    lookups += 1
    return shop.processor.lookup(...call)
  }
  Object.assign(shop.ports.payments, { test: { ...shop.processor, lookup } })
  await shop.buy()
  expect(await asked(shop)).toEqual([])
  await shop.runtime.advance(HOUR)
  await shop.runJobs()
  expect(lookups).toBe(0)
  await assertHealthy(shop.storage, scope)
})

test('a payment that waits for its buyer is asked about until a webhook has settled it', async () => {
  const shop = await shopFixture()
  const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
  expect(await asked(shop)).toEqual([bought.payment?.id])
  await shop.runtime.advance(HOUR / 30)
  await shop.runJobs() // it asked, and waits for its next time
  expect(await asked(shop)).toEqual([bought.payment?.id])
  await approve(shop, bought)
  await shop.sendWebhooks()
  await shop.runJobs()
  expect(await asked(shop)).toEqual([])
  await assertHealthy(shop.storage, scope)
})

test('authorised money is asked about once more, for until when it can be captured may be said only then', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const open: typeof shop.processor.open = async (...call) => {
    const answer = await shop.processor.open(...call)
    if (answer.outcome !== 'succeeded') return answer
    const { captureBefore: _captureBefore, ...payment } = answer.payment
    return { ...answer, payment }
  }
  Object.assign(shop.ports.payments, { test: { ...shop.processor, open } })
  const { payment } = await shop.buy()
  expect(await asked(shop)).toEqual([payment?.id])
  await shop.runtime.advance(HOUR / 30)
  await shop.runJobs()
  expect(await asked(shop)).toEqual([payment?.id]) // it knows now, and watches
  await assertHealthy(shop.storage, scope)
})

test('a job in hand while a webhook brings the money ends by itself', async () => {
  const shop = await shopFixture()
  const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
  await shop.runtime.advance(HOUR / 30)
  const now = shop.runtime.now()
  const request = { queues: ['payment.reconcile'], worker: 'gone', limit: 1, leaseMs: 1000, now }
  expect(await shop.storage.jobs.lease(request)).toHaveLength(1)
  await approve(shop, bought)
  await shop.sendWebhooks()
  await shop.runJobs()
  await shop.runtime.advance(HOUR)
  await shop.runJobs()
  expect(await shop.storage.jobs.depth({ now: shop.runtime.now() })).toEqual([])
  await assertHealthy(shop.storage, scope)
})

test('authorised money is watched until it is captured', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const { payment } = await shop.buy()
  expect(await asked(shop)).toEqual([payment?.id])
  await capturePayment(shop.ports, shop.call(shop.staff()), { paymentId: payment?.id ?? '' })
  expect(await asked(shop)).toEqual([])
  await assertHealthy(shop.storage, scope)
})

test('a declined payment is asked about while nothing has taken its place, and the one that has is not', async () => {
  const shop = await shopFixture()
  const first = await shop.buy({ paymentToken: 'tok_decline' })
  expect(await asked(shop)).toEqual([first.payment?.id])
  const call = shop.call(shop.customer())
  const again = await startCheckout(shop.ports, call, { ...first.checkout.input, paymentToken: 'tok_approve' })
  expect(again.order.money.state).toBe('paid')
  expect(await asked(shop)).toEqual([first.payment?.id]) // it finds, when its time comes, that it is no longer needed
  await shop.runtime.advance(HOUR)
  await shop.runJobs()
  expect(await asked(shop)).toEqual([])
  await assertHealthy(shop.storage, scope)
})
