import { isSameJson } from '../json/index.ts'
import type { Money } from '../money/index.ts'
import type {
  OpenPayment,
  PaymentProcessor,
  ProcessorAccount,
  ProcessorAnswer,
  ProcessorPayment,
} from '../ports/index.ts'
import { expectOutcome, expectSame, expectThat } from './expectations.ts'

/** What the processor itself says it moved on an account, over all payments, in minor units. */
export interface ProcessorTotals {
  /** Captured and not taken back by a late failure. */
  readonly charged: number
  /** Given back. */
  readonly refunded: number
}

/** An event to be signed as the processor would sign it. */
export interface EventToSign {
  /** Whose webhook secret signs it. */
  readonly signedBy: ProcessorAccount
  /** The account that the body says it is about. */
  readonly about: ProcessorAccount
  /** The mode that the body says. */
  readonly mode: 'test' | 'live'
  /** The payment that the body says. */
  readonly reference: string
  /** Seconds since it was signed. */
  readonly ageSeconds: number
}

/** A webhook as it arrives. */
export interface SignedRequest {
  /** The body's bytes. */
  readonly rawBody: Uint8Array
  /** Its headers. */
  readonly headers: { get(name: string): string | null }
}

/** A processor to be tried, and what the trial can make it do. What is absent leaves cases out, by name. */
export interface PaymentProcessorBench {
  /** Fresh for each case. */
  readonly processor: PaymentProcessor
  /** A test account, without payments. */
  readonly account: ProcessorAccount
  /** Another test account of the same processor. */
  readonly otherAccount?: ProcessorAccount | undefined
  /** ISO 4217 code of the trial's amounts. */
  readonly currency: string
  /** Payment tokens by what they make happen. */
  readonly tokens: {
    /** Approved at once. */
    readonly approve?: string | undefined
    /** Declined at once. */
    readonly decline?: string | undefined
    /** The first call is lost before it arrives. */
    readonly timeoutBefore?: string | undefined
    /** Approved; the answer is lost. */
    readonly timeoutAfter?: string | undefined
    /** Pending until `settle`. */
    readonly late?: string | undefined
  }
  /** What the processor moved, asked of itself and not of the adapter. */
  totals?(account: ProcessorAccount): Promise<ProcessorTotals>
  /** What the shopper does in the processor's fields. */
  confirm?(clientSecret: string, choice: 'approve' | 'decline'): Promise<void>
  /** Lets a pending payment succeed. */
  settle?(account: ProcessorAccount, reference: string): Promise<void>
  /** Takes captured money back, as banks do days later. */
  failCapture?(account: ProcessorAccount, reference: string): Promise<void>
  /** Signs an event. */
  signEvent?(event: EventToSign): Promise<SignedRequest>
  /** Does `listSince` list every event? @default true */
  readonly listsEvents?: boolean | undefined
}

/** What a case may need of a bench. */
export type PaymentProcessorNeed =
  | 'approve'
  | 'decline'
  | 'timeoutBefore'
  | 'timeoutAfter'
  | 'late'
  | 'otherAccount'
  | 'totals'
  | 'confirm'
  | 'settle'
  | 'failCapture'
  | 'signEvent'
  | 'listsEvents'
  | 'onAccount'
  | 'partialCapture'
  | 'partialRefund'
  | 'voidable'
  | 'notVoidable'
  | 'lookupByKey'

/** What a bench offers. */
export function paymentProcessorAbilities(bench: PaymentProcessorBench): Set<PaymentProcessorNeed> {
  const { capabilities } = bench.processor
  const offered: { readonly [need in PaymentProcessorNeed]: boolean } = {
    approve: bench.tokens.approve !== undefined,
    decline: bench.tokens.decline !== undefined,
    timeoutBefore: bench.tokens.timeoutBefore !== undefined,
    timeoutAfter: bench.tokens.timeoutAfter !== undefined,
    late: bench.tokens.late !== undefined,
    otherAccount: bench.otherAccount !== undefined,
    totals: bench.totals !== undefined,
    confirm: bench.confirm !== undefined,
    settle: bench.settle !== undefined,
    failCapture: bench.failCapture !== undefined,
    signEvent: bench.signEvent !== undefined,
    listsEvents: bench.listsEvents ?? true,
    onAccount: capabilities.onAccount ?? false,
    partialCapture: capabilities.partialCapture,
    partialRefund: capabilities.partialRefund,
    voidable: capabilities.voidable,
    notVoidable: !capabilities.voidable,
    lookupByKey: capabilities.lookupByKey,
  }
  // The keys of `offered` are the needs: its type says so.
  return new Set((Object.keys(offered) as PaymentProcessorNeed[]).filter((need) => offered[need]))
}

/** An amount that floating point gets wrong: 19.99 × 100 is no whole number there. */
export const TRIAL_AMOUNT = 1999

/** Money of the trial's currency. */
export function trialMoney(bench: PaymentProcessorBench, amount = TRIAL_AMOUNT): Money {
  return { amount, currency: bench.currency }
}

/** A request to open a payment of {@link TRIAL_AMOUNT}. */
export function openRequest(bench: PaymentProcessorBench, own: Partial<OpenPayment> = {}): OpenPayment {
  return {
    key: 'key-open-1',
    paymentId: 'pay-1',
    orderId: 'ord-1',
    orderNumber: 'T-1001',
    amount: trialMoney(bench),
    quoteHash: 'a'.repeat(64),
    capture: 'automatic',
    ...own,
  }
}

/** Opens a payment that is approved at once. */
export async function openApproved(
  bench: PaymentProcessorBench,
  own: Partial<OpenPayment> = {},
  account = bench.account,
): Promise<ProcessorPayment> {
  const answer = await bench.processor.open(account, openRequest(bench, { paymentToken: bench.tokens.approve, ...own }))
  return expectOutcome(answer, 'succeeded', 'open').payment
}

/** The payment as the processor sees it. */
export async function look(
  bench: PaymentProcessorBench,
  reference: string | null,
  key = 'key-open-1',
  account = bench.account,
): Promise<ProcessorPayment> {
  return expectOutcome(await bench.processor.lookup(account, { reference, key }), 'found', 'lookup').payment
}

/**
 * Throws unless a look-up finds what a call answered: that it is done, or, of a call that was taken in (`pending`), how the
 * payment was then or that it is done by now.
 */
export async function expectFound(
  bench: PaymentProcessorBench,
  answer: ProcessorAnswer,
  done: Partial<ProcessorPayment>,
  what: string,
): Promise<void> {
  const { payment } = answer.outcome === 'pending' ? answer : expectOutcome(answer, 'succeeded', what)
  if (answer.outcome === 'succeeded') expectSame({ ...payment, ...done }, payment, what)
  const found = await look(bench, payment.reference)
  const isDoneByNow = answer.outcome === 'pending' && isSameJson({ ...found, ...done }, found)
  if (!isDoneByNow) expectSame(found, payment, `lookup after ${what}`)
}

/** What was moved on the account, where the bench can tell. */
export async function totalsOf(bench: PaymentProcessorBench, account = bench.account): Promise<ProcessorTotals> {
  expectThat(bench.totals !== undefined, 'the case must need totals')
  return bench.totals(account)
}

/** The payment that an answer carries. */
export function paymentOf(answer: ProcessorAnswer): ProcessorPayment {
  const payment = 'payment' in answer ? answer.payment : undefined
  expectThat(payment !== undefined, `an answer with a payment, found ${answer.outcome}`)
  return payment
}
