import type { DeliveryState, Entitlement, EntitlementState, Grant } from '../../entitlement/index.ts'
import type { DomainEvent, Order, OrderState } from '../../order/index.ts'
import { ENDED, type Payment, type PaymentState } from '../../payment/index.ts'
import { type Check, type Problem, problemUnless } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

/** I12: every state is a declared one, says what its fields say, and goes with the states beside it. */
export const states: Check<OrderFacts> = {
  name: 'states are on their graph',
  invariant: 'I12',
  find: (facts) => [
    ...orderProblems(facts.order),
    ...eventProblems(facts.order, facts.events),
    ...facts.payments.flatMap(paymentProblems),
    ...facts.grants.flatMap(grantProblems),
    ...facts.entitlements.flatMap((right) => rightProblems(facts, right)),
  ],
}

/** Is the order placed, and was it cancelled? `either` where both are possible. */
const ORDERS: { readonly [S in OrderState]: { placed: boolean | 'either'; cancelled: boolean } } = {
  pending: { placed: false, cancelled: false },
  awaiting_approval: { placed: false, cancelled: false },
  on_hold: { placed: false, cancelled: false },
  placed: { placed: true, cancelled: false },
  closed: { placed: true, cancelled: false },
  cancelled: { placed: 'either', cancelled: true },
}

function orderProblems(order: Order): Problem[] {
  const expected = Object.hasOwn(ORDERS, order.state) ? ORDERS[order.state] : undefined
  if (expected === undefined) return [{ record: order.id, message: `no order is ${order.state}` }]
  const isPlaced = order.placedAt !== null
  return [
    ...problemUnless(
      expected.placed === 'either' || expected.placed === isPlaced,
      order.id,
      `is ${order.state}, and was ${isPlaced ? '' : 'never '}placed`,
    ),
    ...problemUnless(
      expected.cancelled === (order.cancelledAt !== null),
      order.id,
      `is ${order.state}, and was cancelled ${order.cancelledAt ?? 'never'}`,
    ),
    ...problemUnless(order.state !== 'pending' || order.money.captured === 0, order.id, 'is pending, and paid'),
  ]
}

/** Placed at most once and cancelled at most once, and as its state says. */
function eventProblems(order: Order, events: readonly DomainEvent[]): Problem[] {
  const times = (type: DomainEvent['type']) => events.filter((event) => event.type === type).length
  const [placed, cancelled] = [times('order.placed'), times('order.cancelled')]
  return [
    ...problemUnless(placed === (order.placedAt === null ? 0 : 1), order.id, `its events place it ${placed} times`),
    ...problemUnless(
      cancelled === (order.state === 'cancelled' ? 1 : 0),
      order.id,
      `is ${order.state}, its events cancel it ${cancelled} times`,
    ),
  ]
}

const PAYMENTS: readonly PaymentState[] = [
  ...ENDED,
  'created',
  'requires_action',
  'processing',
  'authorized',
  'captured',
]

function paymentProblems({ id, state, captured, reference, next }: Payment): Problem[] {
  return [
    ...problemUnless(PAYMENTS.includes(state), id, `no payment is ${state}`),
    ...problemUnless((state === 'captured') === captured > 0, id, `is ${state}, with ${captured} captured`),
    ...problemUnless(
      reference !== null || (state !== 'captured' && state !== 'authorized'),
      id,
      `is ${state}, and its processor gave it no name`,
    ),
    ...problemUnless(
      next === null || !ENDED.includes(state),
      id,
      `is ${state}, and still asks the shopper for something`,
    ),
  ]
}

const GRANTS: readonly DeliveryState[] = [
  'waiting',
  'queued',
  'delivered',
  'parked',
  'withdrawing',
  'withdrawn',
  'withdraw_parked',
]

function grantProblems({ id, state, waitingFor, reason, deliveredAt }: Grant): Problem[] {
  return [
    ...problemUnless(GRANTS.includes(state), id, `no delivery is ${state}`),
    ...problemUnless(
      (state === 'waiting') === (waitingFor !== null),
      id,
      `is ${state}, for ${waitingFor ?? 'nothing'}`,
    ),
    ...problemUnless(state !== 'delivered' || deliveredAt !== null, id, 'is delivered, and nobody knows when'),
    ...problemUnless(!state.endsWith('parked') || reason !== null, id, `is ${state} without a reason`),
  ]
}

/** In which states the delivery of a right can be; a right without one is not asked. */
const DELIVERIES: { readonly [S in EntitlementState]: readonly DeliveryState[] } = {
  pending: ['waiting'],
  active: ['queued', 'delivered', 'parked'],
  suspended: ['waiting', 'withdrawing', 'withdrawn', 'withdraw_parked'],
  used: GRANTS,
  expired: GRANTS,
  withdrawn: ['withdrawing', 'withdrawn', 'withdraw_parked'],
}

/** Rights that an ended order may leave. */
const LEFT: readonly EntitlementState[] = ['withdrawn', 'expired', 'used']

function rightProblems({ order, grants }: OrderFacts, { id, state }: Entitlement): Problem[] {
  const allowed = Object.hasOwn(DELIVERIES, state) ? DELIVERIES[state] : undefined
  if (allowed === undefined) return [{ record: id, message: `no right is ${state}` }]
  const delivery = grants.find(({ entitlementId }) => entitlementId === id)
  return [
    ...problemUnless(
      delivery === undefined || allowed.includes(delivery.state),
      id,
      `is ${state}, its delivery ${delivery?.state ?? ''}`,
    ),
    ...problemUnless(
      order.state !== 'cancelled' || LEFT.includes(state),
      id,
      `is ${state}, though its order is cancelled`,
    ),
  ]
}
