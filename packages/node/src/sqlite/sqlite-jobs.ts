import type { DatabaseSync } from 'node:sqlite'
import {
  checkLimit,
  decodeCursor,
  type JobListQuery,
  type JobPage,
  type JobQueue,
  type LeasedJob,
  type LeaseRequest,
  type Scope,
  takeInTurn,
} from '@bursar/core/storage-adapter'
import type { JobListeners } from '../jobs/job-listeners.ts'
import { depths, type JobRow, jobPage, leasedJob, queueDepth } from '../jobs/job-row.ts'
import { LIMIT } from './table.ts'

/** What the queue of a SQLite storage stands on. */
export interface SqliteJobsOptions {
  readonly database: DatabaseSync
  readonly read: <T>(work: () => T) => Promise<T>
  readonly write: <T>(work: () => T) => Promise<T>
  readonly listeners: JobListeners
}

type Candidate = { readonly id: string; readonly priority: number; readonly runAt: string; readonly scope: Scope }
type Lane = { readonly operator: string; readonly site: string; readonly queue: string; readonly priority: number }

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
    `update _jobs set state = 'waiting', run_at = ?, error = ?, leased_until = null ${held}`,
  )
  const park = database.prepare(`update _jobs set state = 'parked', error = ?, leased_until = null ${held}`)
  const unpark = database.prepare(
    "update _jobs set state = 'waiting', run_at = ?, attempt = 0 where id = ? and state = 'parked'",
  )

  const depth = database.prepare(
    `select ${depths('?2', 'max')} from _jobs where (?1 is null or op = ?1) group by queue order by queue`,
  )

  async function lease(request: LeaseRequest): Promise<LeasedJob[]> {
    checkLimit(request.limit)
    const leasedUntil = new Date(Date.parse(request.now) + request.leaseMs).toISOString()
    // Most questions find nothing: those cost no transaction.
    if ((await read(() => due.jobs(request))).length === 0) return []
    return write(() => {
      const chosen = takeInTurn(due.jobs(request), request.limit)
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
    retry: ({ id, token }, { runAt, error }) => waken(write(() => retry.run(runAt, error, id, token).changes !== 0)),
    park: ({ id, token }, { error }) => write(() => park.run(error, id, token).changes !== 0),
    list: (query) => read(() => listJobs(database, query)),
    depth: ({ operator = null, now }) => read(() => depth.all(operator, now).map(queueDepth)),
    unpark: (id, { runAt }) => waken(write(() => unpark.run(runAt, id).changes !== 0)),
    nextRunAt: (queues) => read(() => due.next(queues)),
    subscribe: (listener) => listeners.subscribe(listener),
  }
}

/** Finds due jobs by hopping from one (operator, site, queue, priority) to the next: a long queue costs no other, nor itself. */
function dueJobs(database: DatabaseSync) {
  // The next priority and not `>` this one, which SQLite looks for behind each job of this lane.
  const nextLane = database.prepare(`
    select op, site, queue, priority from _jobs
    where state = 'waiting' and (op, site, queue, priority) >= (?, ?, ?, ? + 1) order by op, site, queue, priority limit 1`)
  const inLane = "state = 'waiting' and op = ? and site = ? and queue = ? and priority = ?"
  const first = database.prepare(`select run_at from _jobs where ${inLane} order by run_at limit 1`)
  const waiting = database.prepare(`
    select id, op, site, priority, run_at from _jobs where ${inLane} and run_at <= ? order by run_at, id ${LIMIT}`)
  const ended = database.prepare(`
    select id, op, site, queue, priority, run_at from _jobs where state = 'leased' and leased_until <= ? order by leased_until`)
  const leases = database.prepare(
    "select queue, min(leased_until) as until from _jobs where state = 'leased' group by queue",
  )

  function lanes(queues: readonly string[] | undefined): Lane[] {
    const found: Lane[] = []
    for (let row = nextLane.get('', '', '', 0); row !== undefined; ) {
      const { op, site, queue, priority } = row
      const lane = { operator: String(op), site: String(site), queue: String(queue), priority: Number(priority) }
      if (queues === undefined || queues.includes(lane.queue)) found.push(lane)
      row = nextLane.get(lane.operator, lane.site, lane.queue, lane.priority)
    }
    return found
  }

  function jobs({ queues, now, limit }: LeaseRequest): Candidate[] {
    const isWanted = (row: JobRow) => queues === undefined || queues.includes(String(row.queue))
    const free = lanes(queues).flatMap((lane) =>
      waiting.all(lane.operator, lane.site, lane.queue, lane.priority, now, limit),
    )
    return [...free, ...ended.all(now).filter(isWanted)].map(candidate)
  }

  function next(queues: readonly string[] | undefined): string | null {
    const starts = lanes(queues).map((lane) =>
      String(first.get(lane.operator, lane.site, lane.queue, lane.priority)?.run_at),
    )
    const ends = leases
      .all()
      .filter((row) => queues === undefined || queues.includes(String(row.queue)))
      .map((row) => String(row.until))
    return [...starts, ...ends].sort()[0] ?? null
  }

  return { jobs, next }
}

function candidate(row: JobRow): Candidate {
  return { id: String(row.id), priority: Number(row.priority), runAt: String(row.run_at), scope: scopeOf(row) }
}

function scopeOf({ op, site }: JobRow): Scope {
  return site === '' ? { operator: String(op) } : { operator: String(op), site: String(site) }
}

function listJobs(database: DatabaseSync, query: JobListQuery): JobPage {
  checkLimit(query.limit)
  const [after = ''] = query.cursor === undefined ? [] : decodeCursor(query.cursor, 1)
  const rows = database
    .prepare(`
      select * from _jobs where state = ?1 and id > ?2 and (?3 is null or op = ?3) and (?4 is null or queue = ?4)
      order by id limit ?5`)
    .all(query.state, String(after), query.operator ?? null, query.queue ?? null, query.limit + 1)
  return jobPage(query, rows)
}
