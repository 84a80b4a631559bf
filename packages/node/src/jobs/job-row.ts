import {
  encodeCursor,
  type JobListQuery,
  type JobPage,
  type JobRecord,
  type JobState,
  type Json,
  type LeasedJob,
} from '@bursar/core/storage-adapter'

/** A row of `_jobs`, its columns by their names. */
export type JobRow = Readonly<Record<string, unknown>>

/** What a row of `_jobs` says. */
function jobRecord(row: JobRow): JobRecord {
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
    error: textOrNull(row.error),
  }
}

/** A row that was leased just now. */
export function leasedJob(row: JobRow): LeasedJob {
  const { id, scope, queue, key, data, attempt, enqueuedAt } = jobRecord(row)
  return { id, scope, queue, key, data, attempt, enqueuedAt, token: Number(row.token) }
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
