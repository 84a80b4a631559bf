import { isSameJson } from '../json/index.ts'
import type { LeasedJob } from '../ports/job-queue.ts'
import type { Change, DequeueChange, EnqueueChange, Storage } from '../ports/storage.ts'
import { changed, fault, jobsOf, lowestWhenJoining, type StorageFault } from './storage-faults-kit.ts'

/** Memory storages with whose commits jobs come and go wrongly in one way. */
export const jobCommitFaults: readonly StorageFault[] = [
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
  fault('a job that joins makes the priority its own', (inner) => ({
    commit: changed(inner, lowestWhenJoining),
  })),
  fault('a job that was dequeued stays', (inner) => ({
    commit: (scope, changes, options) =>
      inner.commit(
        scope,
        changes.filter((change) => !isDequeue(change)),
        options,
      ),
  })),
  fault('jobs are dequeued though their commit is refused', (inner) => ({
    commit: async (scope, changes, options) => {
      const answer = await inner.commit(scope, changes, options)
      if (answer.outcome === 'conflict') await inner.commit(scope, changes.filter(isDequeue))
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
      const answer = await inner.commit(
        scope,
        changes.filter((change) => !isDequeue(change)),
        options,
      )
      if (answer.outcome === 'committed') {
        for (const change of changes.filter(isDequeue)) await inner.commit(scope, [change])
      }
      return answer
    },
  })),
  fault('a job is dequeued in every queue', (inner) => dequeuesAlso(inner, 'queue')),
  fault('a job is dequeued on every site', (inner) => dequeuesAlso(inner, 'site')),
  fault('a job is dequeued for every operator', (inner) => dequeuesAlso(inner, 'operator')),
  fault('all jobs of a queue are dequeued', (inner) => dequeuesAlso(inner, 'key')),
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
]

const isDequeue = (change: Change): change is DequeueChange => change.do === 'dequeue'

/** Takes away the jobs that wait and differ in this, as well. */
function dequeuesAlso(inner: Storage, differs: 'operator' | 'site' | 'queue' | 'key'): Partial<Storage> {
  return {
    commit: async (scope, changes, options) => {
      const { items } = await inner.jobs.list({ state: 'waiting', limit: 100 })
      for (const { queue, key } of changes.filter(isDequeue)) {
        const meant = { ...scope, queue, key }
        for (const job of items) {
          const own = { ...job.scope, queue: job.queue, key: job.key ?? '' }
          const isMeant = isSameJson({ ...own, [differs]: '' }, { ...meant, [differs]: '' })
          if (isMeant) await inner.commit(job.scope, [{ do: 'dequeue', queue: own.queue, key: own.key }])
        }
      }
      return inner.commit(scope, changes, options)
    },
  }
}
