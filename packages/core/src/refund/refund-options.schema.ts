import { id } from '../ids/id.schema.ts'
import { input, model, part, type SchemaOf } from '../json/checked.schema.ts'
import { choice, flag, items, whole } from '../json/field.schema.ts'
import { amount, knownCurrency } from '../money/money.schema.ts'
import { partTax, quantity } from '../pricing/quote.schema.ts'
import type {
  LineRefundView,
  OrderRefundOptions,
  PartRefundView,
  RefundOptionsInput,
  RefundPolicyView,
} from './refund-api.ts'
import type { ShareAmounts } from './share-amounts.ts'

/** Input of `admin.orders.refundOptions`. */
export const refundOptionsInput: SchemaOf<RefundOptionsInput> = input<RefundOptionsInput>()({
  orderId: id,
  lineId: id.optional(),
  windowDays: whole(0, 36_500).optional(),
  beforeStart: flag.optional(),
  maximumProgress: whole(0, 10_000).optional(),
  withoutCertificate: flag.optional(),
  withoutWaiver: flag.optional(),
})

const shareAmounts = model<ShareAmounts>('ShareAmounts')({
  net: amount,
  tax: amount,
  total: amount,
  taxes: items(partTax),
})

const policy = part<RefundPolicyView>()({
  answer: choice('allowed', 'denied', 'awaiting_facts'),
  reason: choice('upgrade', 'window', 'start', 'progress', 'certificate', 'consents').nullable(),
})

const partOptions = model<PartRefundView>('PartRefundOptions')({
  unit: quantity,
  part: id,
  share: shareAmounts,
  reprice: shareAmounts.nullable(),
  wholeOnly: shareAmounts.nullable(),
  policy,
})

const lineOptions = model<LineRefundView>('LineRefundOptions')({
  lineId: id,
  rule: choice('share', 'reprice', 'whole_only'),
  whole: shareAmounts,
  parts: items(partOptions),
})

/** What an order would give back. */
export const orderRefundOptions: SchemaOf<OrderRefundOptions> = model<OrderRefundOptions>('OrderRefundOptions')({
  currency: knownCurrency,
  refusal: choice('not_placed', 'disputed', 'not_captured', 'partly_refunded', 'refunded').nullable(),
  refundable: amount,
  lines: items(lineOptions),
})
