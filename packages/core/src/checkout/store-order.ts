import { type Cart, carts, needsLearner, type PricedCart } from '../cart/index.ts'
import { type Customer, type CustomerRecord, customers, relyOn, withoutCarts } from '../customer/index.ts'
import type { Grant } from '../entitlement/index.ts'
import { hashOf } from '../ids/index.ts'
import {
  cancelOrder,
  grantsAfter,
  type Order,
  type OrderDraft,
  orderFromQuote,
  orders,
  placeOrder,
} from '../order/index.ts'
import { type ConnectedAccount, type Payment, payments } from '../payment/index.ts'
import type { Call, Change, Storage, Stored } from '../ports/index.ts'
import { type PriceBook, type PricingVersion, pricingInputs, pricingVersions } from '../pricing/index.ts'
import type { Consent, Site } from '../site/index.ts'
import {
  byId,
  check,
  type Decision,
  enqueue,
  insert,
  put,
  readAll,
  rememberResult,
  storedBy,
} from '../storage/index.ts'
import { addMilliseconds, type Instant } from '../time/index.ts'
import { auditOf } from './audit-of.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import type { ReadOffered } from './choose-account.ts'
import { orderNumber } from './order-number.ts'
import { readRecipients } from './read-recipients.ts'
import { usesOfOrder } from './uses-of-order.ts'

const MINUTE = 60 * 1000

/** What freezing came to. */
export type Frozen =
  /** An order was stored, as it is now; its payment, if it has one, is to be opened at the account. */
  | ({ type: 'new' } & StoredOrder)
  /** An order is there already; its payment goes on where it stopped. */
  | { type: 'known'; orderId: string; paymentId: string | null; customerId: string | null }
  /** Another attempt is live and must be closed first. */
  | { type: 'close'; orderId: string; paymentId: string }

/** An order that was stored just now, with what belongs to it. */
export interface StoredOrder {
  readonly order: Stored<Order>
  readonly cart: Stored<Cart>
  readonly customer: Customer
  readonly grants: readonly Grant[]
  readonly payment: Stored<Payment> | null
  readonly account: ConnectedAccount | null
}

/** What one round trip told. */
export interface Opened {
  call: Call & { readonly key: string }
  /** The how many-th time this is decided, from 1. */
  tries: number
  keyId: string
  cart: Stored<Cart>
  live: Stored<Order> | null
  pricing: Stored<PricingVersion> | null
  customer: Stored<Customer> | null
  book: PriceBook
  /** Prices the cart: what its codes probably need was read in that round trip. */
  storage: Storage
  readOffered: ReadOffered
}

/** A quote that was accepted, and all that goes into its order. */
export interface Accepted {
  priced: PricedCart
  customer: Customer
  /** The record of who buys, where it was there before. */
  known: Stored<CustomerRecord> | null
  /** Whom the cart's lines name, as they were read. */
  named: readonly Stored<CustomerRecord>[]
  consents: Consent[]
  account: ConnectedAccount | null
  quoteHash: string
  site: Site
}

/** A new order; it takes over from one that is replaced, holds and all, in one commit. */
export async function storeOrder(
  ports: CheckoutPorts,
  opened: Opened,
  accepted: Accepted,
  replaced: Stored<Order> | null,
): Promise<Decision<Frozen>> {
  const { call, cart } = opened
  const { quote, gathered } = accepted.priced
  const inputsHash = hashOf(gathered.inputs)
  const uses = usesOfOrder(quote, gathered.inputs.codes, accepted.customer.id)
  const order = orderFromQuote(quote, {
    id: ports.runtime.newId('ord'),
    number: orderNumber(ports.runtime, accepted.site.orderPrefix),
    cart: ownedCart(cart.body, accepted.customer),
    cartVersion: cart.version,
    customerId: accepted.customer.id,
    site: accepted.site,
    entries: gathered.entries,
    consents: accepted.consents,
    inputsHash,
    quoteHash: accepted.quoteHash,
    holds: uses.map(({ counter, n }) => ({ counter, n })),
    now: call.now,
  })
  const payment = accepted.account === null ? null : newPayment(ports, opened, accepted, order)
  const draft = draftOf(opened, accepted, { ...order, paymentId: payment?.id ?? null })
  const expiresAt = addMilliseconds(call.now, accepted.site.checkoutMinutes * MINUTE)
  const holds: Change[] = uses.map(({ counter, n, limit }) => ({
    do: 'hold',
    counter,
    hold: order.id,
    n,
    limit,
    due: expiresAt,
  }))
  if (payment === null) await placeFree(ports, call, draft, accepted)
  const cartNow = cartAfter(opened, accepted, draft.order)
  const changes: Change[] = [
    ...(opened.pricing === null ? [] : [check(pricingVersions, opened.pricing)]),
    ...keepPeople(accepted),
    put(carts, cart, cartNow),
    insert(orders, order.id, draft.order),
    ...((await areStored(ports, opened, inputsHash)) ? [] : [insert(pricingInputs, inputsHash, gathered.inputs)]),
    ...customerChanges(accepted),
    ...(payment === null ? [] : [insert(payments, payment.id, payment), reconcileLater(ports, payment, call.now)]),
    ...(replaced === null ? [] : replaceOrder(ports, opened, accepted, replaced)),
    rememberResult(call, opened.keyId, order.id),
    ...boughtByService(ports, opened, accepted, { record: order.id, fields: ['state'] }),
    ...holds,
    ...draft.changes,
  ]
  return {
    changes,
    done: (committed) => ({
      type: 'new',
      order: storedBy(committed, orders, order.id, draft.order),
      cart: storedBy(committed, carts, cart.id, cartNow),
      customer: accepted.customer,
      grants: grantsAfter([], draft.changes),
      payment: payment && storedBy(committed, payments, payment.id, payment),
      account: accepted.account,
    }),
    // A hold that was refused, a price that moved, a cart that was changed: gather again and see.
    onConflict: () => 'again',
  }
}

/** Another attempt to pay the same order, after one that failed. */
export function storePayment(
  ports: CheckoutPorts,
  opened: Opened,
  accepted: Accepted,
  live: Stored<Order>,
): Decision<Frozen> {
  const payment = newPayment(ports, opened, accepted, live.body)
  const paid = { ...live.body, paymentId: payment.id }
  return {
    changes: [
      ...keepPeople(accepted),
      ...customerChanges(accepted),
      put(orders, live, paid),
      insert(payments, payment.id, payment),
      rememberResult(opened.call, opened.keyId, live.id),
      reconcileLater(ports, payment, opened.call.now),
      ...boughtByService(ports, opened, accepted, { record: live.id, fields: ['paymentId'] }),
    ],
    done: (committed) => ({
      type: 'new',
      order: storedBy(committed, orders, live.id, paid),
      cart: opened.cart,
      customer: accepted.customer,
      grants: [],
      payment: storedBy(committed, payments, payment.id, payment),
      account: accepted.account,
    }),
  }
}

/** Of what people buy the order says who did; of what a machine buys, for somebody or not, the log does. */
function boughtByService(
  ports: CheckoutPorts,
  { call }: Opened,
  { customer }: Accepted,
  what: { record: string; fields: readonly string[] },
): Change[] {
  if (call.principal.type !== 'service') return []
  return [auditOf(ports, call, customer.id, { collection: orders.name, ...what })]
}

/**
 * Nobody who buys or whom a line names is erased or let go of between the look at them and the order: what is sold to nobody
 * would be paid. From now on their records end with no cart.
 */
function keepPeople({ customer, named }: Accepted): Change[] {
  return named.filter(({ id }) => id !== customer.id).map(keep)
}

const keep = (one: Stored<CustomerRecord>): Change => relyOn(one)[0] ?? check(customers, one)

/** What is stored of who buys: a guest who was known may have another name, or was known by carts alone. */
export function customerChanges({ customer, known }: Accepted): Change[] {
  if (known === null) return [insert(customers, customer.id, customer)]
  const { name } = customer
  return [known.body.name === name ? keep(known) : put(customers, known, { ...withoutCarts(known.body), name })]
}

/** Two carts can be priced from the very same inputs, to the millisecond: whoever comes second learns it at the commit. */
async function areStored(ports: CheckoutPorts, { call, tries }: Opened, inputsHash: string): Promise<boolean> {
  if (tries === 1) return false
  const [same] = await readAll(ports.storage, call.scope, byId(pricingInputs, inputsHash))
  return same !== null
}

function draftOf({ call }: Opened, { site, priced }: Accepted, order: Order): OrderDraft {
  const timeZone = priced.gathered.whole.sellers.get(order.seller)?.timeZone ?? 'UTC'
  return { order, changes: [], now: call.now, site: site.id, timeZone }
}

/** An order of nothing takes the same way, without a processor. */
async function placeFree(ports: CheckoutPorts, call: Call, draft: OrderDraft, { customer }: Accepted): Promise<void> {
  const recipients = await readRecipients(ports, call.scope, draft.order, customer)
  placeOrder(draft, {
    runtime: ports.runtime,
    recipients,
    needsLearner: (provider) => needsLearner(ports, provider),
    isDeliverable: true,
  })
}

function replaceOrder(ports: CheckoutPorts, opened: Opened, accepted: Accepted, replaced: Stored<Order>): Change[] {
  const draft = draftOf(opened, accepted, replaced.body)
  cancelOrder(draft, 'replaced', { runtime: ports.runtime, given: [], sale: [] })
  return [put(orders, replaced, draft.order), ...draft.changes]
}

function cartAfter({ cart }: Opened, { customer, site: _site }: Accepted, order: Order): Cart {
  const { checkout: _before, ...owned } = ownedCart(cart.body, customer)
  if (order.state === 'placed') return { ...owned, orderId: order.id }
  return { ...owned, checkout: { orderId: order.id, holds: order.holds } }
}

/** What a signed-in customer orders is theirs alone: whoever still has the guest's token opens neither cart nor order. */
function ownedCart(cart: Cart, customer: Customer): Cart {
  const stays = cart.customerId !== null || customer.hostId === null
  return stays ? cart : { ...cart, customerId: customer.id, tokenHash: null }
}

function newPayment(ports: CheckoutPorts, { call }: Opened, accepted: Accepted, order: Order): Payment {
  const { account, site } = accepted
  if (account === null) throw new RangeError('checkout: an order with a total needs a payment account')
  return {
    id: ports.runtime.newId('pay'),
    orderId: order.id,
    site: site.id,
    account: account.record.id,
    processor: account.record.processor,
    amount: { amount: order.total, currency: order.currency },
    state: 'created',
    reference: null,
    captured: 0,
    refunded: 0,
    operations: [{ id: ports.runtime.newId('pop'), kind: 'open', amount: order.total, state: 'started', at: call.now }],
    next: null,
    onAccount: account.processor.capabilities.onAccount ?? false,
    quoteHash: order.quoteHash,
    reason: null,
    captureBefore: null,
    expiresAt: addMilliseconds(call.now, site.checkoutMinutes * MINUTE),
    createdAt: call.now,
  }
}

/** Asks about the payment in a minute, in case nobody else does. */
function reconcileLater(ports: CheckoutPorts, payment: Payment, now: Instant): Change {
  const { id, orderId, site } = payment
  return enqueue(
    ports.runtime,
    'payment.reconcile',
    id,
    { paymentId: id, orderId, site },
    { runAt: addMilliseconds(now, MINUTE) },
  )
}
