import { expect, test } from 'vitest'
import { domainEvents } from '../order/index.ts'
import { doctor } from '../report/index.ts'
import { listAll } from '../storage/index.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'

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

test('what was promised for money that is lost is not owned, and can be bought again', async () => {
  const { shop, verified, orderId } = await forgotten()
  const [right] = (await shop.as(ANN).me.entitlements({})).items
  expect(right).toMatchObject({ orderId, state: 'suspended', delivery: { waitingFor: 'payment' } })
  expect((await shop.buy(ANN, [{ variantId: verified }])).order.state).toBe('placed')
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
