import { isSameJson } from '../json/index.ts'
import {
  type AfterClosing,
  type ConnectedAccount,
  captureUnderWay,
  ENDED,
  type Payment,
  type PaymentOperation,
  payments,
  reachAccount,
  withOperation,
} from '../payment/index.ts'
import type { Change, ProcessorPayment, Scope, Stored } from '../ports/index.ts'
import { byId, decide, enqueue, put, readAll } from '../storage/index.ts'
import { addMilliseconds } from '../time/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { isItsOwn } from './is-settled.ts'
import { type FreshAnswer, settlePayment } from './settle-payment.ts'

/** After so long the reconciler looks what came of a call that staff asked for, in milliseconds: its answer has long been stored. */
const LOOK_AGAIN = 60 * 1000

/**
 * What came of closing: nobody can pay it any more; it was paid meanwhile; its processor says that it can still be paid and
 * does not close it; or nobody knows yet.
 */
export type Closed = 'closed' | 'paid' | 'refused' | 'open'

/**
 * Closes a payment at its processor, so that nobody can pay it afterwards: the only way to a definite "no longer payable".
 * Where it cannot be closed, it ends when the processor ends it. With `after`, its order is ended in the commit that records it.
 * What has placed its order counts as paid, and is closed for staff alone.
 */
export async function closePayment(
  ports: CheckoutPorts,
  scope: Scope,
  paymentId: string,
  after: AfterClosing | null = null,
): Promise<Closed> {
  const known = await settlePayment(ports, scope, paymentId, null, after)
  if (verdict(known.payment.body) !== 'open') return verdict(known.payment.body)
  const { order, payment } = known
  if (order.body.state === 'placed' && isItsOwn(order.body, payment.body) && after?.by === undefined) return 'paid'
  const reached = await reachAccount(ports, known.payment.body.account)
  if (reached.outcome === 'unknown') return 'open'
  const called = isClosable(reached.connected, known.payment.body)
    ? await storeVoid(ports, scope, paymentId, after)
    : { operationId: null, stored: known.payment }
  const { operationId, stored } = called
  if (verdict(stored.body) !== 'open') return verdict(stored.body)
  const closing = operationId === null ? NOT_CLOSABLE : await callVoid(reached.connected, stored.body, operationId)
  const answer = isRefusal(closing) ? await orGone(ports, reached.connected, stored.body, closing) : closing
  const settled = await settlePayment(ports, scope, paymentId, { operationId, version: stored.version, answer }, after)
  const now = verdict(settled.payment.body)
  // Whatever was answered, it has not closed it.
  return now === 'open' && known.isKnown && settled.isKnown && answer.outcome !== 'unknown' ? 'refused' : now
}

const NOT_CLOSABLE = { outcome: 'failed', reason: 'its processor closes no open payment' } as const

/** What is held can be let go of where what is still open cannot be closed; what is not known yet is looked for by its key. */
function isClosable(
  { processor }: Pick<ConnectedAccount, 'processor'>,
  { reference, state }: Pick<Payment | ProcessorPayment, 'reference' | 'state'>,
): boolean {
  return processor.capabilities.voidable || reference === null || state === 'authorized'
}

const isRefusal = ({ outcome }: FreshAnswer['answer']): boolean => outcome === 'failed' || outcome === 'declined'

/**
 * A vendor forgets what nobody paid, and closes nothing that it has forgotten. Before its time is over, "not found" may be a
 * copy of the vendor's books that lags behind; and one that keeps no books says nothing by it.
 */
async function orGone(
  { runtime }: CheckoutPorts,
  { processor, account }: ConnectedAccount,
  { reference, expiresAt, onAccount, operations }: Payment,
  refused: FreshAnswer['answer'],
): Promise<FreshAnswer['answer']> {
  if (reference === null || onAccount || runtime.now() < expiresAt) return refused
  const found = await processor.lookup(account, { reference, key: operations[0]?.id ?? '' })
  return found.outcome === 'not_found' ? { outcome: 'gone' } : refused
}

function verdict(payment: Payment): Exclude<Closed, 'refused'> {
  if (payment.captured > 0) return 'paid'
  return ENDED.includes(payment.state) ? 'closed' : 'open'
}

/** The call to make, stored; null where none may be made. */
interface Closing {
  readonly operationId: string | null
  readonly stored: Stored<Payment>
}

/**
 * Stores the call before it is made, with what becomes of its order then. One without an answer is repeated with its own key.
 * Where somebody asked for it, the reconciler looks what came of it, should nobody else be left to.
 */
function storeVoid(
  ports: CheckoutPorts,
  scope: Scope,
  paymentId: string,
  after: AfterClosing | null,
): Promise<Closing> {
  const newId = ports.runtime.newId('pop')
  return decide<Closing>(ports, scope, async () => {
    const [stored] = await readAll(ports.storage, scope, byId(payments, paymentId))
    if (stored === null) throw new RangeError(`checkout: there is no payment ${paymentId}`)
    if (isPaidByOurWord(stored.body)) return { answer: { operationId: null, stored } }
    const started = stored.body.operations.find(({ kind, state }) => kind === 'void' && state === 'started')
    const operationId = started?.id ?? newId
    const isKnown = after === null || isSameJson(started?.after, after)
    const isOfStaff = started?.after?.by !== undefined && after?.by === undefined
    if (started !== undefined && (isKnown || isOfStaff)) return { answer: { operationId, stored } }
    const body = withVoid(stored.body, {
      ...{ id: operationId, kind: 'void', state: 'started' },
      ...{ amount: stored.body.amount.amount, at: ports.runtime.now() },
      ...(after === null ? {} : { after }),
    })
    return {
      changes: [put(payments, stored, body), ...(after?.by === undefined ? [] : [lookAgain(ports, stored.body)])],
      done: () => ({ operationId, stored: { ...stored, body, version: stored.version + 1 } }),
    }
  })
}

/** Of what keeps no books nobody can ask whether it was paid: that staff have said so must not get lost. */
export function isPaidByOurWord(payment: Payment): boolean {
  return payment.onAccount && captureUnderWay(payment) !== undefined
}

function withVoid(payment: Payment, operation: PaymentOperation): Payment {
  const operations = payment.operations.filter(({ id }) => id !== operation.id)
  return withOperation({ ...payment, operations }, operation)
}

function lookAgain({ runtime }: CheckoutPorts, { id, orderId, site }: Payment): Change {
  const runAt = addMilliseconds(runtime.now(), LOOK_AGAIN)
  return enqueue(runtime, 'payment.reconcile', id, { paymentId: id, orderId, site }, { runAt })
}

async function callVoid(
  { processor, account }: ConnectedAccount,
  payment: Payment,
  key: string,
): Promise<FreshAnswer['answer']> {
  if (payment.reference !== null) return processor.void(account, { key, reference: payment.reference })
  const openKey = payment.operations[0]?.id ?? ''
  const found = await processor.lookup(account, { reference: null, key: openKey })
  if (found.outcome === 'unknown') return found
  if (found.outcome === 'not_found') return { outcome: 'never_opened' }
  // As it is: it may be paid or over by now, and what is open stays so.
  if (!isClosable({ processor }, found.payment)) return { outcome: 'succeeded', payment: found.payment }
  return processor.void(account, { key, reference: found.payment.reference })
}
