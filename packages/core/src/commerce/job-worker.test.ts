import { describe, expect, test, vi } from 'vitest'
import { BursarError } from '../errors/index.ts'
import { isStorable } from '../json/index.ts'
import {
  type LeasedJob,
  type LeaseRequest,
  type Runtime,
  StorageUnavailableError,
  silentLogger,
  systemRuntime,
} from '../ports/index.ts'
import { enqueue, type JobOutcome, memoryStorage, type QueueName } from '../storage/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import { addMilliseconds } from '../time/index.ts'
import { createJobWorker, type JobHandlers } from './job-worker.ts'

const scope = { operator: 'acme' }

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** Handlers that all do the same. */
function handlersThat(work: (job: LeasedJob) => Promise<JobOutcome>): JobHandlers {
  const handler = (_data: unknown, job: LeasedJob) => work(job)
  return {
    'payment.event': handler,
    'payment.reconcile': handler,
    'payment.pull': handler,
    'grant.deliver': handler,
    'grant.withdraw': handler,
    'keys.forget': handler,
    'carts.forget': handler,
    'places.count': handler,
    'recipient.drop': handler,
  }
}

async function withJobs(runtime: Runtime, queue: QueueName, count: number) {
  const storage = memoryStorage()
  await storage.migrate([])
  const changes = Array.from({ length: count }, (_, index) =>
    enqueue(runtime, queue as 'grant.deliver', `key-${index}`, { grantId: `grt_${index}` }),
  )
  await storage.commit(scope, changes)
  return storage
}

test('deliveries to a platform that hangs do not keep a payment waiting', async () => {
  const runtime = systemRuntime()
  const storage = await withJobs(runtime, 'grant.deliver', 20)
  const wake = Promise.withResolvers<void>()
  const paid = Promise.withResolvers<string>()
  const handlers = handlersThat(async (job) => {
    if (job.queue === 'payment.event') paid.resolve(job.queue)
    else await wake.promise
    return { outcome: 'done' }
  })
  const worker = createJobWorker({ jobs: storage.jobs, runtime, logger: silentLogger }, handlers)
  worker.start()
  await storage.commit(scope, [
    enqueue(runtime, 'payment.event', 'e1', { account: 'a', eventId: 'e', reference: 'r', key: null }),
  ])
  expect(await paid.promise).toBe('payment.event')
  wake.resolve()
  await worker.stop()
})

test('no more jobs are in hand than a lane has hands', async () => {
  const runtime = systemRuntime()
  const storage = await withJobs(runtime, 'grant.deliver', 20)
  let [inHand, most, done] = [0, 0, 0]
  const finished = Promise.withResolvers<void>()
  const handlers = handlersThat(async () => {
    inHand += 1
    most = Math.max(most, inHand)
    await runtime.sleep(1 + (done % 3))
    inHand -= 1
    done += 1
    if (done === 20) finished.resolve()
    return { outcome: 'done' }
  })
  const worker = createJobWorker({ jobs: storage.jobs, runtime, logger: silentLogger }, handlers)
  worker.start()
  await finished.promise
  await worker.stop()
  expect(most).toBe(8)
})

test.each([
  ['one operator', ['big'], 0],
  ['as many operators as it has hands', upTo(8).map((n) => `big-${n}`), 0],
  ['more of them', upTo(11).map((n) => `big-${n}`), 0],
  ['more, while other processes often take what a look would', upTo(11).map((n) => `big-${n}`), 3],
])('the backlog of %s keeps nobody else waiting', async (_, operators, each) => {
  const runtime = systemRuntime()
  const storage = memoryStorage()
  let looks = 0
  const lease = async (request: LeaseRequest) => {
    looks += 1
    return looks % each === 0 ? [] : storage.jobs.lease(request)
  }
  await storage.migrate([])
  const sell = (operator: string, count: number, priority = 0) =>
    storage.commit(
      { operator, site: 'main' },
      upTo(count).map((n) =>
        enqueue(runtime, 'grant.deliver', `${operator}-${n}`, { grantId: `grt_${n}` }, { priority }),
      ),
    )
  for (const operator of operators) await sell(operator, 120, 1)
  const served: string[] = []
  const bought = Promise.withResolvers<number>()
  const finished = Promise.withResolvers<void>()
  const handlers = handlersThat(async ({ scope: { operator } }) => {
    await runtime.sleep(1 + (served.length % 4))
    served.push(operator)
    if (served.length === 20) bought.resolve(sell('late', 2).then(() => served.length))
    if (served.filter((each) => each === 'late').length === 2) finished.resolve()
    return { outcome: 'done' }
  })
  const worker = createJobWorker({ jobs: { ...storage.jobs, lease }, runtime, logger: silentLogger }, handlers)
  worker.start()
  const before = await bought.promise
  await finished.promise
  await worker.stop()
  // What is in hand, and each operator's turn, twice.
  expect(served.lastIndexOf('late') - before).toBeLessThan(8 + 2 * (operators.length + 1) + 8)
})

test('a job that has come again for long is not parked by its first failure, and a poison job is', async () => {
  const runtime = testRuntime({ sleeps: 'at_once' })
  const storage = await withJobs(runtime, 'payment.reconcile', 1)
  let isBroken = false
  const handlers = handlersThat(async () => {
    if (isBroken) throw new Error('broken')
    return { outcome: 'again', runAt: runtime.now(), reason: 'not settled yet' }
  })
  const worker = createJobWorker({ jobs: storage.jobs, runtime, logger: silentLogger }, handlers)
  const parked = async () => (await storage.jobs.list({ state: 'parked', limit: 10 })).items.length
  const once = async () => {
    const [job] = await storage.jobs.lease({ worker: 'peek', limit: 1, leaseMs: 1, now: runtime.now() })
    if (job !== undefined) await storage.jobs.retry(job, { runAt: runtime.now(), error: '' })
    await runtime.advance(24 * 60 * 60 * 1000)
  }
  for (let round = 0; round < 20; round += 1) await once()
  isBroken = true
  await worker.runDue()
  expect(await parked()).toBe(0)
  for (let round = 0; round < 12; round += 1) {
    await runtime.advance(24 * 60 * 60 * 1000)
    await worker.runDue()
  }
  expect(await parked()).toBe(1)
})

test.each([
  ['thrown', (reason: string): never => raise(new Error(reason))],
  ['an outcome', (reason: string): JobOutcome => ({ outcome: 'park', reason })],
])('a reason that no storage could keep is stored shorter and readable, and the job is parked: %s', async (_, fail) => {
  const runtime = testRuntime({ sleeps: 'at_once' })
  const storage = await withJobs(runtime, 'payment.reconcile', 1)
  const handlers = handlersThat(async () => fail(`<\0h\0t ${'\ud83d\ude00'.repeat(3_000_000)}`))
  const worker = createJobWorker({ jobs: storage.jobs, runtime, logger: silentLogger }, handlers)
  for (let time = 0; time < 12; time += 1) {
    await worker.runDue()
    await runtime.advance(24 * 60 * 60 * 1000)
  }
  const [job] = (await storage.jobs.list({ state: 'parked', limit: 10 })).items
  expect(job?.error).toMatch(/^<\ufffdh\ufffdt /)
  expect(job?.error?.length).toBeLessThanOrEqual(1000)
  expect(isStorable(job?.error ?? '')).toBe(true)
})

function raise(error: Error): never {
  throw error
}

test('a storage that was down is no failure of the job: it is parked by twelve of its own, whatever else is unavailable', async () => {
  const runtime = testRuntime({ sleeps: 'at_once' })
  const storage = await withJobs(runtime, 'payment.reconcile', 1)
  const down = new StorageUnavailableError('No space left on device', { outcome: 'nothing' })
  let error: Error = down
  const handlers = handlersThat(async () => {
    throw error
  })
  const worker = createJobWorker({ jobs: storage.jobs, runtime, logger: silentLogger }, handlers)
  const failing = async (times: number, by: Error) => {
    error = by
    for (let time = 0; time < times; time += 1) {
      await runtime.advance(24 * 60 * 60 * 1000)
      await worker.runDue()
    }
    return (await storage.jobs.list({ state: 'parked', limit: 10 })).items.length
  }
  expect(await failing(20, down)).toBe(0)
  expect(await failing(20, new BursarError('unavailable', { cause: down }))).toBe(0)
  expect(await failing(11, new BursarError('unavailable', { cause: new Error('the processor is down') }))).toBe(0)
  expect(await failing(20, down)).toBe(0)
  expect(await failing(1, new BursarError('unavailable'))).toBe(1)
})

test('that a job failed is logged with what caused it', async () => {
  const runtime = testRuntime({ sleeps: 'at_once' })
  const storage = await withJobs(runtime, 'payment.reconcile', 1)
  const cause = new StorageUnavailableError('No space left on device', { outcome: 'nothing' })
  const handlers = handlersThat(() => Promise.reject(new BursarError('unavailable', { cause })))
  const error = vi.fn()
  await createJobWorker({ jobs: storage.jobs, runtime, logger: { ...silentLogger, error } }, handlers).runDue()
  const reason = expect.stringMatching(/. No space left on device$/)
  expect(error).toHaveBeenCalledWith('a job failed', expect.objectContaining({ reason }))
})

test('a job that does not end within the time of a stop is given back, and what it still does changes nothing', async () => {
  const runtime = systemRuntime()
  const storage = await withJobs(runtime, 'grant.deliver', 1)
  const begun = Promise.withResolvers<void>()
  const end = Promise.withResolvers<void>()
  const slow = handlersThat(async () => {
    begun.resolve()
    await end.promise
    return { outcome: 'park', reason: 'too late to count' }
  })
  const worker = createJobWorker({ jobs: storage.jobs, runtime, logger: silentLogger }, slow)
  worker.start()
  await begun.promise
  await worker.stop({ graceMs: 20 })
  const [waiting] = (await storage.jobs.list({ state: 'waiting', limit: 10 })).items
  expect(waiting).toMatchObject({ worker: expect.any(String), error: 'The worker stopped before it was done.' })

  const done: string[] = []
  const quick = handlersThat(async (job) => {
    done.push(job.id)
    return { outcome: 'again', runAt: '2999-01-01T00:00:00.000Z', reason: 'seen' }
  })
  expect(await createJobWorker({ jobs: storage.jobs, runtime, logger: silentLogger }, quick).runDue()).toBe(1)
  end.resolve()
  await runtime.sleep(20)
  expect(done).toEqual([waiting?.id])
  expect((await storage.jobs.list({ state: 'parked', limit: 10 })).items).toEqual([])
  expect((await storage.jobs.list({ state: 'waiting', limit: 10 })).items).toMatchObject([{ error: 'seen' }])
})

test('a stop with time to spare takes no longer than its jobs', async () => {
  const runtime = systemRuntime()
  const storage = await withJobs(runtime, 'grant.deliver', 3)
  let done = 0
  const begun = Promise.withResolvers<void>()
  const handlers = handlersThat(async () => {
    begun.resolve()
    await runtime.sleep(5)
    done += 1
    return { outcome: 'done' }
  })
  const worker = createJobWorker({ jobs: storage.jobs, runtime, logger: silentLogger }, handlers)
  worker.start()
  await begun.promise
  await worker.stop({ graceMs: 2 ** 31 - 1 })
  expect(done).toBe(3)
  expect((await storage.jobs.list({ state: 'waiting', limit: 10 })).items).toEqual([])
})

describe('a worker looks', () => {
  /** What a commit or a start set going has come to rest. */
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

  /** A worker that has come to rest, and how often its lanes have looked since a test last asked. */
  async function resting() {
    const runtime = testRuntime()
    const storage = memoryStorage()
    await storage.migrate([])
    let looks: string[] = []
    const done: string[] = []
    const jobs = {
      ...storage.jobs,
      lease: (request: LeaseRequest) => {
        looks.push(request.queues?.includes('grant.deliver') ? 'delivery' : 'money')
        return storage.jobs.lease(request)
      },
    }
    const handlers = handlersThat(async (job) => {
      done.push(job.id)
      return { outcome: 'done' }
    })
    const worker = createJobWorker({ jobs, runtime, logger: silentLogger }, handlers)
    worker.start()
    await settled()
    await runtime.advance(20)
    await settled()
    const looksSince = () => looks.splice(0)
    const commit = async (queue: QueueName, { key = 'k', ...when }: { runAt?: string; key?: string } = {}) => {
      looks = []
      await storage.commit(scope, [enqueue(runtime, queue as 'grant.deliver', key, { grantId: 'grt_1' }, when)])
      await settled()
    }
    return { runtime, commit, done, looksSince, stop: () => worker.stop() }
  }

  test('at once and once, in the lane of what was enqueued', async () => {
    const { commit, done, looksSince, stop } = await resting()
    await commit('grant.deliver')
    expect(done).toHaveLength(1)
    expect(looksSince()).toEqual(['delivery'])
    await commit('payment.event')
    expect(done).toHaveLength(2)
    expect(looksSince()).toEqual(['money'])
    await stop()
  })

  test('once for what is enqueued shortly after each other', async () => {
    const { runtime, commit, done, looksSince, stop } = await resting()
    await commit('grant.deliver', { key: 'a' })
    expect(done).toHaveLength(1)
    await commit('grant.deliver', { key: 'b' })
    await commit('grant.deliver', { key: 'c' })
    expect(done).toHaveLength(1)
    await runtime.advance(20)
    await settled()
    expect(done).toHaveLength(3)
    expect(looksSince()).toEqual(['delivery'])
    await stop()
  })

  test('when its time has come for what is to be done later', async () => {
    const { runtime, commit, done, looksSince, stop } = await resting()
    await commit('payment.reconcile', { runAt: addMilliseconds(runtime.now(), 60_000) })
    expect(looksSince()).toEqual([])
    await runtime.advance(59_998)
    expect(done).toEqual([])
    await runtime.advance(2)
    expect(done).toHaveLength(1)
    await stop()
  })

  test('in time for what is due before it would look anyway', async () => {
    const { runtime, commit, done, stop } = await resting()
    await commit('payment.reconcile', { runAt: addMilliseconds(runtime.now(), 300) })
    await runtime.advance(298)
    expect(done).toEqual([])
    await runtime.advance(2)
    expect(done).toHaveLength(1)
    await stop()
  })
})
