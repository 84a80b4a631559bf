import { addMilliseconds, fromInstant, type Instant } from '../time/index.ts'
import type { Entitlement } from './entitlement.ts'

/** A right that lasts longer than instants can be written has no end. */
const LATEST = fromInstant('9999-12-31T23:59:59.999Z')

/**
 * A right from when it begins: now, or at the start of what it is for, if that is still to come. It lasts as long as it
 * was to last before.
 */
export function begun(right: Entitlement, { now, start }: { now: Instant; start: Instant | null }): Entitlement {
  const { validFrom, validUntil } = right
  const begins = start !== null && start > now ? start : now
  if (validUntil === null) return { ...right, validFrom: begins }
  const lasts = fromInstant(validUntil) - fromInstant(validFrom)
  const hasEnd = fromInstant(begins) + lasts <= LATEST
  return { ...right, validFrom: begins, validUntil: hasEnd ? addMilliseconds(begins, lasts) : null }
}
