import type { Instant } from '../time/index.ts'

/** What somebody agrees to. */
export type ConsentKind = 'terms' | 'privacy' | 'withdrawal_waiver' | 'marketing'

/** What the shopper says at checkout. */
export interface ConsentInput {
  /** What it is about. */
  kind: ConsentKind
  /** Version of the text that was shown. */
  textVersion: string
  /** BCP 47 tag of the text that was shown. */
  locale: string
  /** Yes or no. */
  given: boolean
}

/** A consent as the order keeps it. */
export interface Consent extends ConsentInput {
  /** When it was given or refused. */
  at: Instant
}
