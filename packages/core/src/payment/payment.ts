import type { Actor } from '../audit/index.ts'
import type { Money } from '../money/index.ts'
import type { NextStep } from '../ports/payment-processor.ts'
import type { Instant } from '../time/index.ts'

/** Where a payment stands. `captured → failed` exists: money can fail days later. */
export type PaymentState =
  | 'created'
  | 'requires_action'
  | 'processing'
  | 'authorized'
  | 'captured'
  | 'failed'
  | 'cancelled'
  | 'expired'

/** What becomes of an order once its payment is closed: it is ended. */
export interface AfterClosing {
  /** Why. */
  cancel: string
  /** Who asked for it, by which operation. @default nobody: its time was over, or its cart moved into another */
  by?: { operation: string; actor: Actor } | undefined
}

/** One call that moves money, stored before it is made. Its id is the idempotency key. */
export interface PaymentOperation {
  /** `pop_…`: the key of the call at the processor, until a definite failure. */
  id: string
  /** What it does. */
  kind: 'open' | 'capture' | 'void' | 'refund'
  /** Minor units of the payment's currency. */
  amount: number
  /** `started`: stored, and nobody knows yet whether it acted. */
  state: 'started' | 'succeeded' | 'pending' | 'declined' | 'failed'
  /** When it was stored. */
  at: Instant
  /** Why it was declined or failed, for logs. */
  reason?: string | undefined
  /** Of a call to close it: what becomes of its order then, whoever hears of it first. */
  after?: AfterClosing | undefined
}

/** An attempt to take money for one order. Belongs to the operator; `site` says where its order is. */
export interface Payment {
  /** `pay_…` */
  id: string
  /** Order id. */
  orderId: string
  /** Site id of the order. */
  site: string
  /** Payment account id. */
  account: string
  /** Name of the processor. */
  processor: string
  /** Exactly the order's total. */
  amount: Money
  /** Where it stands. */
  state: PaymentState
  /** The processor's own id, once known. */
  reference: string | null
  /** Captured so far, minor units. */
  captured: number
  /** Given back so far, minor units. */
  refunded: number
  /** Every call, oldest first; of those to close it that were refused, the last. */
  operations: readonly PaymentOperation[]
  /** What the shopper has to do next, or null. */
  next: NextStep | null
  /** Was it accepted to be paid later? */
  onAccount: boolean
  /** Hash of the quote that it is bound to. */
  quoteHash: string
  /** Why it was declined or failed, or null. */
  reason: string | null
  /** Until when an authorisation can be captured, or null. */
  captureBefore: Instant | null
  /** From when it is closed if nobody paid. */
  expiresAt: Instant
  /** When it was made. */
  createdAt: Instant
}
