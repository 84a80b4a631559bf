import type { Run } from '../catalog/index.ts'
import { type Instant, isWithin } from '../time/index.ts'
import { begun } from './begun.ts'
import type { Entitlement } from './entitlement.ts'
import type { Grant } from './grant.ts'

/** Whether a run can be chosen. */
export type RunState = 'open' | 'not_yet_open' | 'closed' | 'full'

/** Whether a run can be chosen at an instant, with so many of its seats taken. */
export function runState(run: Run, now: Instant, taken: number): RunState {
  const { enrolmentStartsAt = null, enrolmentEndsAt = null, capacity = null } = run
  if (enrolmentStartsAt !== null && now < enrolmentStartsAt) return 'not_yet_open'
  if (!isWithin({ from: null, until: enrolmentEndsAt }, now)) return 'closed'
  return capacity !== null && taken >= capacity ? 'full' : 'open'
}

/** Does its recipient still have to choose a run? */
export const lacksRun = ({ run }: Pick<Grant, 'run'>): boolean => run === null

/**
 * A right and its delivery once its run is chosen: what is delivered is the run's, by the provider that its variant has now,
 * and a right that lasts so many days lasts them from the run's start on, if that is still to come.
 */
export function withRun(
  { entitlement, grant }: { entitlement: Entitlement; grant: Grant },
  { run, provider, now }: { run: Run; provider: string; now: Instant },
): { entitlement: Entitlement; grant: Grant } {
  const { serviceStart = null } = run
  return {
    entitlement: { ...begun(entitlement, { now, start: serviceStart }), state: 'active' },
    grant: { ...grant, run: run.id, provider, target: run.target, serviceStart, state: 'queued', waitingFor: null },
  }
}
