import type { LeasedJob, LeaseRequest } from '../ports/job-queue.ts'
import type { Storage } from '../ports/storage.ts'
import { changed, fault, jobsOf, type StorageFault, withoutPriority } from './storage-faults-kit.ts'

/** Memory storages whose jobs are wrong in one way, once they are there. */
export const jobFaults: readonly StorageFault[] = [
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
  fault('jobs that wait for what does not answer are leased', (inner) => ({
    jobs: jobsOf(inner, { lease: ({ unavailable: _unavailable, ...request }) => inner.jobs.lease(request) }),
  })),
  fault('jobs that wait for nothing are left alone too', (inner) => ({
    jobs: jobsOf(inner, {
      lease: (request) => ((request.unavailable ?? []).length > 0 ? Promise.resolve([]) : inner.jobs.lease(request)),
    }),
  })),
  fault('it is said to look again at once for what need not be tried', (inner) => ({
    jobs: jobsOf(inner, { nextRunAt: ({ queues } = {}) => inner.jobs.nextRunAt({ queues }) }),
  })),
  fault('a job is dismissed from the hands of its worker', (inner) => ({
    jobs: jobsOf(inner, {
      dismiss: async (id) => {
        const job = await inner.jobs.get(id)
        if (job?.state !== 'leased') return inner.jobs.dismiss(id)
        // Whoever may take it away anyhow.
        for (let token = 1; token < 9; token += 1) if (await inner.jobs.complete({ id, token })) return true
        return false
      },
    }),
  })),
  fault('one operator’s jobs go before all others', (inner) => ({
    jobs: jobsOf(inner, {
      lease: (request) => leaseSorted(inner, request, ({ scope }) => (scope.operator === 'big' ? '' : scope.operator)),
    }),
  })),
  fault('each look begins with the same operator, whatever it has in hand', (inner) => ({
    jobs: jobsOf(inner, {
      lease: (request) => {
        const rounds = new Map<string, number>()
        return leaseSorted(inner, request, ({ scope: { operator } }) => {
          const round = rounds.get(operator) ?? 0
          rounds.set(operator, round + 1)
          return `${String(round).padStart(3, '0')} ${operator}`
        })
      },
    }),
  })),
  fault('who was served lately is forgotten', (inner) => ({
    jobs: jobsOf(inner, { lease: ({ lately: _lately, ...request }) => inner.jobs.lease(request) }),
  })),
  fault('jobs have no priority', (inner) => ({
    commit: changed(inner, withoutPriority),
  })),
  fault('the sites of an operator are not told apart', (inner) => ({
    jobs: jobsOf(inner, {
      lease: (request) => leaseSorted(inner, request, ({ scope }) => scope.site ?? ''),
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

/** Leases all, keeps those whose name is first, and gives back the rest. */
async function leaseSorted(
  inner: Storage,
  request: LeaseRequest,
  nameOf: (job: LeasedJob) => string,
): Promise<LeasedJob[]> {
  const leased = await inner.jobs.lease({ ...request, limit: 1000 })
  const named = leased.map((job) => ({ job, name: nameOf(job) })).sort((a, b) => (a.name < b.name ? -1 : 1))
  const left = named.splice(request.limit)
  for (const { job } of left) await inner.jobs.retry(job, { runAt: request.now, error: '' })
  return named.map(({ job }) => job)
}
