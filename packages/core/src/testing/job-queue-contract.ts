import type { Enqueued } from '../ports/index.ts'
import { jobChoiceCases } from './job-queue-contract-choice.ts'
import { jobCommitCases } from './job-queue-contract-commits.ts'
import {
  at,
  cart,
  done,
  enqueue,
  equal,
  insert,
  lease,
  leaseOne,
  ok,
  put,
  rejects,
  type StorageContractCase,
  scope,
  storageCase,
  upTo,
} from './storage-contract-kit.ts'

/** The job queue: part of `storageContract`. */
export const jobQueueContract: readonly StorageContractCase[] = [
  ...jobCommitCases,
  ...jobChoiceCases,

  storageCase('a job is leased as it was enqueued', async ({ storage, jobs }) => {
    await done(storage, [enqueue('j1', { queue: 'mail', key: 'k', data: { to: ['ann'] } })])
    const job = await leaseOne(jobs, at(1))
    const { enqueuedAt, token, ...rest } = job
    const expected = { id: 'j1', scope, queue: 'mail', key: 'k', data: { to: ['ann'] }, attempt: 1 }
    equal(rest, expected, 'the job')
    ok(!Number.isNaN(Date.parse(enqueuedAt)), 'enqueuedAt is an instant')
    ok(Number.isSafeInteger(token), 'the token is a number')
    await done(storage, [enqueue('j2')], { operator: 'op' })
    equal((await leaseOne(jobs, at(1))).scope, { operator: 'op' }, 'the scope of a job without a site')
  }),

  storageCase(
    'a leased job is nobody else’s until the lease ends, and then comes again',
    async ({ storage, jobs, reopen }) => {
      await done(storage, [enqueue('j1')])
      const first = await leaseOne(jobs, at(0))
      const other = (await reopen()).jobs
      equal(await lease(other, '2026-01-01T00:00:59.999Z'), [], 'before the lease ends')
      const second = await leaseOne(other, at(1), { worker: 'w2' })
      equal([second.id, second.attempt], ['j1', 2], 'the job again')
      ok(second.token !== first.token, 'its token is new')
      equal(await lease(jobs, at(1)), [], 'while it is leased again')
    },
  ),

  storageCase('who lost a lease can change nothing', async ({ storage, jobs }) => {
    await done(storage, [enqueue('j1')])
    const first = await leaseOne(jobs, at(0))
    const second = await leaseOne(jobs, at(5))
    equal(await jobs.heartbeat(first, { until: at(50) }), false, 'a heartbeat')
    equal(await jobs.complete(first), false, 'a completion')
    equal(await jobs.retry(first, { runAt: at(0), error: 'x' }), false, 'a retry')
    equal(await jobs.park(first, { error: 'x' }), false, 'a parking')
    equal(await lease(jobs, '2026-01-01T00:05:59.000Z'), [], 'the second lease holds')
    equal(await jobs.complete(second), true, 'the completion of who has the lease')
    equal(await jobs.complete(second), false, 'a completion of what is gone')
    equal(await lease(jobs, at(59)), [], 'jobs after')
  }),

  storageCase(
    'a token is not good again after a retry, a parking or the next lease of the same worker',
    async ({ storage, jobs }) => {
      await done(storage, [enqueue('j1')])
      const first = await leaseOne(jobs, at(0))
      equal(await jobs.retry(first, { runAt: at(1), error: 'x' }), true, 'the retry')
      equal(await jobs.complete(first), false, 'a completion while it waits')
      const second = await leaseOne(jobs, at(1))
      equal(await jobs.complete(first), false, 'a completion with the first token')
      equal(await jobs.park(second, { error: 'x' }), true, 'the parking')
      equal(await jobs.complete(second), false, 'a completion while it is parked')
      equal(await jobs.unpark('j1', { runAt: at(2) }), true, 'the unparking')
      const third = await leaseOne(jobs, at(2))
      equal(await jobs.complete(second), false, 'a completion with the second token')
      equal(await jobs.complete(first), false, 'a completion with the first token, attempt 1 again')
      equal(await jobs.complete(third), true, 'a completion with the last token')
    },
  ),

  storageCase('a heartbeat moves the end of the lease', async ({ storage, jobs }) => {
    await done(storage, [enqueue('j1')])
    const job = await leaseOne(jobs, at(0))
    equal(await jobs.heartbeat(job, { until: at(10) }), true, 'the heartbeat')
    equal(await lease(jobs, at(9)), [], 'before the new end')
    equal(await jobs.nextRunAt(), at(10), 'when to look again')
    equal((await leaseOne(jobs, at(10))).attempt, 2, 'at the new end')
  }),

  storageCase('a lease that ended is still good while nobody has taken the job', async ({ storage, jobs }) => {
    await done(storage, [enqueue('j1')])
    const job = await leaseOne(jobs, at(0))
    equal(await jobs.heartbeat(job, { until: at(1) }), true, 'the heartbeat')
    equal(await jobs.complete(job), true, 'a late completion')
    equal(await lease(jobs, at(59)), [], 'jobs after')
  }),

  storageCase('jobs come by runAt, then id, and never before their time', async ({ storage, jobs }) => {
    await done(storage, [
      enqueue('b', { runAt: at(2) }),
      enqueue('c', { runAt: at(2) }),
      enqueue('a', { runAt: at(3) }),
      enqueue('d'),
      enqueue('e', { runAt: at(9) }),
    ])
    const ids = async (minute: number, limit = 10) =>
      (await lease(jobs, at(minute), { limit, leaseMs: 3_600_000 })).map(({ id }) => id)
    equal(await ids(1), ['d'], 'at once')
    equal(await ids(2), ['b', 'c'], 'at the instant itself')
    equal(await ids(9, 1), ['a'], 'no more than asked for')
    equal(await ids(9), ['e'], 'the rest')
    await rejects(lease(jobs, at(1), { limit: 0 }), 'TypeError', 'no jobs asked for')
  }),

  storageCase('a retried job waits for its backoff and comes with the next attempt', async ({ storage, jobs }) => {
    await done(storage, [enqueue('j1', { data: 1 }), enqueue('j2', { data: 2, runAt: at(3) })])
    const job = await leaseOne(jobs, at(0))
    equal(await jobs.retry(job, { runAt: at(5), error: 'LMS down' }), true, 'the retry')
    equal(
      (await lease(jobs, at(4), { leaseMs: 3_600_000 })).map(({ id }) => id),
      ['j2'],
      'what is due before the backoff ends',
    )
    const [listed] = (await jobs.list({ state: 'waiting', limit: 10 })).items
    equal([listed?.id, listed?.error, listed?.runAt, listed?.attempt], ['j1', 'LMS down', at(5), 1], 'as listed')
    const again = await leaseOne(jobs, at(5))
    equal([again.id, again.attempt, again.data], ['j1', 2, 1], 'the job again')
    await jobs.retry(again, { runAt: at(6), error: 'x' })
    equal((await leaseOne(jobs, at(6))).attempt, 3, 'the third attempt')
  }),

  storageCase('a parked job stays until it is unparked', async ({ storage, jobs, reopen }) => {
    await done(storage, [enqueue('j1', { data: { grant: 1 }, key: 'k' })])
    equal(await jobs.park(await leaseOne(jobs, at(0)), { error: 'poison' }), true, 'the parking')
    equal(await lease(jobs, '2999-01-01T00:00:00.000Z'), [], 'jobs in a thousand years')
    equal(await jobs.nextRunAt(), null, 'when to look again')
    const other = (await reopen()).jobs
    const [parked] = (await other.list({ state: 'parked', limit: 10 })).items
    equal(await other.get('j1'), parked, 'by its id')
    const { enqueuedAt: _enqueuedAt, runAt: _runAt, ...record } = parked ?? fail()
    const expected = { id: 'j1', scope, queue: 'work', key: 'k', data: { grant: 1 }, state: 'parked', attempt: 1 }
    const left = { leasedUntil: null, worker: 'w1', waitsFor: null, error: 'poison' }
    equal(record, { ...expected, ...left }, 'as listed')
    equal(await other.unpark('none', { runAt: at(1) }), false, 'unparking what is not there')
    equal(await other.unpark('j1', { runAt: at(1) }), true, 'the unparking')
    equal(await other.unpark('j1', { runAt: at(1) }), false, 'unparking twice')
    equal(await lease(jobs, at(0)), [], 'before its new instant')
    const job = await leaseOne(jobs, at(1))
    equal([job.id, job.attempt, job.data], ['j1', 1, { grant: 1 }], 'the job again, from attempt 1')
  }),

  storageCase('a parked job is dismissed for good, and no other', async ({ storage, jobs }) => {
    await done(storage, [enqueue('j1'), enqueue('j2'), enqueue('j3')])
    const [first = fail(), second = fail()] = await lease(jobs, at(0), { limit: 2 })
    await jobs.park(first, { error: 'x' })
    equal(await jobs.dismiss('j2'), false, 'one in the hands of a worker')
    equal(await jobs.dismiss('j3'), false, 'one that waits')
    equal(await jobs.dismiss('none'), false, 'one that is not there')
    equal(await jobs.dismiss('j1'), true, 'one that is parked')
    equal(await jobs.dismiss('j1'), false, 'twice')
    equal(await jobs.unpark('j1', { runAt: at(0) }), false, 'an unparking of what is gone')
    equal(await jobs.get('j1'), null, 'by its id')
    equal((await jobs.get('j2'))?.state, 'leased', 'the second')
    equal(await jobs.complete(second), true, 'its completion')
    equal(await jobs.get('j2'), null, 'the second, when it is done')
    equal((await jobs.get('j3'))?.state, 'waiting', 'the third')
  }),

  storageCase('workers that race never share a job, and none is lost', async ({ storage, jobs, reopen }) => {
    await done(
      storage,
      upTo(60).map((n) => enqueue(`j${n}`)),
    )
    const queues = [jobs, (await reopen()).jobs] as const
    const worked: string[] = []
    const work = async (worker: number) => {
      for (;;) {
        const leased = await lease(queues[worker % 2 ? 0 : 1], at(1), { limit: 3, worker: `w${worker}` })
        if (leased.length === 0) return
        ok(worked.length < 200, 'a job that was completed does not come again')
        for (const job of leased) {
          worked.push(job.id)
          equal(await queues[worker % 2 ? 0 : 1].complete(job), true, 'the completion')
        }
      }
    }
    await Promise.all(upTo(6).map(work))
    equal(worked.length, 60, 'jobs done')
    equal(new Set(worked).size, 60, 'different jobs done')
  }),

  storageCase('jobs are listed by state, operator and queue, page by page', async ({ storage, jobs }) => {
    await done(
      storage,
      upTo(5).map((n) => enqueue(`a${n}`, { queue: n % 2 ? 'odd' : 'even' })),
    )
    await done(storage, [enqueue('b1')], { operator: 'op2' })
    const job = await leaseOne(jobs, at(1), { queues: ['odd'], worker: 'bee' })
    const ids = async (query: { operator?: string; queue?: string; state?: 'leased' | 'waiting' | 'parked' }) => {
      const found: string[] = []
      let cursor: string | undefined
      do {
        const page = await jobs.list({ state: 'waiting', limit: 2, ...query, cursor })
        found.push(...page.items.map(({ id }) => id))
        ok(found.length < 20, 'a list of jobs ends')
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      return found
    }
    equal(await ids({}), ['a2', 'a3', 'a4', 'a5', 'b1'], 'waiting')
    equal(await ids({ operator: 'op' }), ['a2', 'a3', 'a4', 'a5'], 'of one operator')
    equal(await ids({ operator: 'op', queue: 'odd' }), ['a3', 'a5'], 'of one queue')
    equal(await ids({ state: 'parked' }), [], 'parked')
    const [leased] = (await jobs.list({ state: 'leased', limit: 5 })).items
    equal([leased?.id, leased?.worker, leased?.leasedUntil], [job.id, 'bee', at(2)], 'leased')
    await rejects(jobs.list({ state: 'waiting', limit: 2, cursor: '?' }), 'RangeError', 'a cursor that is none')
  }),

  storageCase('how much each queue holds is counted, and since when it could have run', async ({ storage, jobs }) => {
    equal(await jobs.depth({ now: at(5) }), [], 'nothing')
    await done(storage, [
      enqueue('a1', { queue: 'one' }),
      enqueue('a2', { queue: 'one', runAt: '2999-01-01T00:00:00.000Z' }),
      enqueue('a3', { queue: 'one' }),
      enqueue('b1', { queue: 'two' }),
      enqueue('b2', { queue: 'two' }),
      enqueue('c1', { queue: 'three', runAt: '2998-01-01T00:00:00.000Z' }),
      enqueue('c2', { queue: 'three', runAt: '2997-01-01T00:00:00.000Z' }),
    ])
    await done(storage, [enqueue('d1', { queue: 'one' })], { operator: 'op2' })
    const [first = fail(), second = fail()] = await lease(jobs, at(1), { queues: ['two'] })
    await jobs.park(second, { error: 'x' })
    const waiting = await jobs.list({ state: 'waiting', operator: 'op', queue: 'one', limit: 1 })
    const since = waiting.items[0]?.enqueuedAt
    const [one, three, two, ...rest] = await jobs.depth({ operator: 'op', now: '2998-06-01T00:00:00.000Z' })
    equal(one, { queue: 'one', due: 2, later: 1, leased: 0, parked: 0, dueSince: since }, 'due since it was enqueued')
    const last = { queue: 'three', due: 2, later: 0, leased: 0, parked: 0, dueSince: '2997-01-01T00:00:00.000Z' }
    equal(three, last, 'due since its instant')
    equal(two, { queue: 'two', due: 0, later: 0, leased: 1, parked: 1, dueSince: null }, 'leased and parked')
    equal(rest, [], 'other queues')
    const all = await jobs.depth({ now: at(5) })
    equal(
      all.map(({ queue, due, later }) => [queue, due, later]),
      [
        ['one', 3, 1],
        ['three', 0, 2],
        ['two', 0, 0],
      ],
      'of all operators, at an earlier instant',
    )
    await jobs.complete(first)
    const [left] = await jobs.depth({ operator: 'op2', now: at(5) })
    equal([left?.queue, left?.due], ['one', 1], 'of another operator')
  }),

  storageCase('who subscribed is called after each commit that enqueued', async ({ storage, jobs }) => {
    let calls = 0
    const told: (readonly Enqueued[])[] = []
    const stop = jobs.subscribe((enqueued) => {
      calls += 1
      if (enqueued !== undefined) told.push(enqueued.map(({ queue, runAt }) => ({ queue, runAt })))
      throw new Error('a listener must not harm')
    })
    await done(storage, [insert('c1', cart('ann', 1))])
    equal(calls, 0, 'after a commit without a job')
    await done(storage, [enqueue('j1')])
    equal(calls, 1, 'after a commit with a job')
    await storage.commit(scope, [enqueue('j2'), put('none', 1, {})])
    equal(calls, 1, 'after a refused commit')
    await jobs.park(await leaseOne(jobs, at(1)), { error: 'x' })
    await jobs.unpark('j1', { runAt: at(1) })
    equal(calls, 2, 'after an unparking')
    await jobs.retry(await leaseOne(jobs, at(1)), { runAt: at(2), error: 'x' })
    equal(calls, 3, 'after a retry')
    await done(storage, [enqueue('j4', { queue: 'other', runAt: at(9) })])
    // Who says what was enqueued says it all.
    if (told.length > 0) equal(told.at(-1), [{ queue: 'other', runAt: at(9) }], 'what was enqueued')
    stop()
    await done(storage, [enqueue('j3')])
    equal(calls, 4, 'after it stopped')
  }),
]

function fail(): never {
  throw new Error('a job should be there')
}
