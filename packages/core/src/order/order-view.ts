import type { DeliveryState, Entitlement, Grant } from '../entitlement/index.ts'
import { isInDoubt, type Payment } from '../payment/index.ts'
import { addMilliseconds, type Instant } from '../time/index.ts'
import { moneyState } from './money-state.ts'
import type { Order, OrderLine } from './order.ts'
import type { DeliveryDelayView, DeliveryView, OrderLineView, OrderView, PaymentView } from './order-api.ts'

/** From the least to the most advanced; an order shows the least. */
const ADVANCE: readonly DeliveryState[] = [
  'withdraw_parked',
  'parked',
  'withdrawing',
  'waiting',
  'queued',
  'delivered',
  'withdrawn',
]

/** What belongs to an order, read with it. */
export interface OrderRecords {
  /** The order. */
  order: Order
  /** Its version. */
  version: number
  /** Its live or last payment. */
  payment: Payment | null
  /** Its grants. */
  grants: readonly Grant[]
  /** When it is looked at. */
  now: Instant
}

/** An order as callers see it. */
export function orderView({ order, version, payment, grants, now }: OrderRecords): OrderView {
  const states = new Set(grants.map((grant) => grant.state))
  return {
    id: order.id,
    number: order.number,
    version,
    cartId: order.cartId,
    state: order.state,
    money: { state: moneyState(order.money, order), disputed: order.money.disputed > 0, amounts: order.money },
    delivery: ADVANCE.find((state) => states.has(state)) ?? null,
    currency: order.currency,
    base: order.base,
    discount: order.discount,
    net: order.net,
    tax: order.tax,
    total: order.total,
    place: order.place,
    lines: order.lines.map((line) => lineView(line, grants, now)),
    payment: payment === null ? null : paymentView(payment),
    createdAt: order.createdAt,
    placedAt: order.placedAt,
    cancelReason: order.cancelReason,
  }
}

/** A payment as shoppers see it. */
function paymentView(payment: Payment): PaymentView {
  return {
    id: payment.id,
    account: payment.account,
    status: payment.state,
    inDoubt: isInDoubt(payment),
    next: payment.next,
  }
}

/** A delivery as its recipient sees it. */
export function deliveryView(grant: Grant, now: Instant): DeliveryView {
  const { id, unit, part, state, waitingFor, detail } = grant
  return { id, unit, part, state, waitingFor, delay: delayView(grant, now), detail }
}

const NEEDS_STAFF: DeliveryDelayView = {
  reason: 'needs_staff',
  message: 'Our staff look into it. You need do nothing.',
  nextAttemptAt: null,
}
const NOT_ANSWERING = 'The platform is not answering.'
const AS_SOON = 'You get it as soon as it answers.'
/** A provider that no process has for so much longer is no matter of a rollout, in milliseconds. */
const LONGEST_ROLLOUT = 60 * 60 * 1000

/** What is parked has a reason that is for staff alone. */
function delayView({ state, delay }: Grant, now: Instant): DeliveryDelayView | null {
  if (state === 'parked' || state === 'withdraw_parked') return NEEDS_STAFF
  if ((state !== 'queued' && state !== 'withdrawing') || delay === null) return null
  const { reason, nextAttemptAt } = delay
  if (reason === 'under_way') return { reason, message: 'It is being prepared.', nextAttemptAt: null }
  if (reason === 'not_configured') {
    const isLong = addMilliseconds(nextAttemptAt, LONGEST_ROLLOUT) <= now
    return isLong
      ? NEEDS_STAFF
      : { reason: 'not_answering', message: `${NOT_ANSWERING} ${AS_SOON}`, nextAttemptAt: null }
  }
  // One delivery asks for all of its platform: the others stay as they were put off.
  const isPast = nextAttemptAt <= now
  const then = isPast ? AS_SOON : `It is tried again at ${nextAttemptAt}.`
  return { reason, message: `${NOT_ANSWERING} ${then}`, nextAttemptAt: isPast ? null : nextAttemptAt }
}

function lineView(line: OrderLine, grants: readonly Grant[], now: Instant): OrderLineView {
  const { id, variantId, productId, title, variantName, quantity, unitPrice, discount, net, tax, total } = line
  const deliveries = grants
    .filter((grant) => grant.lineId === id)
    .sort((left, right) => left.unit - right.unit || (left.part < right.part ? -1 : 1))
    .map((grant) => deliveryView(grant, now))
  const amounts = { quantity, unitPrice, discount, net, tax, total }
  const sold = { id, variantId, productId, title, variantName }
  return { ...sold, ...amounts, adjustments: line.adjustments, recipient: line.recipient, deliveries }
}

/** An entitlement with the grant that delivers it. */
export interface EntitlementRecords {
  /** The entitlement. */
  entitlement: Entitlement
  /** Its grant, or null. */
  grant: Grant | null
}
