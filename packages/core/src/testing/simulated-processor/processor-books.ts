import { randomToken } from '../../ids/index.ts'
import type { Money } from '../../money/index.ts'
import type { OpenPayment, Runtime } from '../../ports/index.ts'
import { addMilliseconds } from '../../time/index.ts'
import { rowId, type SimulationLog } from '../simulation-log.ts'
import type { PaymentScript } from './payment-scripts.ts'
import { planDeliveries, type WebhookBehaviour } from './processor-deliveries.ts'
import {
  EFFECTS,
  eventsOf,
  PAYMENTS,
  PAYMENTS_BY_SECRET,
  PLANS,
  type PlannedChange,
  type ProcessorEffect,
  REFERENCES_BY_KEY,
  type SimulatedPayment,
} from './processor-records.ts'
import type { ProcessorRules } from './processor-rules.ts'

/** How long an authorisation lasts. @see https://docs.stripe.com/payments/place-a-hold-on-a-payment-method */
const AUTHORISATION_LIFE_MS = 7 * 24 * 60 * 60 * 1000

/** The times of the simulation, in milliseconds. */
export interface ProcessorTimes {
  readonly lateMs: number
  readonly captureFailsMs: number
  readonly slowMs: number
}

/** What the books are made with. */
export interface ProcessorBooksOptions {
  readonly log: SimulationLog
  readonly runtime: Pick<Runtime, 'now' | 'randomBytes'>
  readonly rules: ProcessorRules
  readonly times: ProcessorTimes
  readonly nextWebhookBehaviour: () => WebhookBehaviour | null
}

/** The processor's books: each function is one change of a payment with its effect and its event, within a transaction. */
export type ProcessorBooks = ReturnType<typeof processorBooks>

export function processorBooks({ log, runtime, rules, times, nextWebhookBehaviour }: ProcessorBooksOptions) {
  const shelf = (account: string) => rules.shelf('payments', account)
  const newId = () => randomToken(runtime, 15)

  function find(account: string, reference: string): SimulatedPayment | undefined {
    return log.get(PAYMENTS, rowId(shelf(account), reference))
  }

  function findByKey(account: string, key: string): SimulatedPayment | undefined {
    const found = rules.findsByKey ? log.get(REFERENCES_BY_KEY, rowId(shelf(account), key)) : undefined
    return found === undefined ? undefined : find(account, found.reference)
  }

  function findBySecret(clientSecret: string): SimulatedPayment | undefined {
    const found = log.get(PAYMENTS_BY_SECRET, clientSecret)
    return found === undefined ? undefined : find(found.account, found.reference)
  }

  function save(payment: SimulatedPayment): SimulatedPayment {
    log.put(PAYMENTS, rowId(shelf(payment.account), payment.reference), payment)
    return payment
  }

  function record(
    payment: SimulatedPayment,
    effect: ProcessorEffect['effect'],
    key: string | null,
    amount: Money = payment.amount,
  ): void {
    const { account, reference, paymentId, orderId } = payment
    log.put(EFFECTS, newId(), { at: runtime.now(), account, effect, reference, key, amount, paymentId, orderId })
  }

  function emit(payment: SimulatedPayment, type: string): void {
    const { account, reference, key } = payment
    const event = { eventId: `evt_${newId()}`, reference, key, type, mode: 'test' as const }
    const rawBody = JSON.stringify({
      id: event.eventId,
      account,
      mode: event.mode,
      type,
      created: runtime.now(),
      payment: reference,
      key,
    })
    log.put(eventsOf(rules.shelf('events', account)), event.eventId, { event, rawBody })
    const behaviour = nextWebhookBehaviour() ?? ownWebhookBehaviour(payment.script, type)
    planDeliveries(log, { account, rawBody, behaviour, now: runtime.now(), newId })
  }

  function plan(afterMs: number, change: Omit<PlannedChange, 'at'>): void {
    log.put(PLANS, newId(), { ...change, at: addMilliseconds(runtime.now(), afterMs) }, 'due')
  }

  function create(account: string, request: OpenPayment, script: PaymentScript): SimulatedPayment {
    const { key, paymentId, orderId, quoteHash } = request
    const reference = `pay_${newId()}`
    const payment = save({
      account,
      key,
      paymentId,
      orderId,
      quoteHash,
      reference,
      script,
      amount: rules.amountOf(request.amount),
      capture: rules.capturesAtOnce(request) ? 'automatic' : 'manual',
      clientSecret: `${reference}_secret_${newId()}`,
      state: 'requires_action',
      captured: 0,
      refunded: 0,
    })
    log.put(REFERENCES_BY_KEY, rowId(shelf(account), key), { reference })
    log.put(PAYMENTS_BY_SECRET, payment.clientSecret, { account, reference })
    record(payment, 'opened', key)
    emit(payment, 'payment.created')
    return payment
  }

  function approve(payment: SimulatedPayment, key: string | null): SimulatedPayment {
    if (payment.capture === 'automatic') return capture(payment, payment.amount, key)
    const captureBefore = addMilliseconds(runtime.now(), AUTHORISATION_LIFE_MS)
    const authorized = save({ ...payment, state: 'authorized', captureBefore })
    plan(AUTHORISATION_LIFE_MS, { account: payment.account, change: 'expire', subject: payment.reference })
    record(authorized, 'authorized', key)
    emit(authorized, 'payment.authorized')
    return authorized
  }

  function decline(payment: SimulatedPayment, key: string | null, reason = 'card_declined'): SimulatedPayment {
    const failed = save({ ...payment, state: 'failed', reason })
    record(failed, 'declined', key)
    emit(failed, 'payment.failed')
    return failed
  }

  function wait(payment: SimulatedPayment, becomes: 'capture' | 'decline'): SimulatedPayment {
    const processing = save({ ...payment, state: 'processing' })
    plan(times.lateMs, { account: payment.account, change: becomes, subject: payment.reference })
    emit(processing, 'payment.processing')
    return processing
  }

  function capture(payment: SimulatedPayment, amount: Money, key: string | null): SimulatedPayment {
    const captured = save({ ...payment, state: 'captured', captured: amount.amount })
    record(captured, 'captured', key, amount)
    emit(captured, 'payment.captured')
    if (payment.script.captureFailsLater === true) {
      plan(times.captureFailsMs, { account: payment.account, change: 'fail_capture', subject: payment.reference })
    }
    return captured
  }

  function failCapture(payment: SimulatedPayment): SimulatedPayment {
    const failed = save({ ...payment, state: 'failed', captured: 0, reason: 'capture_failed' })
    record(failed, 'capture_failed', null, { ...payment.amount, amount: payment.captured })
    emit(failed, 'payment.failed')
    return failed
  }

  function cancel(payment: SimulatedPayment, key: string | null): SimulatedPayment {
    const cancelled = save({ ...payment, state: 'cancelled' })
    record(cancelled, key === null ? 'expired' : 'voided', key)
    emit(cancelled, 'payment.cancelled')
    return cancelled
  }

  function refund(payment: SimulatedPayment, amount: Money, key: string): SimulatedPayment {
    const refunded = save({ ...payment, refunded: payment.refunded + amount.amount })
    record(refunded, 'refunded', key, amount)
    emit(refunded, 'refund.succeeded')
    return refunded
  }

  /** What time does to a payment; nothing where something else came first. */
  function applyPlan({ account, change, subject }: PlannedChange): void {
    const payment = find(account, subject)
    if (payment === undefined) return
    if (change === 'capture' && payment.state === 'processing') approve(payment, null)
    if (change === 'decline' && payment.state === 'processing') decline(payment, null)
    if (change === 'fail_capture' && payment.state === 'captured') failCapture(payment)
    if (change === 'expire' && payment.state === 'authorized') cancel(payment, null)
  }

  return {
    find,
    findByKey,
    findBySecret,
    create,
    approve,
    decline,
    wait,
    capture,
    failCapture,
    cancel,
    refund,
    plan,
    applyPlan,
  }
}

function ownWebhookBehaviour({ webhook }: PaymentScript, type: string): WebhookBehaviour | null {
  if (webhook === 'double') return 'double'
  return webhook === 'created_last' && type === 'payment.created' ? 'reorder' : null
}
