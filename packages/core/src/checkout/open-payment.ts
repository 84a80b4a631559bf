import { BursarError } from '../errors/index.ts'
import { type Order, orders } from '../order/index.ts'
import { type ConnectedAccount, isInDoubt, type Payment, payments, reachAccount } from '../payment/index.ts'
import type { Stored } from '../ports/index.ts'
import { PRICING_VERSION_ID, pricingVersions } from '../pricing/index.ts'
import { byId, readAll } from '../storage/index.ts'
import type { CheckoutInput } from './checkout-api.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { type JustStored, type Settled, settlePayment } from './settle-payment.ts'

/**
 * Calls the processor for a payment that was stored just now, with the operation's own key, and stores the answer. What
 * somebody else did to it meanwhile is met then: news of an older version is asked for anew.
 *
 * @param account of the payment, as its checkout has just read it
 */
export async function openPayment(
  ports: CheckoutPorts,
  scope: { operator: string; site: string },
  { payment: stored, order, around }: Opened,
  { processor, account }: ConnectedAccount,
  input: PaymentInput,
): Promise<Settled | null> {
  const payment = stored.body
  const operation = payment.operations[0]
  if (operation === undefined) return null
  const { sites } = await ports.books.of(scope.operator).whole()
  ports.step('s3_processor_called')
  const answer = await processor.open(account, {
    key: operation.id,
    paymentId: payment.id,
    orderId: order.id,
    orderNumber: order.body.number,
    amount: payment.amount,
    quoteHash: payment.quoteHash,
    capture: sites.get(payment.site)?.capture ?? 'automatic',
    ...(input.paymentToken === undefined ? {} : { paymentToken: input.paymentToken }),
    ...(input.returnUrl === undefined ? {} : { returnUrl: new URL(input.returnUrl).href }),
  })
  ports.step('s4_processor_answered')
  const known = around && { payment: stored, order, ...around }
  return settlePayment(ports, scope, payment.id, { operationId: operation.id, version: stored.version, answer, known })
}

/**
 * Takes up a payment that an earlier call left: the processor is asked first, for its keys do not live for ever; only a
 * payment that it does not know is opened.
 * @throws BursarError `payment_in_progress` for one that is still to be opened, where this process has not its processor
 */
export async function resumePayment(
  ports: CheckoutPorts,
  scope: { operator: string; site: string },
  ids: OpenedIds,
  input: PaymentInput,
): Promise<void> {
  const opened = await readOpened(ports, scope, ids)
  if (opened === null) return
  const { body } = opened.payment
  if (body.state !== 'created' && !isInDoubt(body)) return
  const { payment } = await settlePayment(ports, scope, ids.paymentId)
  if (payment.body.state !== 'created') return
  const reached = await reachAccount(ports, payment.body.account)
  // Another process may have its processor: the shopper waits, as with any payment that nobody can ask about.
  if (reached.outcome === 'unknown') throw new BursarError('payment_in_progress', { data: { orderId: ids.orderId } })
  await openPayment(ports, scope, { ...opened, payment }, reached.connected, input)
}

/** What of a checkout's input goes to the processor. */
type PaymentInput = Pick<CheckoutInput, 'paymentToken' | 'returnUrl'>

/** A payment and the order that it is for. */
interface OpenedIds {
  readonly paymentId: string
  readonly orderId: string
}

interface Opened {
  readonly payment: Stored<Payment>
  readonly order: Stored<Order>
  /** What the order was made of, if it was stored just now. */
  readonly around?: Pick<JustStored, 'cart' | 'customer'> | undefined
}

async function readOpened(
  { storage, books }: CheckoutPorts,
  scope: { operator: string; site: string },
  { paymentId, orderId }: OpenedIds,
): Promise<Opened | null> {
  const [payment, order, pricing] = await readAll(
    storage,
    scope,
    byId(payments, paymentId),
    byId(orders, orderId),
    byId(pricingVersions, PRICING_VERSION_ID),
  )
  books.of(scope.operator).sync(pricing)
  return payment === null || order === null ? null : { payment, order }
}
