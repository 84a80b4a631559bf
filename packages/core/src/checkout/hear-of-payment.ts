import { decide, enqueue } from '../storage/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { isItsOwn, isSettled } from './is-settled.ts'
import { type Settled, settlePayment } from './settle-payment.ts'

/**
 * Brings a payment in step because an event, or a page that a shopper comes back to, says that something may have happened.
 * One that holds money which nobody wants is closed by the reconciler; that a release before knew of it already, and asked
 * nobody to close it, changes nothing. A job that waits is joined; one that runs ends by itself, and finds nothing left to do.
 */
export async function hearOfPayment(
  ports: CheckoutPorts,
  scope: { operator: string; site?: string | undefined },
  paymentId: string,
): Promise<Settled> {
  const settled = await settlePayment(ports, scope, paymentId)
  const [order, payment] = [settled.order.body, settled.payment.body]
  if (payment.state !== 'authorized' || isItsOwn(order, payment) || isSettled(order, payment)) return settled
  const { orderId, site } = payment
  await decide(ports, { operator: scope.operator, site }, async () => ({
    changes: [enqueue(ports.runtime, 'payment.reconcile', paymentId, { paymentId, orderId, site })],
    done: () => undefined,
  }))
  return settled
}
