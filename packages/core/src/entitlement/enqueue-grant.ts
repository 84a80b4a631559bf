import type { Change, Runtime } from '../ports/index.ts'
import { enqueue } from '../storage/index.ts'
import { fromInstant } from '../time/index.ts'
import type { Grant } from './grant.ts'

const MINUTE = 60_000
/** Minutes whose deliveries have one priority: a quarter of a day. */
const BLOCK = 6 * 60

/**
 * The job that delivers a grant or takes it back. When many are due at once, after an outage, the one goes first whose
 * recipient can use it first: at the start of the course, or now where it has begun. All of them come after payments,
 * whose jobs have priority 0.
 */
export function enqueueGrant(
  runtime: Pick<Runtime, 'newId'>,
  queue: 'grant.deliver' | 'grant.withdraw',
  grant: Pick<Grant, 'id' | 'customerId' | 'soldAt' | 'serviceStart'>,
): Change {
  const { id, customerId } = grant
  return enqueue(runtime, queue, id, { grantId: id, customerId }, { priority: priorityOf(grant) })
}

/**
 * The end of the quarter of a day of the first use, in minutes since 1970, negated: 32 bits last until the year 6053.
 * Queues are searched by priority, so each that jobs wait with costs a step: of minutes a weekend had thousands. Jobs of
 * releases before have the minute itself, and go ahead of the others of their quarter.
 */
function priorityOf({ soldAt, serviceStart }: Pick<Grant, 'soldAt' | 'serviceStart'>): number {
  const firstUse = serviceStart !== null && serviceStart > soldAt ? serviceStart : soldAt
  const block = Math.floor(fromInstant(firstUse) / MINUTE / BLOCK)
  return Math.max(-(2 ** 31), -(block * BLOCK + BLOCK - 1))
}
