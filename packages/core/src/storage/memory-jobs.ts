import type {
  Enqueued,
  JobChoice,
  JobListQuery,
  JobPage,
  JobQueue,
  JobRecord,
  LeasedJob,
  LeaseRef,
  LeaseRequest,
  QueueDepth,
} from '../ports/job-queue.ts'
import type { DequeueChange, EnqueueChange, Scope } from '../ports/storage.ts'
import { addMilliseconds } from '../time/index.ts'
import { checkLimit, decodeCursor, encodeCursor } from './adapter-list.ts'
import { compareText } from './compare-values.ts'
import { AT_ONCE, takeInTurn } from './lease-in-turn.ts'
import { frozen, type MemoryData, type Undo } from './memory-data.ts'
import type { MemoryJob } from './memory-job.ts'

/** Adds a job, or joins one that waits; false when the id is another job's. */
export function enqueueInMemory(
  { jobs }: MemoryData,
  scope: Scope,
  change: EnqueueChange,
  { enqueuedAt, undo }: { enqueuedAt: string; undo: Undo },
): boolean {
  const { runAt = AT_ONCE, priority = 0 } = change
  const data = frozen(change.data)
  const waiting = change.key === undefined ? undefined : findWaiting(jobs, scope, change.queue, change.key)
  if (waiting !== undefined) {
    const before = { runAt: waiting.runAt, data: waiting.data, priority: waiting.priority }
    undo.push(() => Object.assign(waiting, before))
    waiting.data = data
    if (runAt < before.runAt) waiting.runAt = runAt
    waiting.priority = Math.max(priority, before.priority)
    return true
  }
  if (jobs.has(change.id)) return false
  undo.push(() => jobs.delete(change.id))
  const { id, queue, key = null } = change
  const state = {
    state: 'waiting',
    attempt: 0,
    leasedUntil: null,
    worker: null,
    waitsFor: null,
    error: null,
    token: 0,
  } as const
  jobs.set(id, { id, scope: frozenScope(scope), queue, key, data, enqueuedAt, runAt, priority, ...state })
  return true
}

/** Takes away the job that an enqueue would join, if one waits. */
export function dequeueInMemory({ jobs }: MemoryData, scope: Scope, change: DequeueChange, undo: Undo): void {
  const waiting = findWaiting(jobs, scope, change.queue, change.key)
  if (waiting === undefined) return
  jobs.delete(waiting.id)
  undo.push(() => jobs.set(waiting.id, waiting))
}

/** The worker's side. */
export function memoryJobs(data: MemoryData, guard: <T>(work: () => T) => Promise<T>): JobQueue {
  const { jobs, listeners } = data

  function change(lease: LeaseRef, fields: Partial<MemoryJob>, isWakening = false): Promise<boolean> {
    return guard(() => {
      const job = held(jobs, lease)
      if (job === undefined) return false
      Object.assign(job, fields)
      if (isWakening) notify(data)
      return true
    })
  }

  return {
    lease: (request) => guard(() => lease(jobs, request)),
    heartbeat: (job, { until }) => change(job, { leasedUntil: until }),
    complete: (job) => guard(() => held(jobs, job) !== undefined && jobs.delete(job.id)),
    retry: (job, { runAt, error, waitsFor = null }) =>
      change(job, { state: 'waiting', runAt, error, waitsFor, leasedUntil: null }, true),
    park: (job, { error }) => change(job, { state: 'parked', error, leasedUntil: null }),
    list: (query) => guard(() => list(jobs, query)),
    depth: (query) => guard(() => depth(jobs, query)),
    unpark: (id, { runAt }) => guard(() => unpark(data, id, runAt)),
    dismiss: (id) => guard(() => jobs.get(id)?.state === 'parked' && jobs.delete(id)),
    get: (id) => guard(() => recordAt(jobs, id)),
    nextRunAt: (wanted) => guard(() => nextRunAt(jobs, wanted)),
    subscribe: (listener) => {
      const own = (enqueued?: readonly Enqueued[]) => listener(enqueued)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}

/** Tells those who subscribed that there may be work. */
export function notify({ listeners }: MemoryData, enqueued?: readonly Enqueued[]): void {
  for (const listener of [...listeners]) {
    try {
      listener(enqueued)
    } catch {
      // The port promises that a listener cannot harm a commit.
    }
  }
}

function findWaiting(
  jobs: ReadonlyMap<string, MemoryJob>,
  scope: Scope,
  queue: string,
  key: string,
): MemoryJob | undefined {
  for (const job of jobs.values()) {
    if (job.key !== key || job.queue !== queue || job.state !== 'waiting') continue
    if (job.scope.operator === scope.operator && job.scope.site === scope.site) return job
  }
  return undefined
}

function frozenScope({ operator, site }: Scope): Scope {
  return Object.freeze(site === undefined ? { operator } : { operator, site })
}

function lease(jobs: ReadonlyMap<string, MemoryJob>, request: LeaseRequest): LeasedJob[] {
  checkLimit(request.limit)
  const leasedUntil = addMilliseconds(request.now, request.leaseMs)
  const due = [...jobs.values()].filter((job) => isDue(job, request))
  const inHand = [...jobs.values()].filter((job) => isInHand(job, request)).map(({ scope }) => scope)
  return takeInTurn(due, request.limit, { inHand, lately: request.lately }).map((job) => {
    const fields = { state: 'leased', leasedUntil, worker: request.worker } as const
    Object.assign(job, fields, { attempt: job.attempt + 1, token: job.token + 1 })
    const { id, scope, queue, key, data, attempt, enqueuedAt, token } = job
    return { id, scope, queue, key, data, attempt, enqueuedAt, token }
  })
}

function isDue(job: MemoryJob, request: LeaseRequest): boolean {
  const from = isWanted(job, request) ? readyAt(job) : null
  return from !== null && from <= request.now
}

/** Of these queues, by a worker whose lease has not ended. */
function isInHand({ queue, state, leasedUntil }: MemoryJob, { queues, now }: LeaseRequest): boolean {
  return state === 'leased' && leasedUntil !== null && leasedUntil > now && (queues?.includes(queue) ?? true)
}

function isWanted({ queue, waitsFor }: MemoryJob, { queues, unavailable = [] }: JobChoice): boolean {
  return (queues?.includes(queue) ?? true) && (waitsFor === null || !unavailable.includes(waitsFor))
}

/** When a worker may take it; null while it is parked. */
function readyAt(job: MemoryJob): string | null {
  return job.state === 'waiting' ? job.runAt : job.leasedUntil
}

function held(jobs: ReadonlyMap<string, MemoryJob>, { id, token }: LeaseRef): MemoryJob | undefined {
  const job = jobs.get(id)
  return job?.state === 'leased' && job.token === token ? job : undefined
}

function unpark(data: MemoryData, id: string, runAt: string): boolean {
  const job = data.jobs.get(id)
  if (job?.state !== 'parked') return false
  Object.assign(job, { state: 'waiting', runAt, attempt: 0, waitsFor: null })
  notify(data)
  return true
}

function nextRunAt(jobs: ReadonlyMap<string, MemoryJob>, wanted: JobChoice = {}): string | null {
  let next: string | null = null
  for (const job of jobs.values()) {
    const from = isWanted(job, wanted) ? readyAt(job) : null
    if (from !== null && (next === null || from < next)) next = from
  }
  return next
}

function list(jobs: ReadonlyMap<string, MemoryJob>, query: JobListQuery): JobPage {
  checkLimit(query.limit)
  const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, 1)
  const matching = [...jobs.values()]
    .filter((job) => job.state === query.state)
    .filter((job) => query.operator === undefined || job.scope.operator === query.operator)
    .filter((job) => query.queue === undefined || job.queue === query.queue)
    .filter((job) => after === undefined || compareText(job.id, String(after)) > 0)
    .sort((a, b) => compareText(a.id, b.id))
  const items = matching.slice(0, query.limit).map(recordOf)
  const last = items.at(-1)
  return { items, nextCursor: matching.length > items.length && last ? encodeCursor([last.id]) : null }
}

function depth(
  jobs: ReadonlyMap<string, MemoryJob>,
  { operator, now }: { operator?: string | undefined; now: string },
): QueueDepth[] {
  const own = [...jobs.values()].filter(({ scope }) => operator === undefined || scope.operator === operator)
  const queues = [...Map.groupBy(own, ({ queue }) => queue)].sort(([a], [b]) => compareText(a, b))
  return queues.map(([queue, held]) => {
    const count = (state: MemoryJob['state']) => held.filter((job) => job.state === state).length
    const due = held.filter((job) => job.state === 'waiting' && job.runAt <= now)
    const since = due.map(couldRunSince).sort(compareText)
    const later = count('waiting') - due.length
    const dueSince = since[0] ?? null
    return { queue, due: due.length, later, leased: count('leased'), parked: count('parked'), dueSince }
  })
}

function couldRunSince({ runAt, enqueuedAt }: MemoryJob): string {
  return compareText(runAt, enqueuedAt) > 0 ? runAt : enqueuedAt
}

function recordAt(jobs: ReadonlyMap<string, MemoryJob>, id: string): JobRecord | null {
  const job = jobs.get(id)
  return job === undefined ? null : recordOf(job)
}

function recordOf({ token: _token, priority: _priority, ...record }: MemoryJob): JobRecord {
  return record
}
