import { AT_ONCE, type Indexed, type JobChange, type Scope } from '@bursar/core/storage-adapter'
import { compare } from './compare.ts'
import { brokenConstraint } from './postgres-error.ts'
import { qualified } from './table.ts'
import type { Step } from './write-documents.ts'

/** Makes the steps that enqueue and dequeue. Jobs of one key lock in one order, whatever the caller's. */
export type JobWriter = (scope: Scope, changes: readonly Indexed<JobChange>[]) => Step[]

/**
 * A job joins the one of its key that waits; `joins` marks that one, and a partial unique index holds that it is alone.
 */
export function jobWriter(schema: string, now: () => string): JobWriter {
  const jobs = qualified(schema, '_jobs')
  const dequeue = `delete from ${jobs} where op = $1 and site = $2 and queue = $3 and key = $4 and joins`
  const enqueue = `insert into ${jobs} as j
    (id, op, site, queue, key, data, enqueued_at, run_at, state, joins, attempt, token, priority)
    values ($1, $2, $3, $4, $5::text, $6, $7, $8, 'waiting', $5::text is not null, 0, 0, $9)
    on conflict (op, site, queue, key) where joins
    do update set data = excluded.data, run_at = least(j.run_at, excluded.run_at),
      priority = greatest(j.priority, excluded.priority)`

  function step({ operator, site = '' }: Scope, { change, index }: Indexed<JobChange>): Step {
    if (change.do === 'dequeue') {
      const values = [operator, site, change.queue, change.key]
      return { statement: { text: dequeue, values }, index, refusal: () => null }
    }
    const { id, queue, key = null, runAt = AT_ONCE, priority = 0, data } = change
    const values = [id, operator, site, queue, key, JSON.stringify(data), now(), runAt, priority]
    const refusal = (error: unknown) =>
      brokenConstraint(error) === null ? null : ({ why: 'unique', key: 'job' } as const)
    return { statement: { text: enqueue, values }, index, refusal }
  }

  return (scope, changes) => changes.toSorted(byKey).map((change) => step(scope, change))
}

function byKey({ change: a }: Indexed<JobChange>, { change: b }: Indexed<JobChange>): number {
  return compare(a.queue, b.queue) || compare(a.key ?? '', b.key ?? '')
}
