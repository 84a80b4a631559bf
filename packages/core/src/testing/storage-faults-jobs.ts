import type { JobRecord, LeasedJob } from '../ports/job-queue.ts'
import type { Change, DequeueChange, EnqueueChange, Scope, Storage } from '../ports/storage.ts'
import { changed, fault, jobsOf, lowestWhenJoining, type StorageFault, withoutPriority } from './storage-faults-kit.ts'

/** Memory storages whose jobs are wrong in one way. */
export const jobFaults: readonly StorageFault[] = [
  fault('a job joins one that is leased, and is lost', (inner, { notes }) => ({
    commit: (scope, changes, options) => {
      const kept = changes.filter((change) => change.do !== 'enqueue' || !notes.has(change.key ?? ''))
      return inner.commit(scope, kept, options)
    },
    jobs: jobsOf(inner, {
      lease: async (request) => {
        const leased = await inner.jobs.lease(request)
        for (const { key } of leased) if (key !== null) notes.set(key, 1)
        return leased
      },
    }),
  })),
  fault('a job that joins keeps the old data', (inner) => {
    const data = new Map<string, EnqueueChange['data']>()
    return {
      commit: changed(inner, (change) => {
        if (change.do !== 'enqueue' || change.key === undefined) return change
        if (!data.has(change.key)) data.set(change.key, change.data)
        return { ...change, data: data.get(change.key) ?? null }
      }),
    }
  }),
  fault('a job with a key joins none', (inner) => ({
    commit: changed(inner, (change) => (change.do === 'enqueue' ? { ...change, key: undefined } : change)),
  })),
  fault('jobs are enqueued though their commit is refused', (inner) => ({
    commit: async (scope, changes, options) => {
      const answer = await inner.commit(scope, changes, options)
      const jobs = changes.filter((change) => change.do === 'enqueue')
      if (answer.outcome === 'conflict' && jobs.length > 0) await inner.commit(scope, jobs)
      return answer
    },
  })),
  fault('a job that was dequeued stays', (inner) => ({
    commit: (scope, changes, options) => inner.commit(scope, changes.filter(isNoDequeue), options),
  })),
  fault('jobs are dequeued though their commit is refused', (inner) => ({
    commit: async (scope, changes, options) => {
      const answer = await inner.commit(scope, changes, options)
      if (answer.outcome === 'conflict')
        await inner.commit(
          scope,
          changes.filter((change) => !isNoDequeue(change)),
        )
      return answer
    },
  })),
  fault('a job that waits for its retry is not dequeued', (inner) => ({
    commit: async (scope, changes, options) => {
      const { items } = await inner.jobs.list({ state: 'waiting', limit: 100 })
      const tried = items.flatMap(({ attempt, key }) => (attempt > 0 ? [key] : []))
      const kept = changes.filter((change) => change.do !== 'dequeue' || !tried.includes(change.key))
      return inner.commit(scope, kept, options)
    },
  })),
  fault('what is enqueued and dequeued in one commit comes and goes', (inner) => ({
    commit: async (scope, changes, options) => {
      const answer = await inner.commit(scope, changes.filter(isNoDequeue), options)
      const dequeues = changes.filter((change) => !isNoDequeue(change))
      if (answer.outcome === 'committed') for (const change of dequeues) await inner.commit(scope, [change])
      return answer
    },
  })),
  fault('a job is dequeued in every queue', (inner) =>
    dequeuesAlso(inner, (job, { key }, { site }) => job.key === key && job.scope.site === site),
  ),
  fault('a job is dequeued on every site', (inner) =>
    dequeuesAlso(inner, (job, { key, queue }, { operator }) => {
      return job.key === key && job.queue === queue && job.scope.operator === operator
    }),
  ),
  fault('a job is dequeued for every operator', (inner) =>
    dequeuesAlso(inner, (job, { key, queue }, { site }) => {
      return job.key === key && job.queue === queue && job.scope.site === site
    }),
  ),
  fault('all jobs of a queue are dequeued', (inner) =>
    dequeuesAlso(inner, (job, { queue }, { site }) => job.queue === queue && job.scope.site === site),
  ),
  fault('a job that is leased is dequeued', (inner) => {
    const leases = new Map<string | null, LeasedJob>()
    return {
      commit: async (scope, changes, options) => {
        const answer = await inner.commit(scope, changes, options)
        for (const change of changes) {
          const leased = change.do === 'dequeue' ? leases.get(change.key) : undefined
          if (leased !== undefined) await inner.jobs.complete(leased)
        }
        return answer
      },
      jobs: jobsOf(inner, {
        lease: async (request) => {
          const leased = await inner.jobs.lease(request)
          for (const job of leased) leases.set(job.key, job)
          return leased
        },
      }),
    }
  }),
  fault('a job that is parked is dequeued', (inner) => ({
    commit: async (scope, changes, options) => {
      const { items } = await inner.jobs.list({ state: 'parked', limit: 100 })
      for (const change of changes) {
        const parked = change.do === 'dequeue' && items.find(({ key }) => key === change.key)
        if (parked) await inner.jobs.unpark(parked.id, { runAt: '2026-01-01T00:00:00.000Z' })
      }
      return inner.commit(scope, changes, options)
    },
  })),
  fault('a lease has no fencing', (inner) => {
    const newest = new Map<string, LeasedJob>()
    const current = (job: { id: string; token: number }) => newest.get(job.id) ?? job
    return {
      jobs: jobsOf(inner, {
        lease: async (request) => {
          const leased = await inner.jobs.lease(request)
          for (const job of leased) newest.set(job.id, job)
          return leased
        },
        complete: (job) => inner.jobs.complete(current(job)),
        retry: (job, change) => inner.jobs.retry(current(job), change),
        park: (job, change) => inner.jobs.park(current(job), change),
        heartbeat: (job, change) => inner.jobs.heartbeat(current(job), change),
      }),
    }
  }),
  fault('a heartbeat moves nothing', (inner) => ({ jobs: jobsOf(inner, { heartbeat: async () => true }) })),
  fault('a lease never ends', (inner) => ({
    jobs: jobsOf(inner, { lease: (request) => inner.jobs.lease({ ...request, leaseMs: 1e12 }) }),
  })),
  fault('a lease takes seconds for milliseconds', (inner) => ({
    jobs: jobsOf(inner, { lease: (request) => inner.jobs.lease({ ...request, leaseMs: request.leaseMs * 1000 }) }),
  })),
  fault('a lease is not exclusive', (inner) => ({
    jobs: jobsOf(inner, { lease: (request) => inner.jobs.lease({ ...request, leaseMs: 0 }) }),
  })),
  fault('a job runs before its time', (inner) => ({
    commit: changed(inner, (change) => (change.do === 'enqueue' ? { ...change, runAt: undefined } : change)),
  })),
  fault('a retry does not wait', (inner) => ({
    jobs: jobsOf(inner, {
      retry: (job, { error }) => inner.jobs.retry(job, { error, runAt: '1970-01-01T00:00:00.000Z' }),
    }),
  })),
  fault('a parked job is thrown away', (inner) => ({
    jobs: jobsOf(inner, { park: (job) => inner.jobs.complete(job) }),
  })),
  fault('a parked job comes back by itself', (inner) => ({
    jobs: jobsOf(inner, {
      park: (job, { error }) => inner.jobs.retry(job, { error, runAt: '2100-01-01T00:00:00.000Z' }),
    }),
  })),
  fault('a completed job comes again', (inner) => ({
    jobs: jobsOf(inner, {
      complete: (job) => inner.jobs.retry(job, { error: '', runAt: '2026-01-01T00:00:30.000Z' }),
    }),
  })),
  fault('one operator’s jobs go before all others', (inner) => ({
    jobs: jobsOf(inner, {
      lease: async (request) => {
        const all = await inner.jobs.list({ state: 'waiting', limit: 1000 })
        const big = all.items.filter(({ scope }) => scope.operator === 'big').length
        const leased = await inner.jobs.lease({ ...request, limit: big > 0 ? 1 : request.limit })
        for (let left = request.limit - leased.length; big > 0 && left > 0; left -= 1) {
          const next = await inner.jobs.lease({ ...request, limit: 1 })
          leased.push(...next)
          if (next.length === 0) break
        }
        return leased
      },
    }),
  })),
  fault('jobs have no priority', (inner) => ({
    commit: changed(inner, withoutPriority),
  })),
  fault('a job that joins makes the priority its own', (inner) => ({
    commit: changed(inner, lowestWhenJoining),
  })),
  fault('the sites of an operator are not told apart', (inner) => ({
    jobs: jobsOf(inner, {
      lease: async (request) => {
        const leased = await inner.jobs.lease({ ...request, limit: 1000 })
        const left = leased.sort((a, b) => ((a.scope.site ?? '') < (b.scope.site ?? '') ? -1 : 1)).splice(request.limit)
        for (const job of left) await inner.jobs.retry(job, { runAt: request.now, error: '' })
        return leased
      },
    }),
  })),
  fault('what other operators have in their queues is counted too', (inner) => ({
    jobs: jobsOf(inner, { depth: ({ now }) => inner.jobs.depth({ now }) }),
  })),
  fault('jobs for later are counted as due', (inner) => ({
    jobs: jobsOf(inner, { depth: (query) => inner.jobs.depth({ ...query, now: '9999-01-01T00:00:00.000Z' }) }),
  })),
  fault('jobs that are to run at once are due since the epoch', (inner) => ({
    jobs: jobsOf(inner, {
      depth: async (query) => {
        const queues = await inner.jobs.depth(query)
        const [first] = (await inner.jobs.list({ state: 'waiting', limit: 1 })).items
        return queues.map((each) => (each.dueSince === null ? each : { ...each, dueSince: first?.runAt ?? null }))
      },
    }),
  })),
  fault('nobody is told of a new job', (inner) => ({ jobs: jobsOf(inner, { subscribe: () => () => undefined }) })),
]

const isNoDequeue = (change: Change): boolean => change.do !== 'dequeue'

/** Takes away other jobs that wait as well. */
function dequeuesAlso(
  inner: Storage,
  isMeant: (job: JobRecord, change: DequeueChange, scope: Scope) => boolean,
): Partial<Storage> {
  return {
    commit: async (scope, changes, options) => {
      const { items } = await inner.jobs.list({ state: 'waiting', limit: 100 })
      for (const change of changes) {
        if (change.do !== 'dequeue') continue
        for (const job of items.filter((item) => isMeant(item, change, scope))) {
          if (job.key !== null) await inner.commit(job.scope, [{ ...change, queue: job.queue, key: job.key }])
        }
      }
      return inner.commit(scope, changes, options)
    },
  }
}
