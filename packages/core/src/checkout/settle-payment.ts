import { type Cart, carts, needsLearner } from '../cart/index.ts'
import type { Customer } from '../customer/index.ts'
import type { Grant } from '../entitlement/index.ts'
import { hasFailedMoney } from '../journal/index.ts'
import { isSameJson } from '../json/index.ts'
import {
  type ApplyContext,
  applyPayment,
  grantsAfter,
  type Order,
  type OrderDraft,
  orders,
  readGiven,
} from '../order/index.ts'
import {
  type AfterClosing,
  advancePayment,
  captureUnderWay,
  closingOf,
  ENDED,
  type Payment,
  type PaymentNews,
  payments,
  reachAccount,
} from '../payment/index.ts'
import type { Change, LookupAnswer, ProcessorAnswer, Runtime, Scope, Stored } from '../ports/index.ts'
import { type BookWhole, PRICING_VERSION_ID, pricingInputs, pricingVersions, siteOf } from '../pricing/index.ts'
import { byId, type Decision, decide, dequeue, enqueue, put, readAll, storedBy } from '../storage/index.ts'
import type { Instant } from '../time/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { closeCart } from './close-cart.ts'
import { bookedOf, endOrder, type OpenedOrder } from './end-order.ts'
import { isPaidInFull, isSettled } from './is-settled.ts'
import { readRecipients, recipientRefs, recipientsOf } from './read-recipients.ts'

/** A payment and its order after they were brought in step. */
export interface Settled {
  /** The payment. */
  payment: Stored<Payment>
  /** The order. */
  order: Stored<Order>
  /** What the order has given. */
  grants: readonly Grant[]
  /** Did the processor say how it stands? Where it did not, somebody has to ask again. */
  isKnown: boolean
}

/** The answer of a call, and the version of the payment that it was made for. */
export interface FreshAnswer {
  /** The operation that was called; null: it was only asked for. */
  operationId: string | null
  /** Version of the payment before the call. */
  version: number
  /**
   * What the processor said; `never_opened`: asked before the payment was closed, it knew of none; `gone`: it knows of it no
   * more.
   */
  answer: ProcessorAnswer | { outcome: 'never_opened' | 'gone' }
  /** What was stored just before the call. */
  known?: JustStored | undefined
}

/**
 * A payment, its order and what the order was made of, as they are known from storing them. Nothing is read again unless
 * the commit finds that they have changed since.
 */
export interface JustStored {
  /** As it was stored. */
  readonly payment: Stored<Payment>
  /** As it was stored. */
  readonly order: Stored<Order>
  /** The cart that was bought. */
  readonly cart: Stored<Cart>
  /** Who buys. */
  readonly customer: Customer
}

/**
 * Brings a payment and its order in step with the processor: the one way for calls, webhooks, return pages and the
 * reconciler, whichever comes first and however often. A call's own answer is taken if nothing has happened since;
 * otherwise the processor is asked, after the record was read, so that old news never overwrites newer.
 * With `cancel`, an order whose payment has ended without money is ended in the same commit.
 */
export async function settlePayment(
  ports: CheckoutPorts,
  scope: Scope,
  paymentId: string,
  fresh: FreshAnswer | null = null,
  after: AfterClosing | null = null,
): Promise<Settled> {
  const site = scope.site ?? (await siteOfPayment(ports, scope, paymentId))
  const siteScope = { operator: scope.operator, site }
  const settled = await decide(ports, siteScope, (tries) =>
    settle(ports, siteScope, paymentId, tries === 1 || fresh === null ? fresh : { ...fresh, known: undefined }, after),
  )
  ports.step('s5_payment_committed')
  return settled
}

/** Webhooks and jobs know the operator; order and cart are the site's. */
async function siteOfPayment(ports: CheckoutPorts, scope: { operator: string }, paymentId: string): Promise<string> {
  const [stored] = await readAll(ports.storage, scope, byId(payments, paymentId))
  if (stored === null) throw new RangeError(`checkout: there is no payment ${paymentId}`)
  return stored.body.site
}

async function settle(
  ports: CheckoutPorts,
  scope: { operator: string; site: string },
  paymentId: string,
  fresh: FreshAnswer | null,
  after: AfterClosing | null,
): Promise<Decision<Settled>> {
  const known = fresh?.known
  const [stored] =
    known === undefined ? await readAll(ports.storage, scope, byId(payments, paymentId)) : [known.payment]
  if (stored === null) throw new RangeError(`checkout: there is no payment ${paymentId}`)
  const answer = fresh !== null && fresh.version === stored.version ? fresh.answer : await ask(ports, stored.body)
  const next = answer === null ? stored.body : advancePayment(stored.body, fresh?.operationId ?? null, newsOf(answer))
  const around = known && (await aroundKnown(ports, scope, known))
  const opened = await openDraft(ports, scope, stored.body.orderId, around)
  const { order, draft, context, cart } = opened
  const isReturned = next.refunded > 0 || order.body.money.refunded > 0
  const codes = isReturned ? await codesOf(ports, scope, order.body) : []
  applyPayment(draft, stored.body, next, { ...context, codes })
  const ending = endingOf(draft.order, stored.body, next, after)
  const booked = ending === null ? [] : await bookedOf(ports, scope, order.id)
  const ended = ending === null || hasFailedMoney(booked) ? [] : endOrder(ports, scope, opened, { booked, ending })
  const grants = grantsAfter(
    context.given.flatMap(({ grant }) => grant ?? []),
    draft.changes,
  )
  const isKnown = answer?.outcome !== 'unknown'
  const isSame = draft.changes.length === 0 && isSameJson(next, stored.body)
  if (isSame && isSameJson(draft.order, order.body)) {
    // Without a commit nothing says whether what is known is still so.
    return known === undefined ? { answer: { payment: stored, order, grants, isKnown } } : { again: true }
  }
  return {
    changes: [
      put(payments, stored, next),
      put(orders, order, draft.order),
      ...draft.changes,
      ...askNoMore([order.body, stored.body], [draft.order, next]),
      ...askAgain(ports, [order.body, stored.body], [draft.order, next]),
      ...ended,
      ...(await closedCart(cart, order.body, {
        after: draft.order,
        now: draft.now,
        runtime: ports.runtime,
        storage: ports.storage,
        scope,
      })),
    ],
    done: (committed) => ({
      payment: storedBy(committed, payments, stored.id, next),
      order: storedBy(committed, orders, order.id, draft.order),
      grants,
      isKnown,
    }),
  }
}

/**
 * Is an order ended now that a payment of it has ended without money, and why? By this commit, for only it knows, whoever hears
 * of it first: once staff have closed what placed it, or what it waits for, to end it. Else one that is pending is ended only
 * where that is asked for, as its shopper may pay in another way, and what was placed is left to staff.
 */
function endingOf(order: Order, before: Payment, after: Payment, asked: AfterClosing | null): AfterClosing | null {
  if (order.paymentId !== after.id || after.captured > 0 || !ENDED.includes(after.state)) return null
  const closing = closingOf(after, order.placedAt)?.after
  const byStaff = closing?.by === undefined ? null : closing
  if (order.state === 'pending') return asked?.by === undefined ? (byStaff ?? asked) : asked
  const { captured, authorized } = order.money
  const mayBePaid = captured > 0 || authorized > 0 || before.captured > 0 || captureUnderWay(after) !== undefined
  return order.state !== 'placed' || mayBePaid ? null : byStaff
}

/** The codes of an order, as it was priced with them. */
async function codesOf({ storage }: CheckoutPorts, scope: Scope, { inputsHash }: Order) {
  const [inputs] = await readAll(storage, scope, byId(pricingInputs, inputsHash))
  return inputs?.body.codes ?? []
}

/**
 * Once its money is there, or to come on account, the reconciler has no question left. A payment that is authorised or
 * closed it asks about once more: the processor may say only then until when it can be captured, and a call that was
 * given up may arrive after all.
 */
function askNoMore(before: [Order, Payment], after: [Order, Payment]): Change[] {
  return isPaid(...after) && !isPaid(...before) ? [dequeue('payment.reconcile', after[1].id)] : []
}

/**
 * A payment that was settled may come alive again, as where a call that was given up arrives after its order has ended: the
 * reconciler closes it, or watches it where it is its order's own. Where another one brings the money, it closes the own.
 */
function askAgain({ runtime }: CheckoutPorts, before: [Order, Payment], after: [Order, Payment]): Change[] {
  const [{ paymentId: own }, { id, orderId, site, state }] = after
  const ask = (paymentId: string) => enqueue(runtime, 'payment.reconcile', paymentId, { paymentId, orderId, site })
  const isAlive = state !== before[1].state && isSettled(...before) && !isSettled(...after)
  const isPaidByOther = own !== id && isPaidInFull(after[0]) && !isPaidInFull(before[0])
  return [...(isAlive ? [ask(id)] : []), ...(own !== null && isPaidByOther ? [ask(own)] : [])]
}

function isPaid(order: Order, payment: Payment): boolean {
  return (payment.captured > 0 || payment.onAccount) && isSettled(order, payment)
}

/** A placed order closes its cart, unless it belongs to another order by now. */
async function closedCart(
  cart: Stored<Cart> | null,
  before: Order,
  { after, ...at }: { after: Order; now: Instant; runtime: Runtime; storage: CheckoutPorts['storage']; scope: Scope },
): Promise<Change[]> {
  if (cart === null || cart.body.checkout?.orderId !== after.id) return []
  return before.state !== after.state && after.state === 'placed' ? closeCart(cart, after, at) : []
}

/** What stands around an order, of one moment. */
interface Around {
  readonly order: Stored<Order> | null
  readonly cart: Stored<Cart> | null
  readonly recipients: Map<string, Customer>
}

/** The same of what was stored just now; who else gets a line was not looked at yet. */
async function aroundKnown(ports: CheckoutPorts, scope: Scope, { order, cart, customer }: JustStored): Promise<Around> {
  const recipients = await readRecipients(ports, scope, order.body, customer)
  return { order, cart, recipients }
}

async function readAround(ports: CheckoutPorts, scope: Scope, orderId: string): Promise<Around> {
  const [order, pricing] = await readAll(
    ports.storage,
    scope,
    byId(orders, orderId),
    byId(pricingVersions, PRICING_VERSION_ID),
  )
  ports.books.of(scope.operator).sync(pricing)
  if (order === null) return { order, cart: null, recipients: new Map() }
  const [cart, ...people] = await readAll(
    ports.storage,
    scope,
    byId(carts, order.body.cartId),
    ...recipientRefs(order.body),
  )
  return { order, cart, recipients: recipientsOf(people) }
}

/** Reads an order, where it is not known already, with all that changing it needs. */
export async function openDraft(
  ports: CheckoutPorts,
  scope: Scope & { site: string },
  orderId: string,
  known?: Around,
): Promise<OpenedOrder> {
  const { order, cart, recipients } = known ?? (await readAround(ports, scope, orderId))
  if (order === null) throw new RangeError(`checkout: there is no order ${orderId}`)
  const whole = await ports.books.of(scope.operator).whole()
  const site = siteOf(whole, scope.site)
  const given = order.body.state === 'pending' ? [] : await readGiven(ports.storage, scope, orderId)
  const context: ApplyContext = {
    site,
    recipients,
    given,
    runtime: ports.runtime,
    needsLearner: (provider) => needsLearner(ports, provider),
  }
  return { order, cart, context, draft: draftOf(order.body, site.id, sellerZone(whole, order.body), ports) }
}

function draftOf(order: Order, site: string, timeZone: string, ports: CheckoutPorts): OrderDraft {
  return { order, changes: [], now: ports.runtime.now(), site, timeZone }
}

const sellerZone = (whole: BookWhole, order: Order): string => whole.sellers.get(order.seller)?.timeZone ?? 'UTC'

/** What the processor says now; null where it keeps no books, so that our own record is the truth. */
async function ask(ports: CheckoutPorts, payment: Payment): Promise<LookupAnswer | null> {
  if (payment.onAccount && payment.reference !== null) return null
  const reached = await reachAccount(ports, payment.account)
  if (reached.outcome === 'unknown') return reached
  const { processor, account } = reached.connected
  const key = payment.operations[0]?.id ?? ''
  const answer = await processor.lookup(account, { reference: payment.reference, key })
  ports.step('w3_payment_fetched')
  return answer
}

function newsOf(answer: FreshAnswer['answer'] | LookupAnswer): PaymentNews {
  switch (answer.outcome) {
    case 'found':
      return { type: 'fetched', payment: answer.payment, next: answer.next ?? null }
    case 'succeeded':
      return { type: 'fetched', payment: answer.payment, next: null }
    case 'pending':
      return { type: 'fetched', payment: answer.payment, next: answer.next ?? null }
    case 'requires_action':
      return { type: 'fetched', payment: answer.payment, next: answer.next }
    case 'declined':
      return { type: 'declined', reason: answer.reason, reference: answer.payment?.reference ?? null }
    case 'failed':
      return { type: 'declined', reason: answer.reason, reference: null }
    case 'not_found':
      return { type: 'not_found' }
    case 'never_opened':
    case 'gone':
      return { type: answer.outcome }
    case 'unknown':
      return { type: 'unknown', reason: answer.reason }
  }
}
