import { type CartWithQuote, carts, type MergeCartsInput, mergeAnonymousCart, opensFrom } from '../cart/index.ts'
import { BursarError } from '../errors/index.ts'
import { orders } from '../order/index.ts'
import type { Call } from '../ports/index.ts'
import { byId, readAll } from '../storage/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { closePayment } from './close-payment.ts'

/**
 * Takes an anonymous cart into the customer's. A checkout of it that is under way is closed first, so that what moves to
 * the other cart cannot be paid twice.
 * @throws BursarError `payment_in_progress` while nobody knows whether it was paid, `cart_not_open` when it was
 */
export async function mergeCheckedOut(
  ports: CheckoutPorts,
  call: Call,
  input: MergeCartsInput,
): Promise<CartWithQuote> {
  const [from] = await readAll(ports.storage, call.scope, byId(carts, input.fromCartId))
  const orderId = from && opensFrom(call, input, from.body) ? from.body.checkout?.orderId : undefined
  if (orderId !== undefined) await closeCheckout(ports, call, orderId)
  return mergeAnonymousCart(ports, call, input)
}

async function closeCheckout(ports: CheckoutPorts, call: Call, orderId: string): Promise<void> {
  const [order] = await readAll(ports.storage, call.scope, byId(orders, orderId))
  const paymentId = order?.body.paymentId ?? null
  if (paymentId === null) return
  const closed = await closePayment(ports, call.scope, paymentId, { cancel: 'merged' })
  if (closed === 'open' || closed === 'refused') throw new BursarError('payment_in_progress', { data: { orderId } })
}
