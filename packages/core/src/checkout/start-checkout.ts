import { BursarError } from '../errors/index.ts'
import { viewOrderOf } from '../order/index.ts'
import type { Call } from '../ports/index.ts'
import { decide } from '../storage/index.ts'
import type { CheckoutInput, CheckoutResult } from './checkout-api.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { closePayment } from './close-payment.ts'
import { freezeQuote } from './freeze-quote.ts'
import { openPayment, resumePayment } from './open-payment.ts'
import type { Frozen } from './store-order.ts'

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
    await pay(ports, call, input, frozen)
    const result = await answer(ports, call, frozen)
    ports.step('s6_reply_sent')
    return result
  })
}

async function freeze(
  ports: CheckoutPorts,
  call: Call,
  input: CheckoutInput,
): Promise<Exclude<Frozen, { type: 'close' }>> {
  for (let closings = 0; ; closings += 1) {
    const frozen = await ports.queue.run(`cart:${input.cartId}`, () =>
      decide(ports, call.scope, () => freezeQuote(ports, call, input)),
    )
    if (frozen.type !== 'close') return frozen
    if (closings === MAXIMUM_CLOSINGS) throw new BursarError('payment_in_progress')
    const closed = await closePayment(ports, call.scope, frozen.paymentId)
    if (closed === 'open') throw new BursarError('payment_in_progress', { data: { orderId: frozen.orderId } })
  }
}

async function pay(
  ports: CheckoutPorts,
  call: Call,
  input: CheckoutInput,
  frozen: Exclude<Frozen, { type: 'close' }>,
): Promise<void> {
  if (frozen.type === 'new') ports.step('s2_order_committed')
  const { orderId, paymentId } = frozen
  if (paymentId === null) return
  const ids = { paymentId, orderId }
  const account = frozen.type === 'new' ? frozen.account : null
  if (account === null) await resumePayment(ports, call.scope, ids, input)
  else await openPayment(ports, call.scope, ids, account, input)
}

async function answer(ports: CheckoutPorts, call: Call, frozen: Frozen): Promise<CheckoutResult> {
  const order = await viewOrderOf(ports.storage, call.scope, frozen)
  if (order === null) throw new BursarError('not_found')
  return { order, payment: order.payment }
}
