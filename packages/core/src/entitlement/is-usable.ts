import type { Instant } from '../time/index.ts'
import type { Entitlement, EntitlementState } from './entitlement.ts'

/** Does a right that has begun last still? */
export function isUsable({ state, validUntil }: Pick<Entitlement, 'state' | 'validUntil'>, now: Instant): boolean {
  return state === 'active' && (validUntil === null || now < validUntil)
}

/** Where a right stands at an instant: one that has ended is stored as it was, and `expired` from its `validUntil` on. */
export function stateAt(right: Pick<Entitlement, 'state' | 'validUntil'>, now: Instant): EntitlementState {
  return right.state === 'active' && !isUsable(right, now) ? 'expired' : right.state
}
