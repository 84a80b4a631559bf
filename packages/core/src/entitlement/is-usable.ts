import type { Instant } from '../time/index.ts'
import type { Entitlement } from './entitlement.ts'

/** Does a right that has begun last still? */
export function isUsable({ state, validUntil }: Pick<Entitlement, 'state' | 'validUntil'>, now: Instant): boolean {
  return state === 'active' && (validUntil === null || now < validUntil)
}
