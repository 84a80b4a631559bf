import type { Json } from '../json/index.ts'
import type { Instant } from '../time/index.ts'

/** Who gets a delivery, resolved from the personal collection at the moment of the call. */
export interface DeliveryRecipient {
  /** Bursar's id of the customer. */
  customerId: string
  /** The learner's id at this provider, where a link exists. */
  learnerId: string | null
  /** E-mail address, where known. */
  email: string | null
  /** Name, where known. */
  name: string | null
}

/** One request to deliver. The same grant id is always the same request. */
export interface DeliverGrant {
  /**
   * Grant id; with a number once the right is delivered anew after a withdrawal, or tried with another target: the idempotency
   * key of the delivery, for ever.
   */
  grantId: string
  /** Operator id: whose sale it is. */
  operator: string
  /** Who gets it. */
  recipient: DeliveryRecipient
  /** What is delivered, as the variant said or staff set it right; its shape is the provider's own. */
  target: Json
  /** When it was sold: what was lawfully sold before a deadline is delivered after it. */
  soldAt: Instant
  /** The order's number, for the provider's records. */
  orderNumber: string
  /** The state found before our first grant, where an earlier attempt remembered it; null at the first attempt. */
  before: Json | null
  /**
   * Keeps the state found, for ever. To be awaited before anything is changed, by every provider that has such a state:
   * a process that dies after the change still knows what to restore. Rejects when it could not be kept: then change
   * nothing, and let the rejection pass. It does so too where the delivery was given up meanwhile.
   */
  remember(before: Json): Promise<void>
}

/** What came of a delivery. */
export type DeliveryAnswer =
  | {
      outcome: 'done'
      /**
       * The recipient's state at the provider before our first grant, to be restored when the grant is withdrawn: what
       * was remembered, where something was. A provider whose grants share such a state is a `LearningPlatform`.
       */
      before?: Json | undefined
      /**
       * What the recipient may see: a download address, a ticket. Kept as it is, also when the recipient is erased: so without
       * their name, e-mail and id.
       */
      detail?: Json | undefined
    }
  /** Accepted and under way: `status` is asked later. */
  | { outcome: 'pending' }
  /** Definite: repeating will not help until a person changes something. */
  | { outcome: 'refused'; reason: string }
  /**
   * Time-out, broken connection, 429, 5xx: neither yes nor no; repeated with the same grant id. `isNotAsked`: it never left, so
   * that this is no silence of the provider.
   */
  | { outcome: 'unknown'; reason: string; retryAfterMs?: number | undefined; isNotAsked?: boolean | undefined }

/** One request to take back what a grant gave. */
export interface WithdrawGrant {
  /** The grant that ends. */
  grantId: string
  /** Operator id: whose sale it was. */
  operator: string
  /** Who had it. */
  recipient: DeliveryRecipient
  /** What the grant delivered. */
  target: Json
  /** The state found before our first grant, as `deliver` answered it. */
  before: Json | null
  /** Targets of the recipient's other live grants of the same subject, at a learning platform: what they give must stay. */
  remaining: readonly Json[]
}

/**
 * Something that delivers what was sold: a learning platform, a file, a person.
 * Every call is idempotent by the grant's id, also after a deadline of the target has passed.
 */
export interface FulfilmentProvider {
  /** `learning`, `download`, `manual`, …: what kind of delivery it is. */
  readonly kind: string
  /**
   * Each call ends in time by itself, reckoned from when its request leaves: who calls sets it no limit. For one that keeps a
   * rate, whose calls wait for their turn: a limit of the caller would take that for silence, and what it gave up would leave all
   * the same. @default false
   */
  readonly hasOwnTimeout?: boolean | undefined
  /** Says what is wrong with a variant's target, or null if it is fine. `operator`: whose variant it is. Pure. */
  checkTarget(target: Json, options?: { operator?: string | undefined }): string | null
  /** Delivers. Idempotent by grant id. Network errors are the answer `unknown`, not an exception. */
  deliver(grant: DeliverGrant): Promise<DeliveryAnswer>
  /**
   * Takes back, leaving what other grants and the state before gave, and a higher degree that somebody else gave since.
   * Idempotent by grant id.
   */
  withdraw(grant: WithdrawGrant): Promise<DeliveryAnswer>
  /** How a delivery stands, for grants that are `pending`. */
  status(grantId: string): Promise<DeliveryAnswer>
  /**
   * What the recipient sees of what was delivered, each time that they look: such as an address signed anew where the one
   * that was handed out ends. Pure, without a call; where it throws, they see what was kept. @default the `detail` of `deliver`
   */
  detailNow?(delivered: DeliveredGrant): Json
}

/** What was delivered to somebody. */
export interface DeliveredGrant {
  /** Grant id, as it was delivered. */
  grantId: string
  /** Operator id: whose sale it was. */
  operator: string
  /** What was delivered. */
  target: Json
  /** What `deliver` answered, or null. */
  detail: Json | null
}
