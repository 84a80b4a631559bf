import { runCounter } from '../catalog/index.ts'
import type { Entitlement, Grant } from '../entitlement/index.ts'
import type { Change } from '../ports/index.ts'
import type { Instant } from '../time/index.ts'
import { resized } from './give-back.ts'

/** What a right's seat of its run becomes: it is given back once, however often that is said. */
interface Seat {
  readonly changes: readonly Change[]
  readonly grant: Grant
}

/** Gives the seat back with the right. */
export function seatGivenBack({ id, variantId }: Entitlement, grant: Grant): Seat {
  if (typeof grant.run !== 'string' || grant.seatReturned === true) return { changes: [], grant }
  const counter = runCounter(variantId, grant.run)
  return { changes: [{ do: 'releaseHold', counter, hold: id }], grant: { ...grant, seatReturned: true } }
}

/** Takes it again where the right comes back, past the run's limit too: it was sold, and somebody else may sit there by now. */
export function seatTakenAgain({ id, variantId }: Entitlement, grant: Grant, now: Instant): Seat {
  if (typeof grant.run !== 'string' || grant.seatReturned !== true) return { changes: [], grant }
  const { seatReturned: _again, ...taken } = grant
  const seat = { counter: runCounter(variantId, grant.run), hold: id }
  return { changes: resized(seat, { before: 0, after: 1, due: now }), grant: taken }
}
