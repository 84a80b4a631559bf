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
  const state = { calls: 0, isDown: (_learner: string) => true }
  const asked = new Set<string>()
  const school = shop.ports.fulfilment.school
  Object.assign(shop.ports.fulfilment, {
    school: {
      ...school,
      async deliver({ recipient }: { recipient: { learnerId: string | null } }) {
        const learner = recipient.learnerId ?? ''
        state.calls += 1
        if (state.isDown(learner)) {
          asked.add(learner)
          throw new Error('no answer')
        }
        delivered.push(learner)
        return { outcome: 'done' }
      },
    },
  })
  const nothing = async () => ({ outcome: 'done' }) as const
  const handlers: JobHandlers = {
    ...{ 'payment.event': nothing, 'payment.reconcile': nothing, 'payment.pull': nothing },
    ...{ 'keys.forget': nothing, 'carts.forget': nothing, 'places.count': nothing, 'recipient.drop': nothing },
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
  /** So many learners buy, one after the other. */
  const sell = async (count: number) => {
    const learners = Array.from({ length: count }, (_, n) => `learner-${100 + n}`)
    for (const hostId of learners) {
      await shop.buy({ hostId, lines: [{ variantId: shop.ids.variants.audit }] })
      await shop.runtime.advance(10)
    }
    return learners
  }
  return { shop, work, state, asked, delivered, grantsIn, sell }
}

test('however many wait for a provider that is down, the others’ deliveries go on, and theirs cost next to nothing', async () => {
  const { shop, work, state, asked, delivered, grantsIn, sell } = await shopWithWorker()
  const learners = await sell(SALES)
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

  state.isDown = () => false
  await shop.runtime.advance(60 * SECOND)
  await work()
  // Those that were asked for meanwhile go behind the others.
  const wasAsked = (learner: string) => asked.has(learner)
  expect(delivered.slice(0, SALES - asked.size)).toEqual(learners.filter((learner) => !wasAsked(learner)))
  expect(delivered.toSorted()).toEqual(learners)
})

test('more than there are hands that never get an answer do not keep the others of their provider waiting', async () => {
  const { shop, work, state, delivered, sell } = await shopWithWorker()
  const learners = await sell(SALES)
  const odd = new Set(learners.slice(0, 12))
  state.isDown = (learner) => odd.has(learner)
  for (let passed = 0; passed < 1200; passed += 5) {
    await work()
    await shop.runtime.advance(5 * SECOND)
  }
  expect(delivered.toSorted()).toEqual(learners.filter((learner) => !odd.has(learner)))
})
