import { storableReason } from '../json/index.ts'
import type { NextStep, ProcessorPayment } from '../ports/index.ts'
import type { Instant } from '../time/index.ts'
import type { Payment, PaymentOperation, PaymentState } from './payment.ts'

/** What was learnt about a payment, reduced to what its record can take. */
export type PaymentNews =
  /** The processor's own state of it, fetched after the record was read. */
  | { type: 'fetched'; payment: ProcessorPayment; next: NextStep | null }
  /** A definite no to the call: nothing was or will be charged by it. */
  | { type: 'declined'; reason: string; reference: string | null }
  /** The processor knows of no such payment: the call never acted. */
  | { type: 'not_found' }
  /** The processor knows of no such payment, and it is given up: it will not be opened any more. */
  | { type: 'never_opened' }
  /** Its time is over, it could not be closed, and the processor knows of it no more: nobody can pay it. */
  | { type: 'gone' }
  /** Neither yes nor no. */
  | { type: 'unknown'; reason: string }

/** States in which nobody can pay any more. `captured` is not among them: it can still fail. */
export const ENDED: readonly PaymentState[] = ['failed', 'cancelled', 'expired']

/** Is the outcome of one of its calls not known? Then only asking may follow. */
export function isInDoubt(payment: Payment): boolean {
  return payment.operations.some((operation) => operation.state === 'started' && operation.reason !== undefined)
}

/** The call to take its money of which nobody knows yet whether it acted. */
export function captureUnderWay({ operations }: Payment): PaymentOperation | undefined {
  // `pending` is what a release before made of it.
  return operations.find(({ kind, state }) => kind === 'capture' && (state === 'started' || state === 'pending'))
}

/**
 * The call, made at this time or later, by which we closed it; none where it ended in another way, or not. One of before an
 * order was placed closed nothing where the payment placed it all the same.
 */
export function closingOf({ operations, state }: Payment, since: Instant | null): PaymentOperation | undefined {
  if (!ENDED.includes(state)) return undefined
  return operations.find((operation) => isClosing(operation) && (since === null || operation.at >= since))
}

const isClosing = ({ kind, state }: PaymentOperation): boolean => kind === 'void' && state === 'succeeded'

/**
 * The payment after news about one of its calls. Pure. Money that the processor has is always believed; what is not on
 * the list of states counts as under way, never as paid; and `captured` turns into `failed` only if the processor says so.
 * @throws RangeError for news of a payment of another amount or currency: that is not this payment, and nothing is booked
 */
export function advancePayment(payment: Payment, operationId: string | null, news: PaymentNews): Payment {
  switch (news.type) {
    case 'fetched':
      return fetched(payment, operationId, storable(news.payment), news.next)
    case 'declined':
      return declined(payment, operationId, storable(news))
    case 'not_found':
      return neverActed(payment)
    case 'never_opened':
      return payment.reference === null ? givenUp(payment, 'never opened') : payment
    case 'gone':
      return givenUp(payment, 'its processor knows of it no more')
    case 'unknown':
      if (operationId === null) return payment
      return {
        ...payment,
        state: payment.state === 'created' ? 'processing' : payment.state,
        operations: settle(payment.operations, operationId, 'started', storableReason(news.reason)),
      }
  }
}

function storable<Said extends { readonly reason?: string | undefined }>(said: Said): Said {
  return said.reason === undefined ? said : { ...said, reason: storableReason(said.reason) }
}

/** The call that opens it never acted: it is as if it had not been made, and may be made with its own key. */
function neverActed(payment: Payment): Payment {
  if (payment.reference !== null || ENDED.includes(payment.state) || !isInDoubt(payment)) return payment
  const operations = payment.operations.map(({ reason: _doubt, ...operation }) => operation)
  return { ...payment, state: 'created', operations }
}

/**
 * It was never opened, or is gone, and is closed. One that was never opened gets no reference: should its call arrive after
 * all, it is found by its key, and the money that it brings is seen.
 */
function givenUp(payment: Payment, reason: string): Payment {
  if (payment.captured > 0) return payment
  // What is gone was not closed by us.
  const closing = payment.reference === null ? 'succeeded' : 'declined'
  const operations = payment.operations.map((operation): PaymentOperation => {
    if (operation.state !== 'started') return operation
    const { reason: _doubt, ...known } = operation
    return { ...known, state: operation.kind === 'void' ? closing : 'failed' }
  })
  return { ...payment, state: 'cancelled', reason, next: null, operations }
}

/** A payment that could not be opened has failed; one that could not be captured or closed is as it was. */
function declined(
  payment: Payment,
  operationId: string | null,
  news: { reason: string; reference: string | null },
): Payment {
  const operations = settle(payment.operations, operationId, 'declined', news.reason)
  const isOpening = payment.operations.some(({ id, kind }) => id === operationId && kind === 'open')
  if (!isOpening || payment.state === 'captured') return { ...payment, operations }
  const reference = payment.reference ?? news.reference
  return { ...payment, state: 'failed', reference, reason: news.reason, next: null, operations }
}

function fetched(payment: Payment, operationId: string | null, seen: ProcessorPayment, next: NextStep | null): Payment {
  assertSameAmount(payment, seen)
  const state = stateOf(payment.state, seen)
  const isOpen = state === 'requires_action' || (state === 'processing' && payment.onAccount)
  return {
    ...payment,
    state,
    reference: seen.reference,
    captured: seen.captured,
    refunded: seen.refunded,
    captureBefore: seen.captureBefore ?? payment.captureBefore,
    reason: ENDED.includes(state) ? (seen.reason ?? payment.reason) : null,
    next: isOpen ? (next ?? payment.next) : null,
    // Whatever was in doubt is settled by what the processor says now, and what was given up and arrives after all was not closed.
    operations: payment.operations.map((operation) => {
      if (isClosing(operation) && !isOver(seen)) return { ...operation, state: 'failed' }
      return operation.id === operationId || isUnderWay(operation) ? settledBy(operation, seen) : operation
    }),
  }
}

function assertSameAmount({ id, amount }: Payment, seen: ProcessorPayment): void {
  if (seen.amount.amount === amount.amount && seen.amount.currency === amount.currency) return
  const words = (money: ProcessorPayment['amount']): string => `${money.amount} ${money.currency} in minor units`
  throw new RangeError(
    `payment ${id}: the processor says ${words(seen.amount)} of ${seen.reference}, which was opened for ${words(amount)}`,
  )
}

const isUnderWay = ({ kind, state }: PaymentOperation): boolean =>
  state === 'started' || (kind === 'void' && state === 'pending')

/**
 * A call, by what the processor says of its payment. What the state does not show stays in doubt, whatever was answered: it
 * is made again with its own key, for with another the money could be moved twice. Closing twice moves none: a void that has
 * not closed it yet is made again with another key, for by its own it could be answered the same for ever.
 */
function settledBy(operation: PaymentOperation, seen: ProcessorPayment): PaymentOperation {
  const { reason: _doubt, ...known } = operation
  switch (operation.kind) {
    case 'open':
      return { ...known, state: operationStateOf(seen), ...(seen.reason === undefined ? {} : { reason: seen.reason }) }
    case 'capture':
      if (seen.captured > 0) return { ...known, state: 'succeeded' }
      return isOver(seen) ? { ...known, state: 'failed' } : operation
    case 'void':
      if (seen.captured > 0) return { ...known, state: 'failed' }
      return { ...known, state: isOver(seen) ? 'succeeded' : 'pending' }
    case 'refund':
      return operation
  }
}

/** Can nobody pay it or take its money any more? */
const isOver = ({ state }: ProcessorPayment): boolean => state === 'cancelled' || state === 'failed'

function stateOf(before: PaymentState, seen: ProcessorPayment): PaymentState {
  if (seen.captured > 0) return 'captured'
  switch (seen.state) {
    case 'captured': // says captured without an amount: not on the list of what counts as paid
      return before === 'created' ? 'processing' : before
    case 'authorized':
    case 'requires_action':
    case 'processing':
      return seen.state
    case 'failed':
      return 'failed'
    case 'cancelled':
      return before === 'expired' ? 'expired' : 'cancelled'
  }
}

function operationStateOf(seen: ProcessorPayment): PaymentOperation['state'] {
  switch (seen.state) {
    case 'captured':
    case 'authorized':
    case 'cancelled':
      return 'succeeded'
    case 'requires_action':
    case 'processing':
      return 'pending'
    case 'failed':
      return 'failed'
  }
}

function settle(
  operations: readonly PaymentOperation[],
  id: string | null,
  state: PaymentOperation['state'],
  reason: string | undefined,
): PaymentOperation[] {
  return operations.map((operation) =>
    operation.id === id ? { ...operation, state, ...(reason === undefined ? {} : { reason }) } : operation,
  )
}

/**
 * The payment with one more call, stored before the call is made. Closing may be refused every hour for weeks, while a bank
 * debit is under way: one that was refused, or has closed nothing, makes room for the next, so that the record does not grow.
 */
export function withOperation(payment: Payment, operation: PaymentOperation): Payment {
  const isInVain = ({ kind, state }: PaymentOperation) =>
    kind === 'void' && (state === 'declined' || state === 'pending')
  const kept = operation.kind === 'void' ? payment.operations.filter((one) => !isInVain(one)) : payment.operations
  return { ...payment, operations: [...kept, operation] }
}
