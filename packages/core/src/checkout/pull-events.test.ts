import { expect, test } from 'vitest'
import { payments } from '../payment/index.ts'
import { byId, decide, readAll } from '../storage/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { nextPull } from './pull-events.ts'
import { scheduleRounds } from './schedule-rounds.ts'

const scope = { operator: OPERATOR }
const HOUR = 60 * 60_000

async function afterAnHour(shop: ShopFixture) {
  await shop.runtime.advance(HOUR)
  await shop.runJobs()
}

async function paymentOf(shop: ShopFixture, id: string | undefined) {
  const [payment] = await readAll(shop.storage, scope, byId(payments, id ?? ''))
  return payment?.body
}

test('a capture that fails after its webhook was lost is noticed', async () => {
  const shop = await shopFixture()
  const { order, payment } = await shop.buy()
  expect(order.money.state).toBe('paid')
  await scheduleRounds(shop.ports)
  await afterAnHour(shop) // the reconciler is done with it
  const reference = (await paymentOf(shop, payment?.id))?.reference ?? ''
  expect(shop.processor.failCapture({ account: shop.ids.accounts.card, reference })).toBe(true)
  await afterAnHour(shop)
  expect(await paymentOf(shop, payment?.id)).toMatchObject({ state: 'failed', captured: 0 })
  await assertHealthy(shop.storage, scope)
})

test('events that webhooks have brought are not done twice, and there is one job per account however often it is scheduled', async () => {
  const shop = await shopFixture()
  await shop.buy()
  await shop.sendWebhooks()
  await shop.runJobs()
  await Promise.all([scheduleRounds(shop.ports), scheduleRounds(shop.ports)])
  await scheduleRounds(shop.ports)
  const pulls = async () =>
    (await shop.storage.jobs.list({ state: 'waiting', queue: 'payment.pull', limit: 100 })).items.map(({ key }) => key)
  const accounts = Object.values(shop.ids.accounts).sort()
  expect((await pulls()).sort()).toEqual(accounts)
  await shop.runtime.advance(HOUR)
  expect(await shop.runJobs()).toBe(accounts.length) // no reconciler: the payment is settled
  expect((await pulls()).sort()).toEqual(accounts)
})

test('a processor that does not answer is asked again, and what happened meanwhile comes then', async () => {
  const shop = await shopFixture()
  const { payment } = await shop.buy()
  const reference = (await paymentOf(shop, payment?.id))?.reference ?? ''
  await afterAnHour(shop) // the reconciler is done with it
  const { listSince } = shop.processor
  const test = { ...shop.processor, listSince: () => Promise.reject(new Error('socket hang up')) }
  Object.assign(shop.ports.payments, { test })
  await scheduleRounds(shop.ports)
  shop.processor.failCapture({ account: shop.ids.accounts.card, reference })
  await afterAnHour(shop)
  expect((await paymentOf(shop, payment?.id))?.state).toBe('captured')
  Object.assign(shop.ports.payments, { test: { ...test, listSince } })
  await afterAnHour(shop)
  expect((await paymentOf(shop, payment?.id))?.state).toBe('failed')
})

test('an authorisation that lapsed is noticed without a webhook, when its time is over', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const { order, payment } = await shop.buy()
  expect(order.money.state).toBe('authorized')
  await afterAnHour(shop)
  const { captureBefore } = (await paymentOf(shop, payment?.id)) ?? {}
  const left = Date.parse(captureBefore ?? '') - Date.parse(shop.runtime.now())
  await shop.runtime.advance(left - 1)
  await shop.runJobs()
  expect((await paymentOf(shop, payment?.id))?.state).toBe('authorized')
  await afterAnHour(shop)
  expect((await paymentOf(shop, payment?.id))?.state).toBe('cancelled')
  expect(shop.processor.log().map(({ effect }) => effect)).not.toContain('voided')
})

/** Has the card's account pulled once, from a processor whose pages are empty and whose cursor moves so often. */
async function pullEmptyPages(pages: number) {
  const shop = await shopFixture()
  const asked: (string | null)[] = []
  const listSince = async (_account: unknown, cursor: string | null) => {
    asked.push(cursor)
    const page = Number(cursor ?? 0)
    return { events: [], cursor: page < pages ? String(page + 1) : cursor }
  }
  Object.assign(shop.ports.payments, { test: { ...shop.processor, listSince } })
  const changes = [nextPull(shop.ports, shop.ids.accounts.card)]
  await decide(shop.ports, scope, async () => ({ changes, done: () => undefined }))
  const pull = async () => {
    await shop.runtime.advance(5 * 60_000)
    await shop.runJobs()
  }
  await pull()
  return { asked, pull }
}

test('a page of events that are about no payment is not the last one', async () => {
  const { asked } = await pullEmptyPages(3)
  expect(asked).toEqual([null, '1', '2', '3'])
})

test('a cursor that moves for ever, and brings nothing, is followed a bounded way at a time', async () => {
  const { asked, pull } = await pullEmptyPages(Number.POSITIVE_INFINITY)
  expect(asked).toHaveLength(20)
  await pull()
  expect([asked.length, asked[20]]).toEqual([40, '20'])
})
