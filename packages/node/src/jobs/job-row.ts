import {
  encodeCursor,
  type JobListQuery,
  type JobPage,
  type JobRecord,
  type JobState,
  type Json,
  type LeasedJob,
  type QueueDepth,
} from '@bursar/core/storage-adapter'

/** A row of `_jobs`, its columns by their names. */
export type JobRow = Readonly<Record<string, unknown>>

/** What a row of `_jobs` says. */
export function jobRecord(row: JobRow): JobRecord {
  const operator = String(row.op)
  return {
    id: String(row.id),
    scope: row.site === '' ? { operator } : { operator, site: String(row.site) },
    queue: String(row.queue),
    key: textOrNull(row.key),
    data: JSON.parse(String(row.data)) as Json, // written by a commit
    state: String(row.state) as JobState, // as above
    attempt: Number(row.attempt),
    enqueuedAt: String(row.enqueued_at),
    runAt: String(row.run_at),
    leasedUntil: textOrNull(row.leased_until),
    worker: textOrNull(row.worker),
    waitsFor: textOrNull(row.waits_for) || null,
    error: textOrNull(row.error),
  }
}

/** A row that was leased just now. */
export function leasedJob(row: JobRow): LeasedJob {
  const { id, scope, queue, key, data, attempt, enqueuedAt } = jobRecord(row)
  return { id, scope, queue, key, data, attempt, enqueuedAt, token: Number(row.token) }
}

/** What the queue's row of {@link depths} says. */
export function queueDepth(row: JobRow): QueueDepth {
  const { queue, due, later, leased, parked } = row
  const counts = { due: Number(due), later: Number(later), leased: Number(leased), parked: Number(parked) }
  return { queue: String(queue), ...counts, dueSince: textOrNull(row.since) }
}

/** What is selected of jobs, grouped by queue, for an instant; `latest` is the engine's greater of two values. */
export function depths(now: string, latest: string): string {
  const isDue = `state = 'waiting' and run_at <= ${now}`
  return `queue, count(*) filter (where ${isDue}) as due,
    count(*) filter (where state = 'waiting' and run_at > ${now}) as later,
    count(*) filter (where state = 'leased') as leased, count(*) filter (where state = 'parked') as parked,
    min(${latest}(run_at, enqueued_at)) filter (where ${isDue}) as since`
}

/** A page out of its rows and, where there is more, one row more than the page takes. */
export function jobPage({ limit }: JobListQuery, rows: readonly JobRow[]): JobPage {
  const items = rows.slice(0, limit).map(jobRecord)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > items.length && last !== undefined ? encodeCursor([last.id]) : null }
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}
