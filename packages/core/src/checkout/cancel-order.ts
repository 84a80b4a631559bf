import { actorOf } from '../audit/index.ts'
import { BursarError } from '../errors/index.ts'
import { isRefunded, type Order, type OrderView, openOrder, orders, viewOrder } from '../order/index.ts'
import { isOverdue, payments, requireAccount } from '../payment/index.ts'
import type { Call } from '../ports/index.ts'
import { byId, decide, put, readAll } from '../storage/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { closePayment, isPaidByOurWord } from './close-payment.ts'
import { bookedOf, endOrder } from './end-order.ts'
import { openDraft, settlePayment } from './settle-payment.ts'

/**
 * Ends an order that is not paid, or whose money has all gone back: first its payment is closed at the processor, then the
 * order is ended, its holds are given back, and what it gave is withdrawn. A payment that its processor neither closes nor
 * ends is left open once it is overdue, and watched: staff say that nobody will pay it, and what comes after all is in suspense.
 * @throws BursarError `wrong_state` for a paid or ended order, and with the reason `not_configured` where this process cannot
 * close its payment; `payment_in_progress` while nobody knows, or it can still be paid and is not overdue
 */
export async function cancelUnpaidOrder(
  ports: CheckoutPorts,
  call: Call,
  input: { orderId: string; reason: string },
): Promise<OrderView> {
  const stored = await openOrder(ports, call, input.orderId)
  const { state, paymentId } = stored.body
  if (state === 'cancelled') throw new BursarError('wrong_state', { reason: 'cancelled' })
  if (stored.body.money.captured > 0 && paymentId !== null) {
    // What placed it is not closed in vain; but its money may have gone back, and nobody have heard of it.
    assertUnpaid((await settlePayment(ports, call.scope, paymentId)).order.body)
  }
  const ending = { cancel: input.reason, by: { operation: call.operation, actor: actorOf(call.principal) } }
  const closed = paymentId === null ? 'closed' : await closePayment(ports, call.scope, paymentId, ending)
  if (paymentId !== null && (closed === 'open' || closed === 'refused')) {
    await assertLeftOpen(ports, call, paymentId, closed)
  }
  const ended = await decide(ports, call.scope, async () => {
    const opened = await openDraft(ports, call.scope, input.orderId)
    const { order, draft } = opened
    if (order.body.state === 'cancelled') return { answer: order }
    if (closed === 'refused' && order.body.state !== 'pending') throw new BursarError('payment_in_progress')
    assertUnpaid(order.body)
    const booked = await bookedOf(ports, call.scope, order.id)
    const beside = endOrder(ports, call.scope, opened, { booked, ending })
    const changes = [put(orders, order, draft.order), ...draft.changes, ...beside]
    return { changes, done: () => ({ ...order, body: draft.order, version: order.version + 1 }) }
  })
  return viewOrder(ports, call, ended)
}

function assertUnpaid({ money }: Order): void {
  if (money.captured > 0 && !isRefunded(money)) throw new BursarError('wrong_state', { reason: 'paid' })
}

/** May a payment that could not be closed be left so? Without its processor nobody knows, and no waiting helps. */
async function assertLeftOpen(
  ports: CheckoutPorts,
  { scope, now }: Call,
  paymentId: string,
  closed: 'open' | 'refused',
): Promise<void> {
  const [payment] = await readAll(ports.storage, scope, byId(payments, paymentId))
  if (payment !== null) await requireAccount(ports, payment.body.account)
  if (payment !== null && isPaidByOurWord(payment.body)) {
    throw new BursarError('payment_in_progress', { reason: 'capture_in_doubt' })
  }
  if (payment === null || closed === 'open' || !isOverdue(payment.body, now))
    throw new BursarError('payment_in_progress')
}
