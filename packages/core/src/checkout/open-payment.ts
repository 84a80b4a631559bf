import { orders } from '../order/index.ts'
import { connectAccount, isInDoubt, type Payment, payments } from '../payment/index.ts'
import type { Stored } from '../ports/index.ts'
import { PRICING_VERSION_ID, pricingVersions } from '../pricing/index.ts'
import { byId, readAll } from '../storage/index.ts'
import type { CheckoutInput } from './checkout-api.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { settlePayment } from './settle-payment.ts'

/**
 * Calls the processor for a payment whose opening nobody has answered yet, with the operation's own key, and stores the
 * answer. One whose outcome is in doubt is asked about, never opened anew with another key.
 */
export async function openPayment(
  ports: CheckoutPorts,
  scope: { operator: string; site: string },
  paymentId: string,
  input: Pick<CheckoutInput, 'paymentToken' | 'returnUrl'>,
): Promise<void> {
  const [stored] = await readAll(ports.storage, scope, byId(payments, paymentId))
  if (stored?.body.state === 'created') await callProcessor(ports, scope, stored, input)
}

/**
 * Takes up a payment that an earlier call left: the processor is asked first, for its keys do not live for ever; only a
 * payment that it does not know is opened.
 */
export async function resumePayment(
  ports: CheckoutPorts,
  scope: { operator: string; site: string },
  paymentId: string,
  input: Pick<CheckoutInput, 'paymentToken' | 'returnUrl'>,
): Promise<void> {
  const [stored] = await readAll(ports.storage, scope, byId(payments, paymentId))
  if (stored === null || (stored.body.state !== 'created' && !isInDoubt(stored.body))) return
  const { payment } = await settlePayment(ports, scope, paymentId)
  if (payment.body.state === 'created') await callProcessor(ports, scope, payment, input)
}

async function callProcessor(
  ports: CheckoutPorts,
  scope: { operator: string; site: string },
  stored: Stored<Payment>,
  input: Pick<CheckoutInput, 'paymentToken' | 'returnUrl'>,
): Promise<void> {
  const payment = stored.body
  const operation = payment.operations[0]
  const [order, pricing] = await readAll(
    ports.storage,
    scope,
    byId(orders, payment.orderId),
    byId(pricingVersions, PRICING_VERSION_ID),
  )
  if (operation === undefined || order === null) return
  const book = ports.books.of(scope.operator)
  book.sync(pricing)
  const site = (await book.whole()).sites.get(payment.site)
  const { processor, account } = await connectAccount(ports, payment.account)
  ports.step('s3_processor_called')
  const answer = await processor.open(account, {
    key: operation.id,
    paymentId: payment.id,
    orderId: order.id,
    orderNumber: order.body.number,
    amount: payment.amount,
    quoteHash: payment.quoteHash,
    capture: site?.capture ?? 'automatic',
    ...(input.paymentToken === undefined ? {} : { paymentToken: input.paymentToken }),
    ...(input.returnUrl === undefined ? {} : { returnUrl: input.returnUrl }),
  })
  ports.step('s4_processor_answered')
  await settlePayment(ports, scope, payment.id, { operationId: operation.id, version: stored.version, answer })
}
