import { expect, test } from 'vitest'
import { entitlements } from '../entitlement/index.ts'
import { domainEvents } from '../order/index.ts'
import { doctor } from '../report/index.ts'
import { listAll } from '../storage/index.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { cancelUnpaidOrder, settlePayment, startCheckout } from './index.ts'

const DAY = 24 * 60 * 60 * 1000
const ANN = 'ann'
const scope = { operator: 'campus' }

/** A course whose money was authorised and then forgotten, until it was lost. */
async function forgotten() {
  const shop = await campusShop({ site: { capture: 'manual' } })
  const { verified = '' } = await shop.course('bees', { verified: 10_000 })
  const { order, payment } = await shop.buy(ANN, [{ variantId: verified }])
  await expect(shop.buy(ANN, [{ variantId: verified }])).rejects.toMatchObject({ reason: 'already_owned' })
  await shop.runtime.advance(40 * DAY)
  await shop.runJobs()
  return { shop, verified, orderId: order.id, paymentId: payment?.id }
}

const casesOf = async (shop: CampusShop) => {
  const { findings } = await doctor({ storage: shop.storage }, { scope, now: shop.runtime.now() })
  return findings.map(({ severity, record, message }) => [severity, record, message])
}

const rightsOf = async ({ storage }: ShopFixture, orderId: string) => {
  const ofOrder = { index: 'order', equals: [orderId] }
  const rights = await listAll(storage, { operator: 'opr_school', site: 'main' }, entitlements, ofOrder)
  return rights.map(({ body }) => body.state)
}

test('what was promised for money that is lost is not owned, and can be bought again', async () => {
  const { shop, verified, orderId } = await forgotten()
  const [right] = (await shop.as(ANN).me.entitlements({})).items
  expect(right).toMatchObject({ orderId, state: 'suspended', delivery: { waitingFor: 'payment' } })
  expect((await shop.buy(ANN, [{ variantId: verified }])).order.state).toBe('placed')
})

test('is lost as well where staff tried to end the order, and the processor did not close the payment', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const bought = await shop.buy()
  const refusing = { ...shop.processor, void: async () => ({ outcome: 'declined', reason: 'later' }) as const }
  const ports = { ...shop.ports, payments: { ...shop.ports.payments, test: refusing } }
  const ended = cancelUnpaidOrder(ports, shop.call(shop.staff()), { orderId: bought.order.id, reason: 'no money' })
  await expect(ended).rejects.toMatchObject({ code: 'payment_in_progress' })
  await shop.runtime.advance(40 * DAY)
  await shop.runJobs()
  expect(await rightsOf(shop, bought.order.id)).toEqual(['suspended'])
})

test('what another payment has paid is kept when the authorisation that placed the order is lost', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const first = await shop.buy({ paymentToken: 'tok_decline' })
  const call = shop.call(shop.customer())
  await startCheckout(shop.ports, call, { ...first.checkout.input, paymentToken: 'tok_approve' })
  const amount = { amount: first.order.total, currency: 'EUR' }
  const captured = { reference: 'late', state: 'captured', amount, captured: amount.amount, refunded: 0 } as const
  const saying = { ...shop.processor, lookup: async () => ({ outcome: 'found', payment: captured }) as const }
  const ports = { ...shop.ports, payments: { ...shop.ports.payments, test: saying } }
  await settlePayment(ports, call.scope, first.payment?.id ?? '')
  await shop.runtime.advance(40 * DAY)
  await shop.runJobs()
  expect(await rightsOf(shop, first.order.id)).toEqual(['active'])
})

test('an event says once that the payment failed, and the doctor says it until staff end the order', async () => {
  const { shop, orderId, paymentId } = await forgotten()
  await shop.as(ANN).orders.refreshPayment({ orderId })
  const stream = await listAll(shop.storage, { ...scope, site: 'main' }, domainEvents, {
    index: 'stream',
    equals: [orderId],
  })
  const failed = stream.filter(({ body }) => body.type === 'order.payment_failed')
  expect(failed.map(({ body }) => body.data)).toEqual([{ paymentId }])
  expect(await casesOf(shop)).toEqual([['case', orderId, 'was placed, and nobody can pay it any more: end it']])
  await shop.system.admin.orders.cancel({ orderId, reason: 'lapsed' })
  expect(await casesOf(shop)).toEqual([])
})

test('an event says once of each payment that was declined that it failed, however often that is heard', async () => {
  const shop = await shopFixture()
  const bought = await shop.buy({ paymentToken: 'tok_decline' })
  const call = shop.call(shop.customer())
  const again = await startCheckout(shop.ports, call, bought.checkout.input)
  for (const { payment } of [bought, again]) await settlePayment(shop.ports, call.scope, payment?.id ?? '')
  await shop.sendWebhooks()
  await shop.runJobs()
  const query = { index: 'stream', equals: [bought.order.id] }
  const stream = await listAll(shop.storage, call.scope, domainEvents, query)
  const failed = stream.filter(({ body }) => body.type === 'order.payment_failed')
  expect(failed.map(({ body }) => body.data)).toEqual(
    [bought, again].map(({ payment }) => ({ paymentId: payment?.id })),
  )
})

test('a payment that staff close with its order did not fail', async () => {
  const shop = await campusShop({ site: { capture: 'manual' } })
  const { verified = '' } = await shop.course('bees', { verified: 10_000 })
  const { order } = await shop.buy(ANN, [{ variantId: verified }])
  await shop.system.admin.orders.cancel({ orderId: order.id, reason: 'asked for it' })
  const stream = await listAll(shop.storage, { ...scope, site: 'main' }, domainEvents, {
    index: 'stream',
    equals: [order.id],
  })
  expect(stream.map(({ body }) => body.type)).toEqual(['order.placed', 'order.cancelled'])
})

test('what another payment still holds the money of is kept when the authorisation that placed the order is lost', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const first = await shop.buy({ paymentToken: 'tok_decline' })
  const call = shop.call(shop.customer())
  const second = await startCheckout(shop.ports, call, { ...first.checkout.input, paymentToken: 'tok_approve' })
  const amount = { amount: first.order.total, currency: 'EUR' }
  const hear = (paymentId: string, state: 'authorized' | 'cancelled') => {
    const payment = { reference: `ref ${paymentId}`, state, amount, captured: 0, refunded: 0 }
    const saying = { ...shop.processor, lookup: async () => ({ outcome: 'found', payment }) as const }
    const ports = { ...shop.ports, payments: { ...shop.ports.payments, test: saying } }
    return settlePayment(ports, call.scope, paymentId)
  }
  await hear(first.payment?.id ?? '', 'authorized')
  await hear(second.payment?.id ?? '', 'cancelled')
  expect(await rightsOf(shop, first.order.id)).toEqual(['pending'])
})
