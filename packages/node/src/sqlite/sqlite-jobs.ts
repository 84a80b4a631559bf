import type { DatabaseSync } from 'node:sqlite'
import {
  checkLimit,
  decodeCursor,
  type JobChoice,
  type JobListQuery,
  type JobPage,
  type JobQueue,
  type LeasedJob,
  type LeaseRequest,
  type Scope,
  takeInTurn,
} from '@bursar/core/storage-adapter'
import type { JobListeners } from '../jobs/job-listeners.ts'
import { depths, type JobRow, jobPage, jobRecord, leasedJob, queueDepth } from '../jobs/job-row.ts'
import { LIMIT } from './table.ts'

/** What the queue of a SQLite storage stands on. */
export interface SqliteJobsOptions {
  readonly database: DatabaseSync
  readonly read: <T>(work: () => T) => Promise<T>
  readonly write: <T>(work: () => T) => Promise<T>
  readonly listeners: JobListeners
}

type Candidate = { readonly id: string; readonly priority: number; readonly runAt: string; readonly scope: Scope }
type Lane = readonly [operator: string, site: string, queue: string, waitsFor: string, priority: number]

/** The worker's side of the jobs in a SQLite file. */
export function sqliteJobs({ database, read, write, listeners }: SqliteJobsOptions): JobQueue {
  const due = dueJobs(database)
  const take = database.prepare(`
    update _jobs set state = 'leased', attempt = attempt + 1, token = token + 1, leased_until = ?, worker = ?
    where id = ? returning *`)
  const held = "where id = ? and token = ? and state = 'leased'"
  const heartbeat = database.prepare(`update _jobs set leased_until = ? ${held}`)
  const complete = database.prepare(`delete from _jobs ${held}`)
  const retry = database.prepare(
    `update _jobs set state = 'waiting', run_at = ?, error = ?, waits_for = ?, leased_until = null ${held}`,
  )
  const park = database.prepare(`update _jobs set state = 'parked', error = ?, leased_until = null ${held}`)
  const unpark = database.prepare(
    "update _jobs set state = 'waiting', run_at = ?, attempt = 0, waits_for = '' where id = ? and state = 'parked'",
  )
  const dismiss = database.prepare("delete from _jobs where id = ? and state = 'parked'")
  const get = database.prepare('select * from _jobs where id = ?')

  // What is said twice has a name: before Node 22.20, and in 24 before 24.7, values do not reach `?1`.
  const depth = database.prepare(
    `select ${depths(':now', 'max')} from _jobs where (:operator is null or op = :operator) group by queue order by queue`,
  )

  async function lease(request: LeaseRequest): Promise<LeasedJob[]> {
    checkLimit(request.limit)
    const leasedUntil = new Date(Date.parse(request.now) + request.leaseMs).toISOString()
    // Most questions find nothing: those cost no transaction.
    if ((await read(() => due.jobs(request))).length === 0) return []
    return write(() => {
      const taken = { inHand: due.inHand(request), lately: request.lately }
      const chosen = takeInTurn(due.jobs(request), request.limit, taken)
      return chosen.flatMap(({ id }) => take.all(leasedUntil, request.worker, id)).map(leasedJob)
    })
  }

  async function waken(isChanged: Promise<boolean>): Promise<boolean> {
    if (await isChanged) listeners.notify()
    return isChanged
  }

  return {
    lease,
    heartbeat: ({ id, token }, { until }) => write(() => heartbeat.run(until, id, token).changes !== 0),
    complete: ({ id, token }) => write(() => complete.run(id, token).changes !== 0),
    retry: ({ id, token }, { runAt, error, waitsFor = '' }) =>
      waken(write(() => retry.run(runAt, error, waitsFor, id, token).changes !== 0)),
    park: ({ id, token }, { error }) => write(() => park.run(error, id, token).changes !== 0),
    list: (query) => read(() => listJobs(database, query)),
    depth: ({ operator = null, now }) => read(() => depth.all({ operator, now }).map(queueDepth)),
    unpark: (id, { runAt }) => waken(write(() => unpark.run(runAt, id).changes !== 0)),
    dismiss: (id) => write(() => dismiss.run(id).changes !== 0),
    get: (id) => read(() => get.all(id).map(jobRecord)[0] ?? null),
    nextRunAt: (wanted) => read(() => due.next(wanted)),
    subscribe: (listener) => listeners.subscribe(listener),
  }
}

/** Finds due jobs by hopping from one lane to the next: a long queue costs no other, nor itself. */
function dueJobs(database: DatabaseSync) {
  // The next priority and not `>` this one, which SQLite looks for behind each job of this lane.
  const nextLane = database.prepare(`
    select op, site, queue, waits_for, priority from _jobs
    where state = 'waiting' and (op, site, queue, waits_for, priority) >= (?, ?, ?, ?, ? + 1)
    order by op, site, queue, waits_for, priority limit 1`)
  const inLane = "state = 'waiting' and op = ? and site = ? and queue = ? and waits_for = ? and priority = ?"
  const first = database.prepare(`select run_at from _jobs where ${inLane} order by run_at limit 1`)
  const waiting = database.prepare(`
    select id, op, site, priority, run_at from _jobs where ${inLane} and run_at <= ? order by run_at, id ${LIMIT}`)
  const ended = database.prepare(`
    select id, op, site, queue, waits_for, priority, run_at from _jobs where state = 'leased' and leased_until <= ?
    order by leased_until`)
  const held = database.prepare("select op, site, queue from _jobs where state = 'leased' and leased_until > ?")
  const leases = database.prepare(`
    select queue, waits_for, min(leased_until) as until from _jobs where state = 'leased' group by queue, waits_for`)

  function lanes(wanted: JobChoice): Lane[] {
    const found: Lane[] = []
    for (let row = nextLane.get('', '', '', '', 0); row !== undefined; ) {
      const { op, site, queue, waits_for, priority } = row
      const lane: Lane = [String(op), String(site), String(queue), String(waits_for), Number(priority)]
      if (isWanted(row, wanted)) found.push(lane)
      row = nextLane.get(...lane)
    }
    return found
  }

  function jobs(request: LeaseRequest): Candidate[] {
    const { now, limit } = request
    const free = lanes(request).flatMap((lane) => waiting.all(...lane, now, limit))
    return [...free, ...ended.all(now).filter((row) => isWanted(row, request))].map(candidate)
  }

  function inHand({ now, queues }: LeaseRequest): Scope[] {
    const rows = held.all(now).filter(({ queue }) => queues?.includes(String(queue)) ?? true)
    return rows.map(scopeOf)
  }

  function next(wanted: JobChoice = {}): string | null {
    const starts = lanes(wanted).map((lane) => String(first.get(...lane)?.run_at))
    const ends = leases.all().filter((row) => isWanted(row, wanted))
    const all = [...starts, ...ends.map(({ until }) => String(until))]
    return all.sort()[0] ?? null
  }

  return { jobs, inHand, next }
}

function isWanted({ queue, waits_for }: JobRow, { queues, unavailable = [] }: JobChoice): boolean {
  return (queues?.includes(String(queue)) ?? true) && !unavailable.includes(String(waits_for))
}

function candidate(row: JobRow): Candidate {
  return { id: String(row.id), priority: Number(row.priority), runAt: String(row.run_at), scope: scopeOf(row) }
}

function scopeOf({ op, site }: JobRow): Scope {
  return site === '' ? { operator: String(op) } : { operator: String(op), site: String(site) }
}

function listJobs(database: DatabaseSync, query: JobListQuery): JobPage {
  const { state, operator = null, queue = null, limit } = query
  checkLimit(limit)
  const [after = ''] = query.cursor === undefined ? [] : decodeCursor(query.cursor, 1)
  const rows = database
    .prepare(`
      select * from _jobs where state = :state and id > :after
      and (:operator is null or op = :operator) and (:queue is null or queue = :queue) order by id limit :limit`)
    .all({ state, after: String(after), operator, queue, limit: limit + 1 })
  return jobPage(query, rows)
}
