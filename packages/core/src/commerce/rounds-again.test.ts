import { expect, test, vi } from 'vitest'
import { paymentAccounts } from '../payment/index.ts'
import type { Storage } from '../ports/index.ts'
import { SYSTEM_SCOPE } from '../site/index.ts'
import { insert, memoryStorage } from '../storage/index.ts'
import { simulatedProcessor } from '../testing/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import { createCommerce } from './create-commerce.ts'

/** A shop with an account of which no round waits, as one that was restored, and a storage that can be down. */
async function shop() {
  const runtime = testRuntime()
  const inner = memoryStorage()
  const state = { isDown: true }
  const list = vi.fn<Storage['list']>((...asked) =>
    state.isDown ? Promise.reject(new Error('connection reset')) : inner.list(...asked),
  )
  const payments = { test: simulatedProcessor({ runtime }) }
  const commerce = createCommerce({ storage: { ...inner, list }, runtime, payments, secrets: (name) => name })
  await commerce.migrate()
  const account = { id: 'card', operator: 'acme', processor: 'test' }
  const stored = await inner.commit(SYSTEM_SCOPE, [insert(paymentAccounts, 'card', account as never)]) // no more of it is asked
  expect(stored.outcome).toBe('committed')
  /** What was set going has come to rest. */
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5))
  const pass = async (seconds: number) => {
    await settled()
    for (let second = 0; second < seconds; second += 1) {
      await runtime.advance(1000)
      await settled()
    }
  }
  const queues = async () => (await inner.jobs.list({ state: 'waiting', limit: 10 })).items.map(({ queue }) => queue)
  return { commerce, state, list, queues, pass }
}

test('what is done over and over is scheduled once the storage answers, where it failed at the start', async () => {
  const { commerce, state, queues, pass } = await shop()
  commerce.jobs.start()
  await pass(10)
  expect(await queues()).toEqual([])
  state.isDown = false
  await pass(2)
  expect((await queues()).toSorted()).toEqual(['carts.forget', 'keys.forget', 'keys.forget', 'payment.pull'])
  const stopped = commerce.close()
  await pass(2)
  await stopped
})

test('a worker that is stopped tries it no more', async () => {
  const { commerce, list, pass } = await shop()
  commerce.jobs.start()
  await pass(1)
  const stopped = commerce.jobs.stop()
  await pass(2)
  await stopped
  const tries = list.mock.calls.length
  expect(tries).toBeGreaterThan(0)
  await pass(20)
  expect(list).toHaveBeenCalledTimes(tries)
})
