import type { Json } from '../json/index.ts'
import type { Instant } from '../time/index.ts'

/** What a delivery waits for. */
export type WaitingFor = 'payment' | 'approval' | 'verification' | 'run_choice' | 'redemption' | 'claim' | 'start'

/** Where a delivery stands. */
export type DeliveryState =
  | 'waiting'
  | 'queued'
  | 'delivered'
  | 'parked'
  | 'withdrawing'
  | 'withdrawn'
  | 'withdraw_parked'

/** Why what is queued, or to be withdrawn, has not happened yet. */
export interface DeliveryDelay {
  /**
   * `not_answering`: the provider gave no answer. `under_way`: it accepted, or a person is at work. `not_configured`: a
   * process without a provider of this name leaves it to one that has it.
   */
  reason: 'not_answering' | 'under_way' | 'not_configured'
  /** When it is asked again. */
  nextAttemptAt: Instant
}

/** One request to a fulfilment provider, for one entitlement. Belongs to the operator. */
export interface Grant {
  /** `grt_…` */
  id: string
  /** Which delivery of the right it is, from 1: one given back after its withdrawal, or tried with another target, has another. */
  round: number
  /** Entitlement id. */
  entitlementId: string
  /** Who gets it. */
  customerId: string
  /** Provider's name. */
  provider: string
  /** What is delivered, in the provider's shape. */
  target: Json
  /** Site id of the order. */
  site: string
  /** Order id. */
  orderId: string
  /** Order number, for the provider's records. */
  orderNumber: string
  /** Order line id. */
  lineId: string
  /** Unit of the line, from 1. */
  unit: number
  /** Part of the line. */
  part: string
  /** The run that its recipient chose; null until they do. @default there is none to choose */
  run?: string | null | undefined
  /** Was its seat of the run given back, since all money of the order went back? @default it has its seat, or no run */
  seatReturned?: boolean | undefined
  /** Where it stands. */
  state: DeliveryState
  /** What it waits for, or null. */
  waitingFor: WaitingFor | null
  /** Why it is parked or late, for staff, or null. */
  reason: string | null
  /** Why it has not happened yet, or null. */
  delay: DeliveryDelay | null
  /** The recipient's state at the provider before our first grant of the same subject, or null. */
  before: Json | null
  /**
   * Hash of the learner's account at the provider that it goes to, kept with `before` or by `grants.complete`: grants of one learner are
   * counted together, whichever customer has them, and are taken back from that account alone. @default not begun, or begun by a release before
   */
  learner?: string | null | undefined
  /**
   * What a delivery that was refused had found there, and of which account: it is `before` where a person delivers it by hand.
   * @default nothing was found, or by a release before
   */
  found?: { before: Json; learner: string | null } | undefined
  /** What the recipient may see, or null. */
  detail: Json | null
  /** When it was sold. */
  soldAt: Instant
  /** When what it opens begins, or null: after an outage the nearest goes first. */
  serviceStart: Instant | null
  /** When it was delivered, or null. */
  deliveredAt: Instant | null
}

/** The provider's idempotency key of a grant's delivery and of its withdrawal, for ever. */
export function deliveryKey({ id, round }: Pick<Grant, 'id' | 'round'>): string {
  return round === 1 ? id : `${id}-${round}`
}
