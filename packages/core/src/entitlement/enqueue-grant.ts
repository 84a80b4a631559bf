import type { Change, Runtime } from '../ports/index.ts'
import { enqueue } from '../storage/index.ts'
import { fromInstant } from '../time/index.ts'
import type { Grant } from './grant.ts'

const MINUTE = 60_000
const MINUTES_OF_A_DAY = 24 * 60

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
 * The day of the first use in minutes since 1970, negated: 32 bits last until the year 6053. Of one day the older goes
 * first. Queues are searched by priority, so each that jobs wait with costs a step: of minutes a weekend had thousands.
 */
function priorityOf({ soldAt, serviceStart }: Pick<Grant, 'soldAt' | 'serviceStart'>): number {
  const firstUse = serviceStart !== null && serviceStart > soldAt ? serviceStart : soldAt
  const day = Math.floor(fromInstant(firstUse) / MINUTE / MINUTES_OF_A_DAY)
  return Math.max(-(2 ** 31), -day * MINUTES_OF_A_DAY)
}
