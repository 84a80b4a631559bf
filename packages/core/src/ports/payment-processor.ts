import type { Json } from '../json/index.ts'
import type { Money } from '../money/index.ts'
import type { Instant } from '../time/index.ts'

/** What a processor can do. Data, so that a checkout shows only what will work. */
export interface ProcessorCapabilities {
  /** ISO 4217 codes that it takes, or `any`. */
  currencies: readonly string[] | 'any'
  /** May less than the authorised amount be captured? Bursar asks for all of it; what a processor takes in steps counts once all of it is there. */
  partialCapture: boolean
  /** May part of a captured amount be given back? */
  partialRefund: boolean
  /**
   * Can an open payment be closed, so that nobody can pay it afterwards? Where not, `void` is called for authorised ones only:
   * an open one ends when the vendor ends it, which `lookup` tells by `cancelled`, or by `not_found` after the vendor forgot it.
   */
  voidable: boolean
  /** Does it report disputes? */
  disputes: boolean
  /** Are card data entered in fields that the processor serves? */
  hostedFields: boolean
  /** Can a payment be found by the key of the call that opened it, without a reference? Where not, `unknown` waits for its webhook. */
  lookupByKey: boolean
  /** Smallest charge in minor units by currency; absent means 1. */
  minimum?: { readonly [currency: string]: number } | undefined
  /** Largest charge in minor units by currency; absent means no limit. */
  maximum?: { readonly [currency: string]: number } | undefined
  /** The modes of account that it serves; a test processor is offered to no live account. @default both */
  modes?: readonly ('test' | 'live')[] | undefined
  /**
   * Does `pending` after `open` mean "accepted, to be paid later" (an invoice) rather than "under way"? Such a processor
   * may keep no books: its `lookup` then tells what was opened and takes back nothing that we recorded. @default false
   */
  onAccount?: boolean | undefined
}

/** The account that a call is for. Secrets are resolved when asked for and are never stored. */
export interface ProcessorAccount {
  /** PaymentAccount id. */
  readonly id: string
  /** Test money or live money. */
  readonly mode: 'test' | 'live'
  /** The secret by its name in the account's `secretRefs`. @throws when the host has none. */
  secret(name: string): Promise<string>
}

/** What the shopper has to do next. */
export type NextStep =
  | { type: 'redirect'; url: string }
  | { type: 'client_secret'; clientSecret: string }
  | { type: 'instructions'; text: string; reference: string }

/** A payment as the processor sees it now. */
export interface ProcessorPayment {
  /** The processor's own id of the payment. */
  reference: string
  /** Where it stands. An unknown value of the vendor's is reported as `processing`, never as captured. */
  state: 'requires_action' | 'processing' | 'authorized' | 'captured' | 'failed' | 'cancelled'
  /** What it was opened for. */
  amount: Money
  /**
   * Captured so far, minor units; 0 after a capture that failed later. While it is less than `amount` nothing is delivered, and
   * after an hour the doctor has a case.
   */
  captured: number
  /** Given back so far, minor units. */
  refunded: number
  /** Until when an authorisation can be captured. */
  captureBefore?: Instant | undefined
  /** Why it was declined or failed, in the processor's words, fit for logs. Holds no card data. */
  reason?: string | undefined
}

/** What came of a call that moves or could move money. After `unknown` only `lookup` may follow. */
export type ProcessorAnswer =
  | { outcome: 'succeeded'; payment: ProcessorPayment }
  | { outcome: 'pending'; payment: ProcessorPayment; next?: NextStep | undefined }
  | { outcome: 'requires_action'; payment: ProcessorPayment; next: NextStep }
  | { outcome: 'declined'; reason: string; payment?: ProcessorPayment | undefined }
  | { outcome: 'failed'; reason: string }
  | { outcome: 'unknown'; reason: string }

/** What `lookup` found. */
export type LookupAnswer =
  | { outcome: 'found'; payment: ProcessorPayment; next?: NextStep | undefined }
  | { outcome: 'not_found' }
  | { outcome: 'unknown'; reason: string }

/** A genuine event, reduced to what tells which payment to fetch. */
export interface ProcessorEvent {
  /** The processor's id of the event, unique per account. */
  eventId: string
  /** The processor's id of the payment, or null where the event is about none. */
  reference: string | null
  /** The key of the call that opened the payment, where the processor gives it back. */
  key?: string | undefined
  /** The vendor's type, for logs. */
  type: string
  /** Test or live, as the event says. */
  mode: 'test' | 'live'
}

/** What `parseEvent` made of a request. */
export type EventAnswer =
  | { outcome: 'event'; event: ProcessorEvent }
  | { outcome: 'ignored'; reason: string }
  | { outcome: 'bad_signature'; reason: string }

/** What opens a payment. */
export interface OpenPayment {
  /** Idempotency key of the call, at most 100 characters; the same until a definite failure. */
  key: string
  /** Bursar's ids, to be kept as the processor's metadata. */
  paymentId: string
  /** Id of the order. */
  orderId: string
  /** The order's number, for statements. */
  orderNumber: string
  /** Exactly the order's total. */
  amount: Money
  /** Hash of the quote: an intent is bound to it. */
  quoteHash: string
  /** `automatic` captures at once, `manual` only authorises. */
  capture: 'automatic' | 'manual'
  /** What the processor's browser fields gave (a token, never card data), where the flow has one. */
  paymentToken?: string | undefined
  /** Where the processor sends the shopper back to. */
  returnUrl?: string | undefined
}

/** What captures, voids or refunds. */
export interface MoveMoney {
  /** Idempotency key of the call. */
  key: string
  /** The processor's id of the payment. */
  reference: string
  /** How much. */
  amount: Money
}

/**
 * A payment processor behind one account. Keys are honoured: the same key with the same parameters has at most one effect
 * and answers as the first time; a key lives until a definite failure.
 * A time-out or a broken connection is the answer `unknown`, never an exception and never `failed`.
 * No member of this interface can hold a card number.
 */
export interface PaymentProcessor {
  /** What the processor can do. */
  readonly capabilities: ProcessorCapabilities
  /** Opens a payment for an amount. Idempotent by key. */
  open(account: ProcessorAccount, request: OpenPayment): Promise<ProcessorAnswer>
  /**
   * Takes authorised money. Idempotent by key. One that was answered with `pending` and is refused later answers its key with
   * `failed` or `declined` then: until it does, or the money is there, it is asked for by that key alone.
   */
  capture(account: ProcessorAccount, request: MoveMoney): Promise<ProcessorAnswer>
  /**
   * Closes a payment that is not captured: afterwards nobody can pay it. `succeeded` with state `captured` means it was too late;
   * `failed`, that it is as it was. While it can still be paid, whatever was answered, it is asked for again, with another key;
   * with the same one only after `unknown`, until `lookup` says how it is.
   */
  void(account: ProcessorAccount, request: Omit<MoveMoney, 'amount'>): Promise<ProcessorAnswer>
  /** Gives captured money back. Idempotent by key; `payment.refunded` is the sum so far. */
  refund(account: ProcessorAccount, request: MoveMoney): Promise<ProcessorAnswer>
  /**
   * The payment as it is now, by reference or by the key that opened it, with `next` while the shopper has a step to do.
   * `not_found` only where it surely is not: a payment that cannot be closed, and is not found once its time is over, has ended.
   * No effect.
   */
  lookup(account: ProcessorAccount, request: { reference: string | null; key: string }): Promise<LookupAnswer>
  /** Checks the signature on the raw bytes, then reads the event: the same bytes are the same event. No effect. */
  parseEvent(
    account: ProcessorAccount,
    rawBody: Uint8Array,
    headers: { get(name: string): string | null },
  ): Promise<EventAnswer>
  /**
   * The account's events since a cursor, for the reconciler, a page at a time. The same cursor again, and nothing else, says that
   * there are no more for now: a page may be empty because nothing on it is about a payment.
   */
  listSince(
    account: ProcessorAccount,
    cursor: string | null,
  ): Promise<{ events: ProcessorEvent[]; cursor: string | null }>
  /** Anything else that pages need to know, such as a publishable key. Never a secret. */
  publicSettings?(account: ProcessorAccount): Promise<Json>
}
