import { isCurrency, type Money } from '../../money/index.ts'
import type {
  OpenPayment,
  ProcessorAccount,
  ProcessorAnswer,
  ProcessorCapabilities,
  ProcessorEvent,
  ProcessorPayment,
} from '../../ports/index.ts'
import { fromInstant, type Instant } from '../../time/index.ts'
import type { SimulationLog } from '../simulation-log.ts'
import { holdsCardNumber } from './card-number.ts'
import type { SimulatedPayment, StoredCall } from './processor-records.ts'

/** How long a key is kept. @see https://docs.stripe.com/api/idempotent_requests */
const KEY_LIFE_MS = 24 * 60 * 60 * 1000

/** What a key that comes in means. */
type Recall = 'new' | 'replay' | 'mismatch' | 'in_progress'

/**
 * The rules that the simulated processor keeps, one function each, so that a fault is one rule broken.
 * A `cannot…` rule answers the reason, or null when all is well.
 */
export interface ProcessorRules {
  recall(stored: StoredCall | undefined, fingerprint: string, now: Instant): Recall
  /** On whose shelf an account's rows lie. */
  shelf(rows: 'payments' | 'keys' | 'events', account: string): string
  cannotOpen(request: OpenPayment, capabilities: ProcessorCapabilities): string | null
  /** The amount that is kept for a payment. */
  amountOf(amount: Money): Money
  capturesAtOnce(request: OpenPayment): boolean
  needsShopper(request: OpenPayment): boolean
  cannotConfirm(payment: SimulatedPayment): string | null
  cannotCapture(payment: SimulatedPayment, amount: Money): string | null
  canCancel(payment: SimulatedPayment): boolean
  cannotRefund(payment: SimulatedPayment, amount: Money): string | null
  /** A payment as it is told. */
  view(payment: SimulatedPayment): ProcessorPayment
  /** What is answered when the connection broke. */
  lostReply(reason: string): ProcessorAnswer
  findsByKey: boolean
  /** Checks, then writes, with nothing in between. */
  alone(log: SimulationLog, check: () => ProcessorAnswer | null, write: () => ProcessorAnswer): Promise<ProcessorAnswer>
  acceptsSignature(isGenuine: boolean): boolean
  /** Seconds that the time of a signature may differ from now. */
  signatureTolerance: number
  isEventOfAccount(eventAccount: unknown, account: ProcessorAccount): boolean
  isEventOfMode(event: ProcessorEvent, account: ProcessorAccount): boolean
  /** Where a list of events begins. */
  listsAfter(cursor: number): number
}

/** The rules as they should be. */
export const soundRules: ProcessorRules = {
  recall,
  shelf: (_rows, account) => account,
  cannotOpen,
  amountOf: (amount) => amount,
  capturesAtOnce: (request) => request.capture === 'automatic',
  needsShopper: (request) => request.paymentToken === undefined,
  cannotConfirm: ({ state }) => (state === 'requires_action' ? null : `The payment is ${state}.`),
  cannotCapture,
  canCancel: ({ state }) => state === 'requires_action' || state === 'processing' || state === 'authorized',
  cannotRefund,
  view: viewPayment,
  lostReply: (reason) => ({ outcome: 'unknown', reason }),
  findsByKey: true,
  alone: async (log, check, write) => log.transact(() => check() ?? write()),
  acceptsSignature: (isGenuine) => isGenuine,
  signatureTolerance: 300,
  isEventOfAccount: (eventAccount, account) => eventAccount === account.id,
  isEventOfMode: (event, account) => event.mode === account.mode,
  listsAfter: (cursor) => cursor,
}

/** What is told of a payment: nothing of whose it is. */
export function viewPayment(payment: SimulatedPayment): ProcessorPayment {
  const { reference, state, amount, captured, refunded, captureBefore, reason } = payment
  return {
    reference,
    state,
    amount,
    captured,
    refunded,
    ...(captureBefore === undefined ? {} : { captureBefore }),
    ...(reason === undefined ? {} : { reason }),
  }
}

function recall(stored: StoredCall | undefined, fingerprint: string, now: Instant): Recall {
  if (stored === undefined || fromInstant(now) - fromInstant(stored.at) >= KEY_LIFE_MS) return 'new'
  if (stored.fingerprint !== fingerprint) return 'mismatch'
  return stored.answer === null ? 'in_progress' : 'replay'
}

function cannotOpen(request: OpenPayment, capabilities: ProcessorCapabilities): string | null {
  const { amount, currency } = request.amount
  if (request.paymentToken !== undefined && holdsCardNumber(request.paymentToken)) {
    return 'card_number_refused: the payment token holds what looks like a card number.'
  }
  if (request.key.length === 0 || request.key.length > 100) return 'invalid_key: a key has 1 to 100 characters.'
  if (!isCurrency(currency)) return 'invalid_currency: not a code of ISO 4217.'
  if (capabilities.currencies !== 'any' && !capabilities.currencies.includes(currency)) {
    return `currency_not_supported: ${currency}.`
  }
  const minimum = capabilities.minimum?.[currency] ?? 1
  if (!Number.isSafeInteger(amount) || amount <= 0) return 'invalid_amount: positive whole minor units are needed.'
  if (amount < minimum) return `amount_too_small: the least is ${minimum} ${currency} in minor units.`
  const maximum = capabilities.maximum?.[currency] ?? Number.MAX_SAFE_INTEGER
  return amount > maximum ? `amount_too_large: the most is ${maximum} ${currency} in minor units.` : null
}

function cannotCapture(payment: SimulatedPayment, amount: Money): string | null {
  if (payment.state !== 'authorized') return `payment_unexpected_state: the payment is ${payment.state}.`
  return cannotMove(amount, payment.amount.currency, payment.amount.amount)
}

function cannotRefund(payment: SimulatedPayment, amount: Money): string | null {
  if (payment.state !== 'captured') return `payment_unexpected_state: the payment is ${payment.state}.`
  return cannotMove(amount, payment.amount.currency, payment.captured - payment.refunded)
}

function cannotMove({ amount, currency }: Money, ownCurrency: string, most: number): string | null {
  if (currency !== ownCurrency) return `currency_mismatch: the payment is in ${ownCurrency}.`
  if (!Number.isSafeInteger(amount) || amount <= 0) return 'invalid_amount: positive whole minor units are needed.'
  return amount > most ? `amount_too_large: at most ${most} in minor units.` : null
}
