import { BursarError } from '../errors/index.ts'
import { type OrderView, viewOrder, viewOrderOf, viewStored } from '../order/index.ts'
import type { Call } from '../ports/index.ts'
import { decide } from '../storage/index.ts'
import type { CheckoutInput, CheckoutResult } from './checkout-api.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { closePayment } from './close-payment.ts'
import { freezeQuote } from './freeze-quote.ts'
import { openPayment, resumePayment } from './open-payment.ts'
import type { Frozen, StoredOrder } from './store-order.ts'

/** An attempt that stands in the way is closed at most so often; then somebody else keeps paying. */
const MAXIMUM_CLOSINGS = 3

/**
 * Starts the purchase of a cart. First one commit freezes the quote, takes the holds and stores order, payment and
 * operation; then, with nothing open in storage, the processor is called with the operation's key; then its answer is
 * stored. A repeat with the same key takes up where the first one stopped; another key on a cart that is ordered already
 * gets that order.
 */
export function startCheckout(ports: CheckoutPorts, call: Call, input: CheckoutInput): Promise<CheckoutResult> {
  return ports.queue.run(`checkout:${input.cartId}`, async () => {
    const frozen = await freeze(ports, call, input)
    const order =
      frozen.type === 'new' ? await pay(ports, call, input, frozen) : await resume(ports, call, input, frozen)
    ports.step('s6_reply_sent')
    return { order, payment: order.payment }
  })
}

async function freeze(
  ports: CheckoutPorts,
  call: Call,
  input: CheckoutInput,
): Promise<Exclude<Frozen, { type: 'close' }>> {
  for (let closings = 0; ; closings += 1) {
    const frozen = await ports.queue.run(`cart:${input.cartId}`, () =>
      decide(ports, call.scope, (tries) => freezeQuote(ports, call, input, tries)),
    )
    if (frozen.type !== 'close') return frozen
    if (closings === MAXIMUM_CLOSINGS) throw new BursarError('payment_in_progress')
    const closed = await closePayment(ports, call.scope, frozen.paymentId)
    if (closed === 'open' || closed === 'refused')
      throw new BursarError('payment_in_progress', { data: { orderId: frozen.orderId } })
  }
}

/** Pays what was stored just now, and answers what was stored last. */
async function pay(ports: CheckoutPorts, call: Call, input: CheckoutInput, stored: StoredOrder): Promise<OrderView> {
  ports.step('s2_order_committed')
  const { order, payment, account, ...around } = stored
  const isPaid = payment !== null && account !== null
  const settled = isPaid ? await openPayment(ports, call.scope, { order, payment, around }, account, input) : null
  const now = settled ?? stored
  // Unless another attempt to pay has begun meanwhile.
  if (now.order.body.paymentId === (payment?.id ?? null)) return viewStored(now, call)
  return viewOrder(ports, call, now.order)
}

/** Takes up what an earlier call left. */
async function resume(
  ports: CheckoutPorts,
  call: Call,
  input: CheckoutInput,
  { orderId, paymentId, customerId }: Omit<Extract<Frozen, { type: 'known' }>, 'type'>,
): Promise<OrderView> {
  if (paymentId !== null) await resumePayment(ports, call.scope, { paymentId, orderId }, input)
  const order = await viewOrderOf(ports, call, { orderId, paymentId, customerId })
  if (order === null) throw new BursarError('not_found')
  return order
}
