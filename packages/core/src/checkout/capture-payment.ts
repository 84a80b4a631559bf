import { actorOf, audit } from '../audit/index.ts'
import { BursarError } from '../errors/index.ts'
import { type Order, type OrderView, orders, viewOrder } from '../order/index.ts'
import { captureUnderWay, type Payment, payments, requireAccount, withOperation } from '../payment/index.ts'
import type { Call, Stored } from '../ports/index.ts'
import { byId, check, decide, put, readAll } from '../storage/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { isItsOwn } from './is-settled.ts'
import { settlePayment } from './settle-payment.ts'

/**
 * Takes authorised money, or records that an order on account was paid, given up or not. The call is stored before it is made; repeated, it
 * is the same call.
 * @throws BursarError `not_found`; `wrong_state`, with the reason `capture_declined` where the processor refused,
 * `order_cancelled` or `other_payment` for money that is held for an order that has ended, or was placed or paid by another payment,
 * `partly_captured` where the processor took a part of it, `not_configured` where this process has no such processor; `payment_in_progress` while nobody knows
 */
export async function capturePayment(
  ports: CheckoutPorts,
  call: Call,
  input: { paymentId: string },
): Promise<OrderView> {
  const { operationId, stored } = await beginCapture(ports, call, input.paymentId)
  const { reference, amount } = stored.body
  if (operationId !== null && reference !== null) {
    const { processor, account } = await requireAccount(ports, stored.body.account)
    const answer = await processor.capture(account, { key: operationId, reference, amount })
    const settled = await settlePayment(ports, call.scope, stored.id, { operationId, version: stored.version, answer })
    if (settled.payment.body.captured === 0) throw notCaptured(settled.payment.body, operationId)
  }
  const settled = await settlePayment(ports, call.scope, stored.id)
  assertWhole(settled.payment.body)
  return viewOrder(ports, call, settled.order)
}

/** All of it was asked for: what a processor takes in steps counts once all of it is there. */
function assertWhole({ captured, amount: { amount } }: Payment): void {
  if (captured > 0 && captured < amount)
    throw new BursarError('wrong_state', { reason: 'partly_captured', data: { captured, amount } })
}

/** Why no money came: refused, which another try may change, or without an answer yet. */
function notCaptured({ operations }: Payment, operationId: string): BursarError {
  const operation = operations.find(({ id }) => id === operationId)
  if (operation?.state !== 'declined' && operation?.state !== 'failed') return new BursarError('payment_in_progress')
  const { reason = operation.state } = operation
  return new BursarError('wrong_state', { reason: 'capture_declined', data: { reason } })
}

/** One payment of the call's site, as staff see it. @throws BursarError `not_found` */
export async function getPayment(
  ports: Pick<CheckoutPorts, 'storage'>,
  call: Call,
  input: { paymentId: string },
): Promise<{ record: Payment; version: number }> {
  const stored = await readOwn(ports, call, input.paymentId)
  return { record: stored.body, version: stored.version }
}

async function readOwn(ports: Pick<CheckoutPorts, 'storage'>, call: Call, id: string): Promise<Stored<Payment>> {
  const [stored] = await readAll(ports.storage, call.scope, byId(payments, id))
  if (stored === null || stored.body.site !== call.scope.site) throw new BursarError('not_found')
  return stored
}

/** What nobody wants, as where another payment placed or paid the order or it has ended, is closed, and not taken. */
async function readWanting({ storage }: CheckoutPorts, { scope }: Call, payment: Payment): Promise<Stored<Order>> {
  const [order] = await readAll(storage, scope, byId(orders, payment.orderId))
  if (order?.body.state === 'cancelled') throw new BursarError('wrong_state', { reason: 'order_cancelled' })
  if (order === null || !isItsOwn(order.body, payment))
    throw new BursarError('wrong_state', { reason: 'other_payment' })
  return order
}

/** The call to make, stored; null where the money is there. */
interface Begun {
  readonly operationId: string | null
  readonly stored: Stored<Payment>
  /** Was it made before, and what came of it is not known? */
  readonly isInDoubt: boolean
}

/** Of a call in doubt the processor is asked first: it forgets keys after a day, and then refuses what it has done, or does it anew. */
async function beginCapture(ports: CheckoutPorts, call: Call, paymentId: string): Promise<Begun> {
  const begun = await storeCapture(ports, call, paymentId)
  if (!begun.isInDoubt) return begun
  await requireAccount(ports, begun.stored.body.account)
  const { isKnown } = await settlePayment(ports, call.scope, paymentId)
  if (!isKnown) throw new BursarError('payment_in_progress')
  return storeCapture(ports, call, paymentId)
}

function storeCapture(ports: CheckoutPorts, call: Call, paymentId: string): Promise<Begun> {
  const id = ports.runtime.newId('pop')
  return decide<Begun>(ports, call.scope, async () => {
    const stored = await readOwn(ports, call, paymentId)
    const { state, onAccount, captured, amount, reference } = stored.body
    if (captured > 0) return { answer: { operationId: null, stored, isInDoubt: false } }
    const order = state === 'authorized' ? await readWanting(ports, call, stored.body) : null
    const open = captureUnderWay(stored.body)
    if (open !== undefined) return { answer: { operationId: open.id, stored, isInDoubt: true } }
    // What is paid for an invoice that was given up is money all the same: it waits in suspense.
    const isInvoice = onAccount && reference !== null && (state === 'processing' || state === 'cancelled')
    if (state !== 'authorized' && !isInvoice) {
      throw new BursarError('wrong_state', { reason: state })
    }
    await requireAccount(ports, stored.body.account) // of a call that cannot be made nothing is stored
    const operation = { id, kind: 'capture', amount: amount.amount, state: 'started', at: call.now } as const
    const body = withOperation(stored.body, operation)
    const event = audit({
      id: ports.runtime.newId('aud'),
      collection: payments.name,
      record: paymentId,
      operation: call.operation,
      site: call.scope.site,
      actor: actorOf(call.principal),
      fields: ['operations'],
      at: call.now,
    })
    return {
      changes: [...(order === null ? [] : [check(orders, order)]), put(payments, stored, body), event],
      done: () => ({
        operationId: id,
        stored: { ...stored, body, version: stored.version + 1 },
        isInDoubt: false,
      }),
    }
  })
}
