import { actorOf, audit } from '../audit/index.ts'
import { carts, emptied, usedAt } from '../cart/index.ts'
import { BursarError } from '../errors/index.ts'
import { journal } from '../journal/index.ts'
import { cancelOrder, isRefunded, type OrderView, openOrder, orders, readGiven, viewOrder } from '../order/index.ts'
import { payments, requireAccount } from '../payment/index.ts'
import type { Call } from '../ports/index.ts'
import { byId, decide, listAll, put, readAll } from '../storage/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { closePayment } from './close-payment.ts'
import { openDraft } from './settle-payment.ts'

/**
 * Ends an order that is not paid, or whose money has all gone back: first its payment is closed at the processor, then the
 * order is ended, its holds are given back, and what it gave is withdrawn.
 * @throws BursarError `wrong_state` for a paid or ended order, and with the reason `not_configured` where this process cannot
 * close its payment; `payment_in_progress` while nobody knows
 */
export async function cancelUnpaidOrder(
  ports: CheckoutPorts,
  call: Call,
  input: { orderId: string; reason: string },
): Promise<OrderView> {
  const stored = await openOrder(ports, call, input.orderId)
  if (stored.body.state === 'cancelled') throw new BursarError('wrong_state', { reason: 'cancelled' })
  if (stored.body.paymentId !== null) {
    const closed = await closePayment(ports, call.scope, stored.body.paymentId)
    if (closed === 'open') throw await stillOpen(ports, call, stored.body.paymentId)
  }
  const ended = await decide(ports, call.scope, async () => {
    const { order, draft, context, cart } = await openDraft(ports, call.scope, input.orderId)
    if (order.body.state === 'cancelled') return { answer: order }
    const { money } = order.body
    if (money.captured > 0 && !isRefunded(money)) throw new BursarError('wrong_state', { reason: 'paid' })
    const given = await readGiven(ports.storage, call.scope, order.id)
    const booked = await listAll(ports.storage, call.scope, journal, { index: 'stream', equals: [order.id] })
    const sale = booked.find(({ body }) => body.cause.type === 'sale')?.body.entries ?? []
    cancelOrder(draft, input.reason, { ...context, given, sale })
    const changes = [put(orders, order, draft.order), ...draft.changes]
    if (cart !== null && (cart.body.checkout?.orderId === order.id || cart.body.orderId === order.id)) {
      const { checkout: _ended, orderId: _order, nextCartId: _next, ...open } = cart.body
      // What was paid and given back is wanted no more.
      const left = money.captured === 0 ? open : emptied(open)
      changes.push(put(carts, cart, usedAt(left, call.now)))
    }
    changes.push(
      audit({
        id: ports.runtime.newId('aud'),
        collection: orders.name,
        record: order.id,
        operation: call.operation,
        site: call.scope.site,
        actor: actorOf(call.principal),
        fields: ['state'],
        at: call.now,
      }),
    )
    return { changes, done: () => ({ ...order, body: draft.order, version: order.version + 1 }) }
  })
  return viewOrder(ports, call, ended)
}

/** Why a payment could not be closed: without its processor no waiting helps. */
async function stillOpen(ports: CheckoutPorts, { scope }: Call, paymentId: string): Promise<BursarError> {
  const [payment] = await readAll(ports.storage, scope, byId(payments, paymentId))
  if (payment !== null) await requireAccount(ports, payment.body.account)
  return new BursarError('payment_in_progress')
}
