import { recipient } from '../customer/recipient.schema.ts'
import { deliveryState, entitlementState, waitingFor } from '../entitlement/entitlement.schema.ts'
import { id } from '../ids/id.schema.ts'
import { input, model, part, type SchemaOf } from '../json/checked.schema.ts'
import { choice, flag, items, text, whole } from '../json/field.schema.ts'
import { json } from '../json/json.schema.ts'
import { amount, knownCurrency } from '../money/money.schema.ts'
import { paymentState } from '../payment/payment.schema.ts'
import { nextStep } from '../ports/next-step.schema.ts'
import { adjustment, placeOfSale, quantity, quote } from '../pricing/quote.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type { MoneyAmounts, MoneyState } from './money-state.ts'
import type { Order, OrderState } from './order.ts'
import type {
  ChooseRunInput,
  ClaimOrderInput,
  DeliveryDelayView,
  DeliveryView,
  EntitlementView,
  GetOrderInput,
  OrderExplanation,
  OrderLineView,
  OrderView,
  PaymentView,
  RefreshPaymentInput,
  RunView,
} from './order-api.ts'

/** Where an order stands. */
export const orderState: SchemaOf<OrderState> = choice(
  'pending',
  'awaiting_approval',
  'on_hold',
  'placed',
  'closed',
  'cancelled',
)

/** What was not known when an order was sold. */
export const reviews: SchemaOf<Order['reviews']> = items(choice('ownership', 'tax', 'screening'))

const moneyStateSchema: SchemaOf<MoneyState> = choice(
  'unpaid',
  'on_account',
  'overdue',
  'authorized',
  'partly_paid',
  'paid',
  'partly_refunded',
  'refunded',
  'written_off',
)

/** What money an order has to do with. */
export const moneyAmounts: SchemaOf<MoneyAmounts> = model<MoneyAmounts>('MoneyAmounts')({
  due: amount,
  authorized: amount,
  captured: amount,
  refunded: amount,
  disputed: amount,
  writtenOff: amount,
})

/** A payment as shoppers see it. */
export const paymentView: SchemaOf<PaymentView> = model<PaymentView>('PaymentView')({
  id,
  account: id,
  status: paymentState,
  inDoubt: flag,
  next: nextStep.nullable(),
})

const delivery = model<DeliveryView>('Delivery')({
  id,
  unit: whole(1, 1000),
  part: id,
  state: deliveryState,
  waitingFor: waitingFor.nullable(),
  delay: part<DeliveryDelayView>()({
    reason: choice('not_answering', 'under_way', 'needs_staff'),
    message: text(1, 200),
    nextAttemptAt: instant.nullable(),
  }).nullable(),
  detail: json.nullable(),
})

/** The five sums of an order and of each of its lines. */
export const orderSums = { discount: amount, net: amount, tax: amount, total: amount }

/** Fields that an order's line has alike in the record and for shoppers. */
export const orderLineFields = {
  id,
  variantId: id,
  productId: id,
  title: text(0, 300),
  variantName: text(0, 60),
  quantity,
  unitPrice: amount,
  ...orderSums,
  adjustments: items(adjustment),
  recipient,
}

const orderLine = model<OrderLineView>('OrderLineView')({ ...orderLineFields, deliveries: items(delivery) })

/** An order as callers see it. */
export const orderView: SchemaOf<OrderView> = model<OrderView>('OrderView')({
  id,
  number: text(1, 100),
  version: whole(1, Number.MAX_SAFE_INTEGER),
  cartId: id,
  state: orderState,
  money: part<OrderView['money']>()({ state: moneyStateSchema, disputed: flag, amounts: moneyAmounts }),
  delivery: deliveryState.nullable(),
  currency: knownCurrency,
  base: amount,
  ...orderSums,
  place: placeOfSale,
  lines: items(orderLine),
  payment: paymentView.nullable(),
  createdAt: instant,
  placedAt: instant.nullable(),
  cancelReason: text(0, 1000).nullable(),
  reviews: reviews.optional(),
})

const runView = model<RunView>('RunView')({
  id,
  title: text(0, 200),
  enrolmentStartsAt: instant.nullable(),
  enrolmentEndsAt: instant.nullable(),
  serviceStart: instant.nullable(),
  serviceEnd: instant.nullable(),
  state: choice('open', 'not_yet_open', 'closed', 'full'),
})

/** An entitlement as its holder sees it. */
export const entitlementView: SchemaOf<EntitlementView> = model<EntitlementView>('EntitlementView')({
  id,
  variantId: id,
  productId: id,
  title: text(0, 300),
  variantName: text(0, 60),
  state: entitlementState,
  validFrom: instant,
  validUntil: instant.nullable(),
  orderId: id,
  delivery: delivery.nullable(),
  runs: items(runView).optional(),
  run: part<NonNullable<EntitlementView['run']>>()({ id, title: text(0, 200) }).optional(),
})

/** Input of `me.chooseRun`. */
export const chooseRunInput: SchemaOf<ChooseRunInput> = input<ChooseRunInput>()({ entitlementId: id, run: id })

/** Input of `orders.get`. */
export const getOrderInput: SchemaOf<GetOrderInput> = input<GetOrderInput>()({ orderId: id })

/** Input of `orders.refreshPayment`. */
export const refreshPaymentInput: SchemaOf<RefreshPaymentInput> = input<RefreshPaymentInput>()({ orderId: id })

/** How an order came to its price. */
export const orderExplanation: SchemaOf<OrderExplanation> = model<OrderExplanation>('OrderExplanation')({
  number: text(1, 100),
  pricedAt: instant,
  steps: items(text(0, 1000)),
  quote,
  isSame: flag,
})

/** Input of `orders.claim`. */
export const claimOrderInput: SchemaOf<ClaimOrderInput> = input<ClaimOrderInput>()({ orderId: id })
