import type { Change, Runtime } from '../ports/index.ts'
import { addMilliseconds } from '../time/index.ts'
import { type DecidePorts, decide } from './decide.ts'
import { idempotencyRecords } from './idempotency.ts'
import { enqueue, type JobHandler } from './jobs.ts'
import { listBy, remove } from './records.ts'

/** Between two rounds, in milliseconds: a day. */
const INTERVAL = 24 * 60 * 60 * 1000
/** Keys forgotten in one commit. */
const AT_ONCE = 200

/**
 * The job that forgets an operator's idempotency keys once nobody may repeat their requests any more, day by day: each
 * checkout leaves one. The next round is stored with the last keys of this one.
 */
export function forgetKeysJob(ports: DecidePorts): JobHandler<'keys.forget'> {
  return async (_data, job) => {
    const { operator } = job.scope
    const isEnd = await decide(ports, { operator }, async () => {
      const query = { index: 'expiresAt', range: { until: ports.runtime.now() }, limit: AT_ONCE }
      const { items } = await listBy(ports.storage, { operator }, idempotencyRecords, query)
      const isLast = items.length < AT_ONCE
      const next = isLast ? [nextForgetting(ports.runtime, operator)] : []
      return {
        changes: [...items.map((stored) => remove(idempotencyRecords, stored)), ...next],
        done: () => isLast,
      }
    })
    return isEnd ? { outcome: 'done' } : { outcome: 'again', runAt: ports.runtime.now(), reason: 'there are more keys' }
  }
}

/** The next round of an operator; joins one that waits. */
export function nextForgetting(runtime: Pick<Runtime, 'newId' | 'now'>, operator: string): Change {
  const runAt = addMilliseconds(runtime.now(), INTERVAL)
  return enqueue(runtime, 'keys.forget', operator, {}, { runAt, priority: LAST })
}

/** After everything that somebody waits for. */
const LAST = -(2 ** 31)
