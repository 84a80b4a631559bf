import { type DeliveryState, deliveryKey, type Entitlement, type Grant, isUsable } from '../entitlement/index.ts'
import { type Json, ownValue } from '../json/index.ts'
import { isInDoubt, type Payment } from '../payment/index.ts'
import type { FulfilmentProvider } from '../ports/index.ts'
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

/** How deliveries are looked at. */
export interface DeliveryLook {
  /** When. */
  readonly now: Instant
  /** Operator id: whose orders they are. */
  readonly operator: string
  /** Providers by name: some tell what is to be seen of a delivery only now. */
  readonly fulfilment: { readonly [name: string]: FulfilmentProvider }
  /** The rights of deliveries by id, of those that {@link shownNow} names. */
  readonly rights: ReadonlyMap<string, Entitlement>
}

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
  /** When it is looked at, and with which providers. */
  look: DeliveryLook
}

/** The shop's own words for an order that ended; another one is what staff wrote, for themselves. */
const OWN_REASONS = ['expired', 'merged', 'replaced'] as const

/** An order as who bought it sees it. */
export function orderView({ order, version, payment, grants, look }: OrderRecords): OrderView {
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
    lines: order.lines.map((line) => lineView(line, grants, look)),
    payment: payment === null ? null : paymentView(payment, order),
    createdAt: order.createdAt,
    placedAt: order.placedAt,
    cancelReason: OWN_REASONS.find((reason) => reason === order.cancelReason) ?? null,
  }
}

/** A payment as shoppers see it. */
function paymentView(payment: Payment, order: Order): PaymentView {
  return {
    id: payment.id,
    account: payment.account,
    status: payment.state,
    inDoubt: isInDoubt(payment),
    // What could not be closed is not to be paid, either.
    next: order.state === 'cancelled' ? null : payment.next,
  }
}

/** A delivery as its recipient sees it. */
export function deliveryView(grant: Grant, look: DeliveryLook): DeliveryView {
  const { id, unit, part, state, waitingFor } = grant
  return { id, unit, part, state, waitingFor, delay: delayView(grant, look.now), detail: detailNow(grant, look) }
}

/** While the right lasts, what its provider shows now. */
function detailNow(grant: Grant, { now, operator, fulfilment, rights }: DeliveryLook): Json | null {
  const { detail, target } = grant
  const right = rights.get(grant.entitlementId)
  const provider = ownValue(fulfilment, grant.provider)
  if (provider?.detailNow === undefined || grant.state !== 'delivered' || !right || !isUsable(right, now)) return detail
  try {
    return provider.detailNow({ grantId: deliveryKey(grant), operator, target, detail })
  } catch {
    return detail
  }
}

/** Those of these deliveries whose provider has something to show now: their rights say whether it may. */
export function shownNow(given: readonly Grant[], { fulfilment }: Pick<DeliveryLook, 'fulfilment'>): readonly Grant[] {
  return given.filter(({ state, provider }) => state === 'delivered' && ownValue(fulfilment, provider)?.detailNow)
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

function lineView(line: OrderLine, grants: readonly Grant[], look: DeliveryLook): OrderLineView {
  const { id, variantId, productId, title, variantName, quantity, unitPrice, discount, net, tax, total } = line
  const deliveries = grants
    .filter((grant) => grant.lineId === id)
    .sort((left, right) => left.unit - right.unit || (left.part < right.part ? -1 : 1))
    .map((grant) => deliveryView(grant, look))
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
