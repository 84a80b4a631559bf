import { expect, test, vi } from 'vitest'
import { type Grant, grants } from '../entitlement/index.ts'
import { fulfilmentJobs, ProviderGate } from '../fulfilment/index.ts'
import { silentLogger } from '../ports/index.ts'
import { listAll } from '../storage/index.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import { createJobWorker, type JobHandlers } from './job-worker.ts'

const scope = { operator: 'opr_school' }
const SECOND = 1000
const SALES = 40

/** A shop of which one provider is down, with its worker. */
async function shopWithWorker() {
  const shop = await shopFixture({ runtime: testRuntime() })
  const gate = new ProviderGate(shop.runtime)
  const delivered: string[] = []
  const state = { isDown: true, calls: 0 }
  const school = shop.ports.fulfilment.school
  Object.assign(shop.ports.fulfilment, {
    school: {
      ...school,
      async deliver({ recipient }: { recipient: { learnerId: string | null } }) {
        state.calls += 1
        if (state.isDown) throw new Error('no answer')
        delivered.push(recipient.learnerId ?? '')
        return { outcome: 'done' }
      },
    },
  })
  const nothing = async () => ({ outcome: 'done' }) as const
  const handlers: JobHandlers = {
    ...{ 'payment.event': nothing, 'payment.reconcile': nothing, 'payment.pull': nothing, 'keys.forget': nothing },
    ...fulfilmentJobs(shop.ports, gate),
  }
  const jobs = shop.storage.jobs
  const ports = { jobs, runtime: shop.runtime, logger: silentLogger, unavailable: () => gate.shut() }
  const worker = createJobWorker(ports, handlers)
  const work = async () => {
    let isOver = false
    const running = worker.runDue().finally(() => {
      isOver = true
    })
    // Those in hand wait a second for who asks.
    while (!isOver) await shop.runtime.advance(1)
    return running
  }
  const grantsIn = async (of: Grant['state']) =>
    (await listAll(shop.storage, scope, grants, { index: 'siteState', equals: ['main', of] })).map(({ body }) => body)
  return { shop, work, state, delivered, grantsIn }
}

test('however many wait for a provider that is down, the others’ deliveries go on, and theirs cost next to nothing', async () => {
  const { shop, work, state, delivered, grantsIn } = await shopWithWorker()
  const learners: string[] = []
  for (let n = 0; n < SALES; n += 1) {
    const learner = `learner-${100 + n}`
    learners.push(learner)
    await shop.buy({ hostId: learner, lines: [{ variantId: shop.ids.variants.audit }] })
    await shop.runtime.advance(10)
  }
  await work()
  // Each says once why it is late.
  const waiting = await grantsIn('queued')
  expect(waiting.map(({ delay }) => delay?.reason)).toEqual(Array.from({ length: SALES }, () => 'not_answering'))
  expect(state.calls).toBeLessThanOrEqual(8)

  const retry = vi.spyOn(shop.storage.jobs, 'retry')
  for (let passed = 0; passed < 600; passed += 5) {
    await shop.runtime.advance(5 * SECOND)
    await work()
  }
  // Once a minute eight are in hand, not forty.
  expect(retry.mock.calls.length).toBeLessThan(15 * 8)
  expect(retry.mock.calls.length).toBeGreaterThan(8)

  await shop.buy({ hostId: 'reader', lines: [{ variantId: shop.ids.variants.book }] })
  await work()
  expect((await grantsIn('delivered')).map(({ provider }) => provider)).toEqual(['files'])

  state.isDown = false
  await shop.runtime.advance(60 * SECOND)
  await work()
  expect(delivered).toEqual(learners)
})
