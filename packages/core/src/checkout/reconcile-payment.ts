import { payments } from '../payment/index.ts'
import { byId, type JobHandler, type JobOutcome, readAll } from '../storage/index.ts'
import { addMilliseconds } from '../time/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { closePayment } from './close-payment.ts'
import { isItsOwn, isSettled } from './is-settled.ts'
import { type Settled, settlePayment } from './settle-payment.ts'

/** Wait between questions about a payment in doubt, in milliseconds; it doubles, up to an hour. */
const FIRST_WAIT = 60 * 1000
const LONGEST_WAIT = 60 * 60 * 1000

/**
 * The reconciler: asks about a payment until it is settled. When its time is over it is first closed at the processor, and
 * only after a definite "no longer payable" is its order ended and what it held given back. A paid order is never ended.
 */
export function reconcileJob(ports: CheckoutPorts): JobHandler<'payment.reconcile'> {
  return async ({ paymentId }, job) => {
    const scope = { operator: job.scope.operator }
    const [stored] = await readAll(ports.storage, scope, byId(payments, paymentId))
    if (stored === null) return { outcome: 'done' }
    const isOver = ports.runtime.now() >= stored.body.expiresAt
    const settled = await settlePayment(ports, scope, paymentId, null, isOver ? { cancel: 'expired' } : null)
    if (isSettled(settled.order.body, settled.payment.body)) return { outcome: 'done' }
    const { state, captureBefore } = settled.payment.body
    const { isOwn, isPlaced } = placeOf(settled)
    if (isOwn && isPlaced) {
      const isWatched = state === 'authorized' && captureBefore !== null
      return isWatched ? watch(ports, captureBefore) : again(ports, job.attempt, null)
    }
    if (isOwn && !isOver) return again(ports, job.attempt, stored.body.expiresAt)
    const closed = await closePayment(ports, scope, paymentId, { cancel: 'expired' })
    // It may have placed its order meanwhile: then it is watched.
    return closed === 'closed' ? { outcome: 'done' } : again(ports, job.attempt, null)
  }
}

/**
 * What an order was placed by is kept, and not closed: authorised money waits for its capture. What comes alive beside it,
 * or for an order that has ended, is closed at once; so is what placed it once another payment has brought all its money.
 */
function placeOf({ order, payment }: Settled): { isOwn: boolean; isPlaced: boolean } {
  return { isOwn: isItsOwn(order.body, payment.body), isPlaced: order.body.state === 'placed' }
}

/** Looks again when the authorisation lapses, and then every hour until the processor says what became of it. */
function watch(ports: CheckoutPorts, captureBefore: string): JobOutcome {
  const now = ports.runtime.now()
  const runAt = captureBefore > now ? captureBefore : addMilliseconds(now, LONGEST_WAIT)
  return { outcome: 'again', runAt, reason: 'authorised, and not captured yet' }
}

function again(ports: CheckoutPorts, attempt: number, notAfter: string | null): JobOutcome {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempt - 1, 10))
  const next = addMilliseconds(ports.runtime.now(), wait)
  return { outcome: 'again', runAt: notAfter !== null && notAfter < next ? notAfter : next, reason: 'not settled yet' }
}
