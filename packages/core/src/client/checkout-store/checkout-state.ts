import type { CheckoutInput } from '../../checkout/index.ts'
import type { OperationError } from '../../contract/index.ts'
import type { BursarError } from '../../errors/index.ts'
import type { OrderView } from '../../order/index.ts'
import type { NextStep } from '../../ports/index.ts'
import type { Quote } from '../../pricing/index.ts'
import type { ConsentKind } from '../../site/index.ts'

/** Codes that a checkout may end with, or refuse a command with. */
export type CheckoutErrorCode = OperationError<'carts.checkout' | 'carts.get' | 'orders.refreshPayment'>

/** What a checkout is started with; cart and expected total are the cart store's. */
export type StartCheckout = Omit<CheckoutInput, 'cartId' | 'expectedTotal'>

/** Where a checkout stands. Each arm has what a page shows then. */
export type CheckoutPhase =
  /** Nothing is under way. */
  | { readonly status: 'idle' }
  /** The order is being made. */
  | { readonly status: 'starting' }
  /** The processor's own field takes the payment by this secret; then `confirm`. */
  | { readonly status: 'ready'; readonly order: OrderView; readonly clientSecret: string }
  /** The shopper has acted, or come back: the processor is being asked. `check` is for a field that never ends. */
  | { readonly status: 'confirming'; readonly order: OrderView | null }
  /** The shopper has to do something more, such as 3-D Secure: go to `next.url`, or `confirm` with `next.clientSecret`. */
  | {
      readonly status: 'requires_action'
      readonly order: OrderView
      readonly next: Exclude<NextStep, { type: 'instructions' }>
    }
  /** Accepted and not decided, such as a bank debit; asked again by itself. */
  | { readonly status: 'processing'; readonly order: OrderView }
  /** Ordered. `order.payment.next` may be instructions to pay by. */
  | { readonly status: 'placed'; readonly order: OrderView }
  /** Not the price that the shopper saw; nothing was ordered. `accept` orders at the one of now. */
  | { readonly status: 'price_changed'; readonly before: Quote; readonly after: Quote }
  /** The last place of this line was taken; nothing was ordered. */
  | {
      readonly status: 'sold_out'
      readonly error: BursarError<CheckoutErrorCode>
      /** Line id, or null where the server did not say it. */
      readonly lineId: string | null
    }
  /** Consents are missing; nothing was ordered. */
  | {
      readonly status: 'consent_required'
      readonly error: BursarError<CheckoutErrorCode>
      readonly missing: readonly ConsentKind[]
    }
  /**
   * Nobody knows whether it was paid: only asking is right. Asked again by itself when the network is back.
   * `error` is why the last question had no answer, or null; `unauthenticated` where who signs in again is told.
   */
  | {
      readonly status: 'unknown'
      /** The order, or null while it is not known whether there is one. */
      readonly orderId: string | null
      readonly error: BursarError<CheckoutErrorCode> | null
    }
  /** The payment was declined or has ended: nothing was charged. */
  | { readonly status: 'declined'; readonly order: OrderView }
  /** It did not go through; the error says why. Nothing was charged that is known of: what had no answer may still be on its way. */
  | { readonly status: 'failed'; readonly error: BursarError<CheckoutErrorCode> }

/** How a command on a checkout ended: it ran, or could not be run now. It never rejects. */
export type CheckoutOutcome =
  | { readonly ok: true; readonly state: CheckoutState }
  | { readonly ok: false; readonly error: BursarError<CheckoutErrorCode> }

/** What a page can do with a checkout. */
export interface CheckoutCommands {
  /** Makes the order and opens its payment. A second call while it runs does not run. */
  start(input?: StartCheckout): Promise<CheckoutOutcome>
  /**
   * Runs what confirms the payment in the page, such as the processor's script, then asks how it stands. Whatever `act`
   * answers or throws: the processor alone says what happened.
   */
  confirm(act?: (clientSecret: string) => unknown): Promise<CheckoutOutcome>
  /** Orders at the price of now, with the input of before. */
  accept(): Promise<CheckoutOutcome>
  /** Asks how it stands. Never pays. */
  check(): Promise<CheckoutOutcome>
  /** Takes up an order, such as that of a return page in another tab. */
  resume(orderId: string): Promise<CheckoutOutcome>
  /** Back to `idle`. */
  reset(): void
}

/** Which commands are right in which state: the state has these, and no other one runs. */
export const CHECKOUT_COMMANDS = {
  idle: ['start', 'resume'],
  starting: [],
  ready: ['confirm', 'start'],
  confirming: ['check'],
  requires_action: ['confirm', 'start'],
  processing: ['check'],
  placed: ['reset'],
  price_changed: ['accept', 'reset'],
  sold_out: ['start', 'reset'],
  consent_required: ['start', 'reset'],
  unknown: ['check'],
  declined: ['start', 'reset'],
  failed: ['start', 'reset'],
} as const satisfies { readonly [Status in CheckoutPhase['status']]: readonly (keyof CheckoutCommands)[] }

type CommandsIn<Status extends CheckoutPhase['status']> = (typeof CHECKOUT_COMMANDS)[Status][number]

/**
 * A checkout as a page renders it: where it stands, and the commands that are right there. `unknown` has no `start`, so
 * a page that would offer to pay again does not compile.
 */
export type CheckoutState = {
  [Status in CheckoutPhase['status']]: Extract<CheckoutPhase, { status: Status }> &
    Pick<CheckoutCommands, CommandsIn<Status>> & {
      /** May `start` be called now: is it right here, and is the cart's price final? */
      readonly canStart: 'start' extends CommandsIn<Status> ? boolean : false
    }
}[CheckoutPhase['status']]
