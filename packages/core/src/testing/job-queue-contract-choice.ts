import type { Scope } from '../ports/storage.ts'
import {
  at,
  done,
  enqueue,
  equal,
  lease,
  leaseOne,
  type StorageContractCase,
  storageCase,
  upTo,
} from './storage-contract-kit.ts'

const EPOCH = '1970-01-01T00:00:00.000Z'

/** Which jobs a worker is given, and in what order: part of `jobQueueContract`. */
export const jobChoiceCases: readonly StorageContractCase[] = [
  storageCase('jobs that wait for what does not answer are left alone, and no others', async ({ storage, jobs }) => {
    await done(storage, [
      enqueue('a', { priority: 9 }),
      enqueue('b', { priority: 9 }),
      enqueue('c', { priority: 9 }),
      enqueue('d', { runAt: at(3) }),
    ])
    for (const waitsFor of ['lms', 'mail', undefined]) {
      await jobs.retry(await leaseOne(jobs, at(0)), { runAt: at(1), error: 'x', waitsFor })
    }
    equal((await jobs.get('a'))?.waitsFor, 'lms', 'what the first waits for')
    equal((await jobs.get('c'))?.waitsFor, null, 'what the third waits for')
    const ids = async (unavailable: string[], more: { limit?: number; queues?: string[] } = {}) =>
      (await lease(jobs, at(3), { unavailable, leaseMs: 3_600_000, ...more })).map(({ id }) => id)
    equal(await jobs.nextRunAt({ unavailable: ['lms', 'mail'] }), at(1), 'when to look again')
    equal(await ids(['lms', 'mail'], { queues: ['other'] }), [], 'of another queue')
    equal(await ids(['lms', 'mail'], { limit: 1 }), ['c'], 'the first of the others')
    equal(await jobs.nextRunAt({ unavailable: ['lms', 'mail', 'd'] }), at(3), 'when to look again for the rest')
    equal(await ids(['lms', 'mail']), ['d'], 'the rest')
    equal(await ids(['lms']), ['b'], 'once one of both answers')
    const job = await leaseOne(jobs, at(3), { unavailable: ['mail'] })
    equal(job.id, 'a', 'once the other answers')
    equal(await lease(jobs, at(9), { unavailable: ['lms'] }), [], 'one whose lease has ended')
    await jobs.retry(job, { runAt: at(4), error: 'x' })
    equal(
      (await lease(jobs, at(4), { unavailable: ['lms'] })).map(({ id }) => id),
      ['a'],
      'one that waits no more',
    )
  }),

  storageCase('operators are served in turn, however much one of them has enqueued', async ({ storage, jobs }) => {
    await done(
      storage,
      upTo(20).map((n) => enqueue(`big-${n}`, { runAt: at(1) })),
      { operator: 'big' },
    )
    await done(storage, [enqueue('small-1', { runAt: at(2) })], { operator: 'small' })
    await done(storage, [enqueue('tiny-1', { runAt: at(3) }), enqueue('tiny-2', { runAt: at(3) })], {
      operator: 'tiny',
    })
    const leased = await lease(jobs, at(9), { limit: 6 })
    const operators = leased.map((job) => job.scope.operator)
    equal(operators.slice(0, 3), ['big', 'small', 'tiny'], 'the first round')
    equal(operators.slice(3), ['big', 'tiny', 'big'], 'the rest')
  }),

  storageCase('who has jobs in hand comes after who has none, from one look to the next', async ({ storage, jobs }) => {
    await done(
      storage,
      upTo(9).map((n) => enqueue(`big-${n}`, { runAt: at(1), priority: 9 })),
      { operator: 'big', site: 'one' },
    )
    await done(storage, [enqueue('other-1', { runAt: at(2) })], { operator: 'big', site: 'two' })
    const small = { operator: 'small' }
    await done(storage, [enqueue('small-1', { runAt: at(3) }), enqueue('small-2', { runAt: at(3) })], small)
    await done(storage, [enqueue('apart', { queue: 'other' })], small)
    const next = async (more = {}) => (await leaseOne(jobs, at(9), { queues: ['work'], ...more })).id
    const apart = await leaseOne(jobs, at(9), { queues: ['other'] })
    equal(apart.id, 'apart', 'one of another queue, whose hands are others')
    const looks: string[] = []
    for (const _ of upTo(6)) looks.push(await next())
    equal(looks, ['big-1', 'small-1', 'other-1', 'small-2', 'big-2', 'big-3'], 'six looks for one job')
    await done(storage, [enqueue('small-3'), enqueue('small-4')], small)
    const rest = await lease(jobs, at(9), { queues: ['work'], limit: 3 })
    equal(
      rest.map(({ id }) => id),
      ['small-3', 'small-4', 'big-4'],
      'a look for three',
    )
    await done(storage, [enqueue('small-5')], small)
    equal(await next({ now: at(10) }), 'big-1', 'whose leases have ended has nothing in hand')
  }),

  storageCase('of those with equally many in hand, who was served last comes last', async ({ storage, jobs }) => {
    const operators = upTo(9).map((n) => ({ operator: `op-${n}`, site: 'main' }))
    for (const each of operators) {
      const of = (n: number) => `${each.operator}-${n}`
      await done(storage, [enqueue(of(1)), enqueue(of(2)), enqueue(of(3), { priority: 5 })], each)
    }
    await done(storage, [enqueue('side', { priority: -9 })], { operator: 'op-1', site: 'side' })
    const look = async (limit: number, lately: readonly Scope[]) => {
      const leased = await lease(jobs, at(9), { limit, lately })
      for (const job of leased) await jobs.complete(job)
      return leased.map(({ id }) => id)
    }
    const firsts = operators.slice(0, 8).map(({ operator }) => `${operator}-3`)
    equal(await look(8, []), firsts, 'the first eight')
    const lately = operators.slice(0, 8)
    equal(await look(2, lately), ['op-9-3', 'side'], 'the ninth, then another site of the first')
    const main = { operator: 'op-1', site: 'main' }
    equal(await look(1, [...operators.slice(1), main]), ['op-2-1'], 'the second, once the first was served again')
  }),

  storageCase('of jobs that are due the higher priority goes first, in whichever queue it waits', async (subject) => {
    const { storage, jobs } = subject
    await done(storage, [
      enqueue('late', { priority: -2 }),
      enqueue('old', { runAt: at(1), priority: -1 }),
      enqueue('new', { runAt: at(2), priority: -1 }),
      enqueue('plain', { runAt: at(3) }),
      enqueue('top', { runAt: at(4), priority: 2_147_483_647, queue: 'other' }),
      enqueue('least', { priority: -2_147_483_648 }),
      enqueue('early', { runAt: at(9), priority: 5 }),
    ])
    const first = await lease(jobs, at(5), { limit: 3, leaseMs: 60_000 })
    equal(
      first.map(({ id }) => id),
      ['top', 'plain', 'old'],
      'the first three',
    )
    const [, plain = fail()] = first
    await jobs.retry(plain, { runAt: at(5), error: 'x' })
    const rest = await lease(jobs, at(5), { limit: 9, leaseMs: 3_600_000 })
    equal(
      rest.map(({ id }) => id),
      ['plain', 'new', 'late', 'least'],
      'the rest, and none before its time',
    )
    const lost = await lease(jobs, at(8), { limit: 2 })
    equal(
      lost.map(({ id }) => id),
      ['top', 'old'],
      'those whose lease ended',
    )
  }),

  storageCase('an operator’s sites are served in turn, whatever the priorities', async ({ storage, jobs }) => {
    const site = (name: string) => ({ operator: 'op', site: name })
    await done(
      storage,
      upTo(9).map((n) => enqueue(`big-${n}`, { priority: 9 })),
      site('big'),
    )
    await done(storage, [enqueue('small-1', { priority: 1 }), enqueue('small-2')], site('small'))
    await done(storage, [enqueue('other-1', { priority: -3 })], { operator: 'other' })
    const leased = await lease(jobs, at(1), { limit: 6 })
    equal(
      leased.map(({ id }) => id),
      ['big-1', 'other-1', 'small-1', 'big-2', 'small-2', 'big-3'],
      'the order',
    )
  }),

  storageCase('a worker takes from the queues that it names', async ({ storage, jobs }) => {
    await done(storage, [
      enqueue('a', { queue: 'one' }),
      enqueue('b', { queue: 'two', runAt: at(2) }),
      enqueue('c', { queue: 'three' }),
    ])
    equal(await jobs.nextRunAt({ queues: ['two'] }), at(2), 'when to look into one queue')
    const ids = async (queues: string[]) => (await lease(jobs, at(5), { queues })).map(({ id }) => id)
    equal(await ids([]), [], 'no queue')
    equal(await ids(['one', 'two']), ['a', 'b'], 'two queues')
    equal(await jobs.nextRunAt({ queues: ['one', 'two'] }), at(6), 'the end of a lease')
    equal(await jobs.nextRunAt({ queues: ['none'] }), null, 'an empty queue')
    equal(await jobs.nextRunAt(), EPOCH, 'a job that is to run at once')
    equal(await ids(['three']), ['c'], 'the third')
  }),
]

function fail(): never {
  throw new Error('a job should be there')
}
