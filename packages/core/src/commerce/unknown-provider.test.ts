import { expect, test, vi } from 'vitest'
import { cancelUnpaidOrder } from '../checkout/index.ts'
import { type Grant, grants } from '../entitlement/index.ts'
import { fulfilmentJobs, ProviderGate } from '../fulfilment/index.ts'
import { getOrder } from '../order/index.ts'
import { type FulfilmentProvider, type Logger, silentLogger } from '../ports/index.ts'
import { doctor } from '../report/index.ts'
import type { Site } from '../site/index.ts'
import { listAll } from '../storage/index.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { createJobWorker, type JobHandlers } from './job-worker.ts'

const scope = { operator: 'opr_school' }
const SALES = 20
const MINUTE = 60_000

/** A process with a configuration of its own, on the shop's storage. */
function processOf(shop: ShopFixture, fulfilment: { readonly [name: string]: FulfilmentProvider }) {
  const gate = new ProviderGate(shop.runtime)
  const warn = vi.fn<Logger['warn']>()
  const logger = { ...silentLogger, warn }
  const nothing = async () => ({ outcome: 'done' }) as const
  const handlers: JobHandlers = {
    ...{ 'payment.event': nothing, 'payment.reconcile': nothing, 'payment.pull': nothing },
    ...{ 'keys.forget': nothing, 'carts.forget': nothing, 'places.count': nothing, 'recipient.drop': nothing },
    ...fulfilmentJobs({ ...shop.ports, logger, fulfilment }, gate),
  }
  const ports = { jobs: shop.storage.jobs, runtime: shop.runtime, logger, unavailable: () => gate.shut() }
  return { ...createJobWorker(ports, handlers), warn }
}

/** A shop that has sold what the old process has no provider for. */
async function rollout(sales = SALES, site: Partial<Site> = {}) {
  const shop = await shopFixture({ site })
  const { files = null } = shop.ports.fulfilment
  if (files === null) throw new Error('the fixture has a provider of files')
  const grantsIn = (state: Grant['state']) =>
    listAll(shop.storage, scope, grants, { index: 'siteState', equals: ['main', state] })
  for (let n = 0; n < sales; n += 1) {
    await shop.buy({ hostId: `learner-${n}`, lines: [{ variantId: shop.ids.variants.audit }] })
  }
  return { shop, old: processOf(shop, { files }), young: processOf(shop, shop.ports.fulfilment), grantsIn }
}

test('what a process has no provider for is left to one that has it, and costs next to nothing', async () => {
  const { shop, old, young, grantsIn } = await rollout()
  await old.runDue()
  const retry = vi.spyOn(shop.storage.jobs, 'retry')
  for (let n = 0; n < 10; n += 1) await old.runDue()
  expect(retry).not.toHaveBeenCalled()
  expect(old.warn.mock.calls.map(([, fields]) => fields)).toEqual([{ provider: 'school' }])

  await shop.buy({ hostId: 'reader', lines: [{ variantId: shop.ids.variants.book }] })
  await old.runDue()
  expect((await grantsIn('delivered')).map(({ body }) => body.provider)).toEqual(['files'])

  await young.runDue()
  expect(await grantsIn('queued')).toEqual([])
  expect(await grantsIn('parked')).toEqual([])
  const delivered = (await grantsIn('delivered')).map(({ body }) => body)
  expect(delivered).toHaveLength(SALES + 1)
  expect(delivered.filter(({ delay, reason }) => delay !== null || reason !== null)).toEqual([])
})

test('what is to be withdrawn waits for a process that has its provider, too', async () => {
  const { shop, old, young, grantsIn } = await rollout(0, { deliversOnAccount: true })
  const { order } = await shop.buy({ paymentAccount: shop.ids.accounts.invoice })
  await young.runDue()
  await cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), { orderId: order.id, reason: 'unpaid' })
  await old.runDue()
  expect((await grantsIn('withdrawing')).map(({ body }) => body.delay?.reason)).toEqual(['not_configured'])
  await young.runDue()
  expect((await grantsIn('withdrawn')).map(({ body }) => body)).toMatchObject([{ reason: null, delay: null }])
})

test('the recipient sees that it is being done, and after longer than a rollout takes that staff look into it', async () => {
  const { shop, old, grantsIn } = await rollout(0)
  const { order, checkout } = await shop.buy()
  await old.runDue()
  const seen = async () => {
    const { lines } = await getOrder(shop.ports, { ...checkout.call, now: shop.runtime.now() }, { orderId: order.id })
    return lines[0]?.deliveries[0]
  }
  expect(await seen()).toMatchObject({ state: 'queued', delay: { reason: 'not_answering', nextAttemptAt: null } })

  // Another process without it, an hour later: since when it waits is what counts.
  const [first] = await grantsIn('queued')
  await shop.runtime.advance(60 * MINUTE)
  await processOf(shop, {}).runDue()
  const [again] = await grantsIn('queued')
  expect(again?.body.delay).toEqual(first?.body.delay)
  expect(await seen()).toMatchObject({ delay: { reason: 'not_answering' } })
  await shop.runtime.advance(60 * MINUTE)
  expect(await seen()).toMatchObject({ state: 'queued', delay: { reason: 'needs_staff', nextAttemptAt: null } })
  const { findings } = await doctor({ storage: shop.storage }, { scope, now: shop.runtime.now() })
  const message = 'waits: no provider of this name is configured'
  expect(findings).toMatchObject([{ severity: 'case', record: first?.id, message }])
})
