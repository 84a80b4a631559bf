import { assertSees, type OrderView, openOrderAs, viewOrder } from '../order/index.ts'
import { ENDED, payments } from '../payment/index.ts'
import type { Call } from '../ports/index.ts'
import { listAll } from '../storage/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { hearOfPayment } from './hear-of-payment.ts'

/**
 * Asks the processor how an order's payment stands, and any other of its payments that is neither paid nor closed: for pages
 * that a shopper comes back to. As good as its webhook.
 */
export async function refreshPayment(ports: CheckoutPorts, call: Call, input: { orderId: string }): Promise<OrderView> {
  const { order, customerId } = await openOrderAs(ports, call, input.orderId)
  const own = order.body.paymentId
  if (own === null) return viewOrder(ports, call, order)
  // A call that was given up and arrives after all may place an order that another attempt is under way for.
  const attempts = await listAll(ports.storage, call.scope, payments, { index: 'orderId', equals: [order.id] })
  for (const { id, body } of attempts) {
    const isOpen = body.captured === 0 && !ENDED.includes(body.state)
    if (id !== own && isOpen) await hearOfPayment(ports, call.scope, id)
  }
  const settled = await hearOfPayment(ports, call.scope, own)
  assertSees(call, settled.order, customerId)
  return viewOrder(ports, call, settled.order)
}
