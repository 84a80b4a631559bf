/** What a payment token makes happen. */
export interface PaymentScript {
  /** What becomes of the payment. */
  readonly settles: 'approve' | 'decline' | 'requires_action' | 'late' | 'late_decline'
  /** What becomes of the answer. */
  readonly reply?: 'timeout_before' | 'timeout_after' | 'error_after' | 'slow'
  /** What becomes of its webhooks. */
  readonly webhook?: 'double' | 'created_last'
  /** The captured money is taken back days later. */
  readonly captureFailsLater?: true
}

/** The payment tokens of the test processor. They stand for what a processor's browser fields would have given. */
export const PAYMENT_SCRIPTS = {
  /** Approved. */
  tok_approve: { settles: 'approve' },
  /** Declined, for good: another attempt needs a new key. */
  tok_decline: { settles: 'decline' },
  /** Waits for the shopper, as 3-D Secure does; `confirm` goes on. */
  tok_requires_action: { settles: 'requires_action' },
  /** The first call with a key is lost on its way and does nothing; a repeat is approved. */
  tok_timeout_before: { settles: 'approve', reply: 'timeout_before' },
  /** Approved, but the answer is lost; a repeat gets it. */
  tok_timeout_after: { settles: 'approve', reply: 'timeout_after' },
  /** Approved, then a server error, which is stored and answers every repeat, as Stripe's 500 does. */
  tok_error_after: { settles: 'approve', reply: 'error_after' },
  /** Approved, after `slowMs`. */
  tok_slow: { settles: 'approve', reply: 'slow' },
  /** Pending, as a bank debit is; captured after `lateMs`, or when told. */
  tok_late: { settles: 'late' },
  /** Pending; failed after `lateMs`. */
  tok_late_decline: { settles: 'late_decline' },
  /** Approved; each of its webhooks is sent twice. */
  tok_twice: { settles: 'approve', webhook: 'double' },
  /** Approved; the webhook of its creation arrives after the one of its capture. */
  tok_out_of_order: { settles: 'approve', webhook: 'created_last' },
  /** Captured, and the money taken back after `captureFailsMs`, or when told. */
  tok_capture_fails_later: { settles: 'approve', captureFailsLater: true },
} as const satisfies { readonly [token: string]: PaymentScript }

/** A payment token of the test processor. */
export type PaymentToken = keyof typeof PAYMENT_SCRIPTS

/** The script of a token, or null when there is no such token. Without a token the shopper confirms in the browser. */
export function paymentScript(token: string | undefined): PaymentScript | null {
  if (token === undefined) return { settles: 'requires_action' }
  return isPaymentToken(token) ? PAYMENT_SCRIPTS[token] : null
}

function isPaymentToken(token: string): token is PaymentToken {
  return Object.hasOwn(PAYMENT_SCRIPTS, token)
}
