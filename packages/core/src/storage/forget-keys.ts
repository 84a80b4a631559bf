import { type DecidePorts, decide } from './decide.ts'
import { idempotencyRecords } from './idempotency.ts'
import type { JobHandler } from './jobs.ts'
import { nextRound } from './next-round.ts'
import { listBy, remove } from './records.ts'

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
      const next = isLast ? [nextRound(ports.runtime, 'keys.forget', operator)] : []
      return {
        changes: [...items.map((stored) => remove(idempotencyRecords, stored)), ...next],
        done: () => isLast,
      }
    })
    return isEnd ? { outcome: 'done' } : { outcome: 'again', runAt: ports.runtime.now(), reason: 'there are more keys' }
  }
}
