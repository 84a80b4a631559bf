import type {
  Money,
  MoveMoney,
  OpenPayment,
  PaymentProcessor,
  ProcessorAccount,
  ProcessorAnswer,
  ProcessorPayment,
} from '@bursar/core'
import { isCurrency } from '@bursar/core'
import { readReference, writeReference } from './payment-reference.ts'

/** How a manual processor is set up. */
export interface ManualProcessorOptions {
  /** What the payer is told: where to pay, within which time. Shown with the order's number as the reference to quote. */
  instructions(order: { readonly orderNumber: string; readonly amount: Money }): string
  /** ISO 4217 codes that it takes. @default 'any' */
  readonly currencies?: readonly string[] | 'any' | undefined
}

/**
 * Invoice or bank transfer: nothing happens by itself. `open` accepts the order on account and says how to pay;
 * `capture` is an operator noting that the money came; `void` gives the claim up; `refund` is an operator noting that
 * the money was sent back.
 *
 * It keeps no books: every answer follows from the request and from the payment's reference, which holds the amount.
 * So a repeat answers as the first time, nothing can be lost, and no call is ever `unknown`. The truth about a
 * payment is Bursar's own record: `lookup` tells only what was opened (`processing`, nothing captured) and must not
 * take back what was recorded since; by key alone it finds nothing, and opening again with the key gives the same
 * payment. As sums cannot be kept, only the whole is captured and refunded.
 */
export function manualProcessor(options: ManualProcessorOptions): PaymentProcessor {
  const { instructions, currencies = 'any' } = options

  async function open(_account: ProcessorAccount, request: OpenPayment): Promise<ProcessorAnswer> {
    const refusal = refusalOf(request, currencies)
    if (refusal !== null) return { outcome: 'failed', reason: refusal }
    const { orderNumber, amount, paymentId } = request
    const payment = openPayment(writeReference({ amount, paymentId }), amount)
    const text = instructions({ orderNumber, amount })
    return { outcome: 'pending', payment, next: { type: 'instructions', text, reference: orderNumber } }
  }

  return {
    capabilities: {
      currencies,
      partialCapture: false,
      partialRefund: false,
      voidable: true,
      disputes: false,
      hostedFields: false,
      lookupByKey: true,
      onAccount: true,
    },
    open,
    capture: async (_account, request) =>
      whole(request, ({ amount, ...payment }) => ({ ...payment, amount, state: 'captured', captured: amount.amount })),
    refund: async (_account, request) =>
      whole(request, ({ amount, ...payment }) => ({
        ...payment,
        amount,
        state: 'captured',
        captured: amount.amount,
        refunded: amount.amount,
      })),
    async void(_account, { reference }) {
      const amount = readReference(reference)
      if (amount === null) return noSuchPayment()
      return { outcome: 'succeeded', payment: { ...openPayment(reference, amount), state: 'cancelled' } }
    },
    async lookup(_account, { reference }) {
      const amount = reference === null ? null : readReference(reference)
      if (reference === null || amount === null) return { outcome: 'not_found' }
      return { outcome: 'found', payment: openPayment(reference, amount) }
    },
    async parseEvent() {
      return { outcome: 'bad_signature', reason: 'Nobody sends events for a manual account.' }
    },
    async listSince(_account, cursor) {
      return { events: [], cursor }
    },
  }
}

function refusalOf({ amount, paymentToken }: OpenPayment, currencies: readonly string[] | 'any'): string | null {
  if (paymentToken !== undefined) return 'token_not_taken: an invoice is paid by transfer, never by card or token.'
  if (!isCurrency(amount.currency)) return 'invalid_currency: not a code of ISO 4217.'
  if (currencies !== 'any' && !currencies.includes(amount.currency))
    return `currency_not_supported: ${amount.currency}.`
  if (Number.isSafeInteger(amount.amount) && amount.amount > 0) return null
  return 'invalid_amount: positive whole minor units are needed.'
}

/** Moves all of a payment; a part or more is a definite failure. */
function whole(
  { reference, amount }: MoveMoney,
  moved: (payment: ProcessorPayment) => ProcessorPayment,
): ProcessorAnswer {
  const opened = readReference(reference)
  if (opened === null) return noSuchPayment()
  if (opened.amount !== amount.amount || opened.currency !== amount.currency) {
    return { outcome: 'failed', reason: `whole_only: ${opened.amount} ${opened.currency} in minor units.` }
  }
  return { outcome: 'succeeded', payment: moved(openPayment(reference, opened)) }
}

function openPayment(reference: string, amount: Money): ProcessorPayment {
  return { reference, amount, state: 'processing', captured: 0, refunded: 0 }
}

function noSuchPayment(): ProcessorAnswer {
  return { outcome: 'failed', reason: 'no_such_payment: this is no reference of the manual processor.' }
}
