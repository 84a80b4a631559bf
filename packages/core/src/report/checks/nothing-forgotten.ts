import type { Grant } from '../../entitlement/index.ts'
import { hasFailedMoney } from '../../journal/index.ts'
import { isRefunded } from '../../order/index.ts'
import { ENDED, isOverdue, type Payment } from '../../payment/index.ts'
import { addMilliseconds } from '../../time/index.ts'
import { type Check, openCase, type Problem } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

/** So long after its time a payment may still wait for its job, in milliseconds: an hour, the reconciler's longest wait. */
const PATIENCE = 60 * 60 * 1000
/** So long after it was placed an order that was sold on something unknown is named, in milliseconds: thirty days. */
const REVIEW = 30 * 24 * PATIENCE

/** I16: nothing waits for ever unseen: what is past its time has a job that settles it, or is a person's case. */
export const nothingForgotten: Check<OrderFacts> = {
  name: 'nothing waits unseen',
  invariant: 'I16',
  find: (facts) => [
    ...givenToNobody(facts),
    ...unchoosable(facts),
    ...lapsed(facts),
    ...unsettled(facts),
    ...unreviewed(facts),
  ],
}

/** What waits for somebody whose data were erased is never claimed, nor its run chosen, unless its money went back already. */
function givenToNobody({ order, entitlements, grants, erased }: OrderFacts): Problem[] {
  if (isRefunded(order.money)) return []
  const lines = new Map(order.lines.map(({ id, recipient }) => [id, recipient.type]))
  const waiting = new Set(grants.flatMap((grant) => (isForRecipient(grant) ? [grant.entitlementId] : [])))
  return entitlements.flatMap(({ id, customerId, state, source }) => {
    const isClaimed = lines.get(source.lineId) !== 'claim' && !waiting.has(id)
    if (isClaimed || state === 'withdrawn' || !erased.has(customerId)) return []
    return [openCase(id, 'waits for somebody whose data were erased: nobody can claim it')]
  })
}

/** What was sold while its variant had a list of runs waits for ever where the list was taken away. An empty one is filled later. */
function unchoosable({ order, entitlements, grants, runless }: OrderFacts): Problem[] {
  if (isRefunded(order.money)) return []
  const waiting = new Set(grants.flatMap((one) => (one.waitingFor === 'run_choice' ? [one.entitlementId] : [])))
  return entitlements.flatMap(({ id, variantId }) => {
    if (!waiting.has(id) || !runless.has(variantId)) return []
    return [
      openCase(id, `waits for its run to be chosen, and the variant ${variantId} has no \`runs\`: list them again`),
    ]
  })
}

const isForRecipient = ({ waitingFor }: Grant): boolean => waitingFor === 'claim' || waitingFor === 'run_choice'

/** An order that was placed on money that never came, or of which only a part came, and that nobody can pay any more. */
function lapsed({ order, payments, journal, now }: OrderFacts): Problem[] {
  const { state, total, money, onAccount } = order
  if (state !== 'placed' || total === 0 || onAccount || money.captured >= total || isRefunded(money)) return []
  const isOver = payments.every((payment) => ENDED.includes(payment.state) || payment.captured > 0)
  if (!isOver) return []
  if (money.captured > 0) {
    // A processor may take it in steps.
    const last = journal.at(-1)
    if (last !== undefined && now < addMilliseconds(last.recordedAt, PATIENCE)) return []
    const came = `of ${total} ${money.captured} were captured`
    const kept = money.refunded === 0 ? 'them' : `the ${money.captured - money.refunded} that are left`
    const todo = `unless its processor still takes it, give ${kept} back there, then end it`
    return [openCase(order.id, `${came}, and nobody can pay the rest: ${todo}`)]
  }
  if (hasFailedMoney(journal)) return []
  return [openCase(order.id, 'was placed, and nobody can pay it any more: end it')]
}

function unsettled(facts: OrderFacts): Problem[] {
  const { order, payments, now } = facts
  return payments.flatMap((payment): Problem[] => {
    if (payment.state === 'authorized' && payment.captureBefore !== null && payment.captureBefore < now) {
      return [openCase(payment.id, `was not captured until ${payment.captureBefore}: its authorisation is lost`)]
    }
    const isLate = addMilliseconds(payment.expiresAt, PATIENCE) < now
    if (!isLate || !isUnsettled(facts, payment)) return []
    const what = `is ${payment.state}, of an order that is ${order.state}, since ${payment.expiresAt}`
    if (!facts.jobs.has('payment.reconcile', payment.id)) {
      return [{ record: payment.id, message: `${what}, and no job asks about it` }]
    }
    // Of an order that has ended, nothing waits for it.
    if (order.state !== 'pending' || !isOverdue(payment, now)) return []
    return [openCase(payment.id, `${what}: close it at its processor, or end the order`)]
  })
}

/** Can it still be paid, or does its order still wait for it? */
function isUnsettled({ order }: OrderFacts, payment: Payment): boolean {
  const isLast = order.paymentId === payment.id
  if (order.state === 'pending' && isLast) return true
  if (ENDED.includes(payment.state) || payment.captured > 0) return false
  const isAccepted = isLast && order.placedAt !== null && order.state !== 'cancelled'
  return !(isAccepted && (payment.onAccount || payment.state === 'authorized'))
}

/** What was sold without knowing what it depends on is a person's to look at, while it stands and for a while. */
function unreviewed({ order, now }: OrderFacts): Problem[] {
  const { id, state, placedAt, money, reviews } = order
  const isOpen =
    placedAt !== null && state !== 'cancelled' && !isRefunded(money) && now < addMilliseconds(placedAt, REVIEW)
  return isOpen ? reviews.map((what) => openCase(id, `was sold without knowing ${UNKNOWN[what]}: review it`)) : []
}

const UNKNOWN: { readonly [review in OrderFacts['order']['reviews'][number]]: string } = {
  ownership: 'what the buyer owns',
  tax: 'its tax from the tax service',
  screening: 'whether it may be sold to the buyer',
}
