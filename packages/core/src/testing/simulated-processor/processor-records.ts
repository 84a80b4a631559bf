import type { Money } from '../../money/index.ts'
import type { OpenPayment, ProcessorAnswer, ProcessorEvent, ProcessorPayment } from '../../ports/index.ts'
import type { Instant } from '../../time/index.ts'
import { rowKind } from '../simulation-log.ts'
import type { PaymentScript } from './payment-scripts.ts'

/** A payment in the books of the simulated processor. */
export interface SimulatedPayment extends ProcessorPayment {
  /** PaymentAccount id. */
  readonly account: string
  /** Key of the call that opened it. */
  readonly key: string
  /** Bursar's id of the payment. */
  readonly paymentId: string
  /** Id of the order. */
  readonly orderId: string
  /** Hash of the quote that it is bound to. */
  readonly quoteHash: string
  /** When the money is taken. */
  readonly capture: OpenPayment['capture']
  /** What the shopper's browser confirms with. */
  readonly clientSecret: string
  /** What happens to it. */
  readonly script: PaymentScript
}

/** Something that happened to money, or was refused to. */
export interface ProcessorEffect {
  /** When. */
  readonly at: Instant
  /** PaymentAccount id. */
  readonly account: string
  /** What: `capture_failed` takes captured money back; `expired` ends an authorisation that nobody captured. */
  readonly effect:
    | 'opened'
    | 'authorized'
    | 'captured'
    | 'voided'
    | 'refunded'
    | 'declined'
    | 'capture_failed'
    | 'expired'
  /** The processor's id of the payment. */
  readonly reference: string
  /** Key of the call that caused it; null where time or the shopper did. */
  readonly key: string | null
  /** How much. */
  readonly amount: Money
  /** Bursar's id of the payment. */
  readonly paymentId: string
  /** Id of the order. */
  readonly orderId: string
}

/** What a call that takes a key may be. */
export type KeyedOperation = 'open' | 'capture' | 'void' | 'refund'

/** A key that was used. */
export interface StoredCall {
  readonly fingerprint: string
  readonly at: Instant
  /** Null while the call is under way. */
  readonly answer: ProcessorAnswer | null
}

/** Something that time will do. */
export interface PlannedChange {
  readonly at: Instant
  readonly account: string
  readonly change: 'capture' | 'decline' | 'fail_capture' | 'expire' | 'finish_call'
  /** Reference of the payment; for `finish_call` the row id of the call. */
  readonly subject: string
  /** The call to finish. */
  readonly call?: { readonly operation: KeyedOperation; readonly request: unknown } | undefined
}

/** An event as it is sent. */
export interface StoredEvent {
  readonly event: ProcessorEvent
  /** The exact text of the body; signed anew at each delivery. */
  readonly rawBody: string
}

/** One sending of an event. */
export interface PlannedDelivery {
  readonly account: string
  readonly rawBody: string
  /** Not before. */
  readonly at: Instant
  readonly plannedAt: Instant
  readonly attempts: number
}

export const PAYMENTS = rowKind<SimulatedPayment>('payment')
export const REFERENCES_BY_KEY = rowKind<{ reference: string }>('reference-by-key')
export const PAYMENTS_BY_SECRET = rowKind<{ account: string; reference: string }>('payment-by-secret')
export const CALLS = rowKind<StoredCall>('call')
export const LOST_CALLS = rowKind<{ at: Instant }>('lost-call')
export const EFFECTS = rowKind<ProcessorEffect>('effect')
export const PLANS = rowKind<PlannedChange>('plan')
export const DELIVERIES = rowKind<PlannedDelivery>('delivery')
/** Each account has a list of events of its own. */
export const eventsOf = (account: string) => rowKind<StoredEvent>(`event:${account}`)
