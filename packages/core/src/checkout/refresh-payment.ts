import { type OrderView, openOrder, viewOrder } from '../order/index.ts'
import type { Call } from '../ports/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { hearOfPayment } from './hear-of-payment.ts'

/** Asks the processor how an order's payment stands: for pages that a shopper comes back to. As good as its webhook. */
export async function refreshPayment(ports: CheckoutPorts, call: Call, input: { orderId: string }): Promise<OrderView> {
  const order = await openOrder(ports, call, input.orderId)
  if (order.body.paymentId === null) return viewOrder(ports, call, order)
  const settled = await hearOfPayment(ports, call.scope, order.body.paymentId)
  return viewOrder(ports, call, settled.order)
}
