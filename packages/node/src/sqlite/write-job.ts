import type { DatabaseSync } from 'node:sqlite'
import { AT_ONCE, type EnqueueChange, type JobChange, type Scope } from '@bursar/core/storage-adapter'
import { brokenUniqueKey } from './sqlite-error.ts'

/** Adds a job, joins one that waits, or takes that one away; false when the id is another job's. */
export type JobWriter = (scope: Scope, change: JobChange) => boolean

/** Prepares the statements by which commits enqueue and dequeue. */
export function jobWriter(database: DatabaseSync, now: () => string): JobWriter {
  const joined = `where id = (
    select id from _jobs where op = ? and site = ? and queue = ? and key = ? and state = 'waiting'
    and key is not null order by run_at, id limit 1
  )`
  const join = database.prepare(
    `update _jobs set data = ?, run_at = min(run_at, ?), priority = max(priority, ?) ${joined}`,
  )
  const dequeue = database.prepare(`delete from _jobs ${joined}`)
  const insert = database.prepare(`
    insert into _jobs (id, op, site, queue, key, data, enqueued_at, run_at, priority, state, attempt, token)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, 0)`)

  function enqueue({ operator, site = '' }: Scope, change: EnqueueChange): boolean {
    const { id, queue, key, runAt = AT_ONCE, priority = 0, data } = change
    const text = JSON.stringify(data)
    if (key !== undefined && join.run(text, runAt, priority, operator, site, queue, key).changes !== 0) return true
    try {
      insert.run(id, operator, site, queue, key ?? null, text, now(), runAt, priority)
      return true
    } catch (error) {
      if (brokenUniqueKey(error) === null) throw error
      return false
    }
  }

  return (scope, change) => {
    if (change.do === 'enqueue') return enqueue(scope, change)
    dequeue.run(scope.operator, scope.site ?? '', change.queue, change.key)
    return true
  }
}
