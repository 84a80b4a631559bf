import { actor } from '../audit/audit-event.schema.ts'
import { id } from '../ids/id.schema.ts'
import { model, part, type SchemaOf } from '../json/checked.schema.ts'
import { choice, dictionary, flag, items, list, text } from '../json/field.schema.ts'
import { amount, currency, money } from '../money/money.schema.ts'
import { nextStep } from '../ports/next-step.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type { AfterClosing, Payment, PaymentOperation, PaymentState } from './payment.ts'
import type { PaymentAccount } from './payment-account.ts'

/** Where a payment stands. */
export const paymentState: SchemaOf<PaymentState> = choice(
  'created',
  'requires_action',
  'processing',
  'authorized',
  'captured',
  'failed',
  'cancelled',
  'expired',
)

const afterClosing: SchemaOf<AfterClosing> = part<AfterClosing>()({
  cancel: text(0, 1000),
  by: part<NonNullable<AfterClosing['by']>>()({ operation: text(1, 100), actor }).optional(),
})

const paymentOperation = model<PaymentOperation>('PaymentOperation')({
  id,
  kind: choice('open', 'capture', 'void', 'refund'),
  amount,
  state: choice('started', 'succeeded', 'pending', 'declined', 'failed'),
  at: instant,
  reason: text(0, 1000).optional(),
  after: afterClosing.optional(),
})

/** A payment as staff see it. */
export const payment: SchemaOf<Payment> = model<Payment>('Payment')({
  id,
  orderId: id,
  site: id,
  account: id,
  processor: text(1, 100),
  amount: money,
  state: paymentState,
  reference: text(1, 300).nullable(),
  captured: amount,
  refunded: amount,
  operations: items(paymentOperation),
  next: nextStep.nullable(),
  onAccount: flag,
  quoteHash: text(1, 100),
  reason: text(0, 1000).nullable(),
  captureBefore: instant.nullable(),
  expiresAt: instant,
  createdAt: instant,
})

/** Fields of a payment account as staff see it, but its id. */
export const paymentAccountFields = {
  processor: text(1, 100),
  title: text(1, 200),
  mode: choice('test', 'live'),
  seller: id,
  currencies: list(currency, 200, 1),
  secretRefs: dictionary(text(1, 500)),
  status: choice('active', 'disabled'),
}

/** A payment account as staff see it. */
export const paymentAccount: SchemaOf<Omit<PaymentAccount, 'operator'>> = model<Omit<PaymentAccount, 'operator'>>(
  'PaymentAccount',
)({ id, ...paymentAccountFields })
