import type { Entitlement, Grant, WaitingFor } from '../entitlement/index.ts'
import { begun, enqueueGrant, entitlements, grants, lacksRun } from '../entitlement/index.ts'
import type { JournalEntry } from '../journal/index.ts'
import { closingOf, ENDED, type Payment } from '../payment/index.ts'
import type { Stored } from '../ports/index.ts'
import type { Hold } from '../pricing/index.ts'
import type { Site } from '../site/index.ts'
import { put } from '../storage/index.ts'
import type { Instant } from '../time/index.ts'
import { type EntitleContext, needsClaim } from './entitle.ts'
import { givenBack, share } from './give-back.ts'
import { captureEntries, refundEntries, refundedEntries, reversed } from './journal-entries.ts'
import { isRefunded, wentBack } from './money-state.ts'
import type { Order } from './order.ts'
import { emit, type OrderDraft, post } from './order-draft.ts'
import { placeOrder, settleHolds } from './place-order.ts'
import { seatGivenBack, seatTakenAgain } from './run-seat.ts'
import { settledCredits } from './settle-credits.ts'
import { takenAgain } from './take-again.ts'
import type { UsedCode } from './uses-given-back.ts'

/** A right that an order has given, and its delivery where it has one. */
interface Given {
  readonly entitlement: Stored<Entitlement>
  readonly grant: Stored<Grant> | null
}

/** What applying a payment needs to know. */
export interface ApplyContext extends Omit<EntitleContext, 'isDeliverable'> {
  /** The site. */
  site: Site
  /** Rights that the order has given already. */
  given: readonly Given[]
  /** Its codes, where money of it is or was refunded. @default none */
  codes?: readonly UsedCode[] | undefined
}

/**
 * Brings an order in step with one of its payments. Pure but for the draft. The one place where money moves an order:
 * call, webhook, return page and reconciler all come here, with what the processor says now.
 */
export function applyPayment(draft: OrderDraft, before: Payment, after: Payment, context: ApplyContext): void {
  const captured = after.captured - before.captured
  const refunded = after.refunded - before.refunded
  const capturedBefore = draft.order.money.captured
  const returnedBefore = returnedOf(draft.order)
  draft.order = {
    ...draft.order,
    money: moneyAfter(draft.order, before, after),
    onAccount: isOnAccountAfter(draft.order, after),
  }
  const wasPlaced = draft.order.state === 'placed'
  if (draft.order.state === 'pending' && isAccepted(after)) {
    draft.order = { ...draft.order, paymentId: after.id }
    settleGivenBack(draft, 0, context)
    settleCredits(draft)
    placeOrder(draft, { ...context, isDeliverable: isDeliverable(draft.order, context.site) })
  }
  bookMoney(draft, after, { captured, refunded, capturedBefore })
  if (wasPlaced) {
    settleGivenBack(draft, returnedBefore, context)
    settleCredits(draft)
  }
  const isLapsed = wasPlaced && hasLapsed(draft.order, before, after)
  if ((after.state === 'failed' && before.state !== 'failed') || isLapsed)
    emit(draft, 'order.payment_failed', { paymentId: after.id })
  if (wasPlaced) followMoney(draft, { captured, refunded, isLapsed }, context)
}

/** By how much the money of a payment has changed, minor units. */
interface MoneyChange {
  readonly captured: number
  readonly refunded: number
}

/** Books the money that came or failed, and what went back or stays after all. */
function bookMoney(
  draft: OrderDraft,
  { id, account }: Payment,
  { captured, refunded, capturedBefore }: MoneyChange & { readonly capturedBefore: number },
): void {
  const { order } = draft
  const cause = { orderId: order.id, paymentId: id }
  if (captured !== 0) {
    const type = captured > 0 ? 'capture' : 'capture_failed'
    post(draft, { type, ...cause }, captureEntries(order, capturedBefore, captured, account))
  }
  if (captured > 0) emit(draft, 'order.paid', { paymentId: id, amount: captured, currency: order.currency })
  if (refunded !== 0) post(draft, { type: 'refund_elsewhere', ...cause }, refundEntries(order, refunded, account))
}

/**
 * Suspends or releases what a placed order has given, as its money is now. News may say several things at once, and a record
 * is written once in a commit: so this is decided once, and what suspends goes before.
 */
function followMoney(
  draft: OrderDraft,
  { captured, refunded, isLapsed }: MoneyChange & { readonly isLapsed: boolean },
  context: ApplyContext,
): void {
  const { order } = draft
  const { site, given } = context
  const isLess = captured < 0 || refunded > 0
  // As the money is now, whichever news came first: where nothing of it came that went back, it is owed again.
  const why = isRefunded(order.money) && order.money.captured > 0 ? 'money_back' : 'money_missed'
  // Not where another payment has brought it too.
  const isMissed = captured < 0 && !isDeliverable(order, site)
  if (isLapsed) withdrawDeliveries(draft, context, why)
  else if (isMissed || (isLess && isRefunded(order.money)))
    withdrawDeliveries(draft, { ...context, given: given.filter(losesIts(site)) }, why)
  else if ((captured > 0 || refunded < 0) && isDeliverable(order, site)) releaseDeliveries(draft, context)
}

/** Nothing more is delivered once the money failed or all of it went back; what was delivered already stays where the site keeps it. */
function losesIts({ onPaymentFailure }: Site): (given: Given) => boolean {
  return ({ entitlement, grant }) =>
    onPaymentFailure !== 'keep' ||
    (grant === null ? entitlement.body.state !== 'active' : grant.body.state !== 'delivered')
}

/**
 * Has money that was authorised gone before it was captured, and not because we closed the payment to end the order? What was
 * promised for it is not owned any more then, so that it can be bought again.
 */
function hasLapsed({ money, onAccount, placedAt }: Order, before: Payment, after: Payment): boolean {
  if (!ENDED.includes(after.state) || ENDED.includes(before.state) || before.captured > 0) return false
  return closingOf(after, placedAt) === undefined && !onAccount && money.captured === 0 && money.authorized === 0
}

/** What of an order's total went back, minor units: all of it where nothing is left of what came. */
function returnedOf({ total, money }: Order): number {
  const back = wentBack(money, { total })
  if (back === 0) return 0
  return isRefunded(money) ? total : share(total, back, Math.min(money.captured, total))
}

/**
 * Budgets and codes have back what they gave for the money of the order that went back, and give it again where it is there
 * after all.
 *
 * @param before what of the total had gone back until now.
 */
function settleGivenBack(draft: OrderDraft, before: number, { codes = [] }: ApplyContext): void {
  const { order, now } = draft
  const { total } = order
  const after = returnedOf(order)
  if (after === before) return
  const { changes, holds, returned } =
    after > before
      ? givenBack(order, { amount: after - before, left: total - before, codes, now })
      : takenAgain(order, { amount: before - after, refunded: before, codes, now })
  // Placing an order makes uses of what it holds then: of what was given back in part, too.
  draft.changes.push(...(order.state === 'pending' ? changes.filter(({ do: what }) => what !== 'commitHold') : changes))
  draft.order = withHolds(order, holds, returned)
}

/** What other payments were credited is free again while the order does not stand. */
function settleCredits(draft: OrderDraft): void {
  const { changes, holds, returned } = settledCredits(draft.order, draft.now)
  if (changes.length === 0) return
  draft.changes.push(...changes)
  draft.order = withHolds(draft.order, holds, returned)
}

function withHolds({ returned: _before, ...order }: Order, holds: readonly Hold[], returned: readonly Hold[]): Order {
  return { ...order, holds, ...(returned.length === 0 ? {} : { returned }) }
}

/** What ending an order needs to know. */
interface CancelContext extends Pick<ApplyContext, 'runtime' | 'given'> {
  /** Its sale as it was booked, which an older version may have done otherwise; none where it was not placed. */
  sale: readonly JournalEntry[]
}

/**
 * Ends an order without money, or whose money has all gone back: its sale is booked back, its holds are given back, what it
 * gave is withdrawn.
 */
export function cancelOrder(draft: OrderDraft, reason: string, context: CancelContext): void {
  const wasPlaced = draft.order.state === 'placed'
  if (wasPlaced) {
    const entries = [...reversed(context.sale), ...refundedEntries(draft.order)]
    post(draft, { type: 'sale_cancelled', orderId: draft.order.id }, entries)
    withdrawDeliveries(draft, context, 'cancelled')
  }
  draft.changes.push(...settleHolds(draft.order, 'releaseHold'))
  draft.order = {
    ...draft.order,
    state: 'cancelled',
    cancelledAt: draft.now,
    cancelReason: reason,
    onAccount: false,
    money: { ...draft.order.money, due: 0 },
  }
  emit(draft, 'order.cancelled', { reason })
}

/** Is there enough to place the order: authorised or captured money, or a manual processor's acceptance? */
function isAccepted(payment: Payment): boolean {
  return payment.captured > 0 || payment.state === 'authorized' || isAcceptedOnAccount(payment)
}

/** Did its processor say that it is to be paid later? A call without an answer has no reference yet, and is no yes. */
function isAcceptedOnAccount({ onAccount, state, reference }: Payment): boolean {
  return onAccount && reference !== null && state !== 'created' && !ENDED.includes(state)
}

/** Only the payment by which the order was accepted says so: news of an older attempt changes nothing. */
function isOnAccountAfter(order: Order, after: Payment): boolean {
  if (order.state === 'cancelled') return false
  if (order.state === 'pending') return order.onAccount || isAcceptedOnAccount(after)
  return order.paymentId === after.id ? isAcceptedOnAccount(after) : order.onAccount
}

/** May delivery begin: paid in full and not given back, free, or on account where the site trusts invoices? */
function isDeliverable(order: Order, site: Site): boolean {
  if (order.money.captured >= order.total) return !isRefunded(order.money)
  return order.onAccount && site.deliversOnAccount
}

function moneyAfter(order: Order, before: Payment, after: Payment): Order['money'] {
  const captured = order.money.captured + after.captured - before.captured
  const refunded = order.money.refunded + after.refunded - before.refunded
  // Ended by a version of before, an order says nothing of what another payment held still.
  const authorized = Math.max(0, order.money.authorized + authorizedOf(after) - authorizedOf(before))
  const due = order.state === 'cancelled' ? 0 : Math.max(0, order.total - captured)
  return { ...order.money, captured, refunded, authorized, due }
}

/** What a payment has authorised and not captured, minor units. */
export function authorizedOf({ state, amount, captured }: Payment): number {
  return state === 'authorized' ? amount.amount - captured : 0
}

function releaseDeliveries(draft: OrderDraft, context: ApplyContext): void {
  for (const { entitlement, grant } of context.given) {
    const isWaiting = grant === null ? entitlement.body.state === 'pending' : grant.body.waitingFor === 'payment'
    const isSuspended = entitlement.body.state === 'suspended'
    if (!isWaiting && !isSuspended) continue
    const waitingFor = grant === null ? null : waitsAfterPayment(grant.body, context)
    if (isOver(entitlement.body, grant?.body ?? null, draft.now) && waitingFor === null) {
      draft.changes.push(put(entitlements, entitlement, { ...entitlement.body, state: 'expired' }))
      continue
    }
    draft.changes.push(
      put(entitlements, entitlement, released(entitlement.body, grant?.body ?? null, waitingFor, draft.now)),
    )
    if (grant === null) continue
    const seat = seatTakenAgain(entitlement.body, grant.body, draft.now)
    draft.changes.push(...seat.changes)
    const next: Grant = {
      ...anew(seat.grant),
      waitingFor,
      state: waitingFor === null ? 'queued' : 'waiting',
      reason: null,
      delay: null,
    }
    draft.changes.push(put(grants, grant, next))
    if (waitingFor === null) {
      draft.changes.push(enqueueGrant(context.runtime, 'grant.deliver', next))
    }
  }
}

/** Have its days ended while it was suspended? What was taken back is not delivered again then. */
function isOver({ validUntil }: Entitlement, grant: Grant | null, now: Instant): boolean {
  return grant !== null && grant.state !== 'waiting' && validUntil !== null && validUntil <= now
}

/** What has not begun yet begins now, if it waits for nothing else; a right that was suspended has its days of before. */
function released(right: Entitlement, grant: Grant | null, waitingFor: WaitingFor | null, now: Instant): Entitlement {
  if (waitingFor !== null) return { ...right, state: 'pending' }
  const hasBegun = grant === null ? right.state === 'suspended' : grant.state !== 'waiting'
  const start = grant === null ? right.validFrom : grant.serviceStart
  return { ...(hasBegun ? right : begun(right, { now, start })), state: 'active' }
}

function waitsAfterPayment(grant: Grant, context: ApplyContext): WaitingFor | null {
  if (needsClaim(context, grant.customerId, grant.provider)) return 'claim'
  return lacksRun(grant) ? 'run_choice' : null
}

/**
 * A grant that was, or is being, withdrawn is delivered anew: of the key of before, the provider knows that it has ended.
 * What is not withdrawn yet was given all the same, and says so.
 */
function anew(grant: Grant): Grant {
  switch (grant.state) {
    case 'withdrawn': {
      const { found: _found, ...rest } = grant // of a round that is over
      return { ...rest, round: grant.round + 1, ...{ before: null, learner: null, detail: null, deliveredAt: null } }
    }
    case 'withdrawing':
    case 'withdraw_parked':
      return { ...grant, round: grant.round + 1 }
    default:
      return grant
  }
}

/**
 * Takes back what an order gave. Seats of runs are given back with it, but where money is missed that may come yet: that right
 * keeps its place until the order is ended.
 */
function withdrawDeliveries(
  draft: OrderDraft,
  context: Pick<ApplyContext, 'runtime' | 'given'>,
  why: 'money_missed' | 'money_back' | 'cancelled',
): void {
  const state = why === 'cancelled' ? 'withdrawn' : 'suspended'
  for (const { entitlement, grant } of context.given) {
    if (entitlement.body.state === 'withdrawn') continue
    draft.changes.push(put(entitlements, entitlement, { ...entitlement.body, state }))
    if (grant === null) continue
    const seat =
      why === 'money_missed' ? { changes: [], grant: grant.body } : seatGivenBack(entitlement.body, grant.body)
    draft.changes.push(...seat.changes)
    const next = takenBack(seat.grant, state)
    if (next !== grant.body) draft.changes.push(put(grants, grant, next))
    const isToWithdraw = next.state === 'withdrawing' && grant.body.state !== 'withdrawing'
    if (isToWithdraw) draft.changes.push(enqueueGrant(context.runtime, 'grant.withdraw', grant.body))
  }
}

function takenBack(grant: Grant, state: 'suspended' | 'withdrawn'): Grant {
  if (grant.state === 'withdrawn' || grant.state === 'withdrawing') return grant
  if (grant.state !== 'waiting') return { ...grant, state: 'withdrawing', waitingFor: null, delay: null }
  return state === 'suspended'
    ? { ...grant, waitingFor: 'payment' }
    : { ...grant, state: 'withdrawn', waitingFor: null }
}
