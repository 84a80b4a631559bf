import type { Instant } from '../time/index.ts'

/** How far an account's events were pulled from its processor. One per account; belongs to the operator. */
export interface EventCursor {
  /** Payment account id. */
  id: string
  /** Where the next pull begins, in the processor's own words; null: at the beginning. */
  cursor: string | null
  /** When it was last pulled. */
  pulledAt: Instant
}
