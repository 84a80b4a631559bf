import {
  at,
  cart,
  dequeue,
  done,
  enqueue,
  equal,
  insert,
  lease,
  leaseOne,
  put,
  refused,
  rejects,
  type StorageContractCase,
  scope,
  storageCase,
} from './storage-contract-kit.ts'

/** How jobs come and go with commits: part of `jobQueueContract`. */
export const jobCommitCases: readonly StorageContractCase[] = [
  storageCase('a job exists exactly if its commit was done', async ({ storage, jobs }) => {
    const answer = await storage.commit(scope, [enqueue('j1'), put('none', 1, cart('ann', 1))])
    equal(answer.outcome, 'conflict', 'the commit')
    equal(await lease(jobs, at(1)), [], 'jobs of a refused commit')
    await done(storage, [insert('c1', cart('ann', 1)), enqueue('j1')])
    equal((await lease(jobs, at(1))).length, 1, 'jobs of a commit that was done')
    await refused(storage, [enqueue('j1')], { why: 'unique', key: 'job' })
  }),

  storageCase(
    'a job joins one of its key that waits: the earlier instant, the newer data',
    async ({ storage, jobs }) => {
      await done(storage, [enqueue('j1', { key: 'k', runAt: at(5), data: 'old' })])
      await done(storage, [enqueue('j2', { key: 'k', runAt: at(9), data: 'newer' })])
      equal(await lease(jobs, at(4)), [], 'before both')
      await done(storage, [enqueue('j3', { key: 'k', runAt: at(3), data: 'newest' })])
      equal(await jobs.nextRunAt(), at(3), 'the earlier instant')
      const all = await lease(jobs, at(10))
      equal(
        all.map(({ id, data }) => [id, data]),
        [['j1', 'newest']],
        'the one job',
      )
    },
  ),

  storageCase(
    'a job joins none of another scope, queue or key, nor one that is leased or parked',
    async ({ storage, jobs }) => {
      await done(storage, [
        enqueue('j1', { key: 'k' }),
        enqueue('j2', { key: 'k', queue: 'other' }),
        enqueue('j3', { key: 'k2' }),
      ])
      await done(storage, [enqueue('j4', { key: 'k' })], { operator: 'op', site: 'second' })
      await done(storage, [enqueue('j5', { key: 'k' })], { operator: 'op2', site: 'main' })
      await done(storage, [enqueue('j6'), enqueue('j7')])
      const leased = await lease(jobs, at(1))
      equal(leased.length, 7, 'jobs')
      const first = leased.find(({ id }) => id === 'j1') ?? fail()
      await done(storage, [enqueue('j8', { key: 'k', data: 'while leased' })])
      const [next] = await lease(jobs, at(1))
      equal([next?.id, next?.data], ['j8', 'while leased'], 'enqueued while its key is leased')
      await jobs.park(first, { error: 'x' })
      await jobs.park(next ?? fail(), { error: 'x' })
      await done(storage, [enqueue('j9', { key: 'k', data: 'while parked' })])
      equal((await leaseOne(jobs, at(1))).id, 'j9', 'enqueued while its key is parked')
      equal((await jobs.list({ state: 'parked', limit: 9 })).items.length, 2, 'parked jobs')
    },
  ),

  storageCase('a join of a commit that is refused leaves the waiting job as it was', async ({ storage, jobs }) => {
    await done(storage, [enqueue('j1', { key: 'k', runAt: at(5), data: 'old' })])
    await refused(storage, [enqueue('j2', { key: 'k', data: 'new' }), put('none', 1, {})], {
      change: 1,
      why: 'version',
    })
    equal(await lease(jobs, at(4)), [], 'before its instant')
    equal((await leaseOne(jobs, at(5))).data, 'old', 'its data')
  }),

  storageCase('a job that waits is taken away by the commit that dequeues it, or not at all', async (subject) => {
    const { storage, jobs, reopen } = subject
    await done(storage, [dequeue('k')])
    await done(storage, [enqueue('j1', { key: 'k', runAt: at(5), data: 1 })])
    await refused(storage, [dequeue('k'), put('none', 1, {})], { change: 1, why: 'version' })
    const [waiting = fail()] = (await jobs.list({ state: 'waiting', limit: 10 })).items
    equal([waiting.id, waiting.data, waiting.runAt], ['j1', 1, at(5)], 'after a refused commit')
    await done(await reopen(), [dequeue('k'), insert('c1', cart('ann', 1))])
    equal([await jobs.nextRunAt(), await jobs.depth({ now: at(9) })], [null, []], 'after it was dequeued')
    await done(storage, [enqueue('j1', { key: 'k', data: 2 })])
    const again = await leaseOne(jobs, at(1))
    equal([again.id, again.data, again.attempt], ['j1', 2, 1], 'its id is free')
    await jobs.retry(again, { runAt: at(2), error: 'x' })
    await done(storage, [dequeue('k')])
    equal(await lease(jobs, at(9)), [], 'one that waited for its retry')
  }),

  storageCase(
    'no job of another scope, queue or key is dequeued, nor one that is leased or parked',
    async ({ storage, jobs }) => {
      await done(storage, [
        enqueue('j1', { key: 'k' }),
        enqueue('j2', { key: 'k', queue: 'other' }),
        enqueue('j3', { key: 'k2' }),
        enqueue('j4'),
      ])
      await done(storage, [enqueue('j5', { key: 'k' })], { operator: 'op', site: 'second' })
      await done(storage, [enqueue('j6', { key: 'k' })], { operator: 'op' })
      await done(storage, [enqueue('j7', { key: 'k' })], { operator: 'op2', site: 'main' })
      await done(storage, [dequeue('k')])
      const leased = await lease(jobs, at(1))
      equal(leased.map(({ id }) => id).sort(), ['j2', 'j3', 'j4', 'j5', 'j6', 'j7'], 'the others')
      await done(storage, [dequeue('k2')])
      const ended = leased.find(({ id }) => id === 'j3') ?? fail()
      equal(await jobs.heartbeat(ended, { until: at(3) }), true, 'the lease of one that was to be dequeued')
      await jobs.park(ended, { error: 'x' })
      await done(storage, [dequeue('k2')])
      equal((await jobs.list({ state: 'parked', limit: 9 })).items.length, 1, 'parked jobs')
    },
  ),

  storageCase('a commit that both enqueues and dequeues a job is a mistake', async ({ storage, jobs }) => {
    const mistakes = [
      [enqueue('j1', { key: 'k' }), dequeue('k')],
      [dequeue('k'), dequeue('k')],
    ]
    for (const changes of mistakes) await rejects(storage.commit(scope, changes), 'TypeError', 'the commit')
    equal(await lease(jobs, at(1)), [], 'jobs after')
    await done(storage, [
      enqueue('j1', { key: 'k' }),
      enqueue('j2', { key: 'k' }),
      dequeue('k2'),
      dequeue('k', 'other'),
    ])
    equal((await lease(jobs, at(1))).length, 1, 'jobs of two enqueues that join')
  }),

  storageCase('a job that joins one that waits leaves it the greater of the two priorities', async (subject) => {
    const { storage, jobs } = subject
    await done(storage, [enqueue('up', { key: 'up', priority: 1 }), enqueue('down', { key: 'down', priority: 9 })])
    await done(storage, [enqueue('middle', { priority: 5 })])
    await done(storage, [enqueue('j2', { key: 'up', priority: 7 }), enqueue('j3', { key: 'down', priority: 2 })])
    const leased = await lease(jobs, at(1), { limit: 9 })
    equal(
      leased.map(({ id }) => id),
      ['down', 'up', 'middle'],
      'in their order',
    )
  }),
]

function fail(): never {
  throw new Error('a job should be there')
}
