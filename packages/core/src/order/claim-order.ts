import {
  begun,
  type Entitlement,
  enqueueGrant,
  entitlements,
  type Grant,
  grants,
  lacksRun,
} from '../entitlement/index.ts'
import type { Stored } from '../ports/index.ts'
import type { Hold } from '../pricing/index.ts'
import { put } from '../storage/index.ts'
import type { ApplyContext } from './apply-payment.ts'
import { needsClaim } from './entitle.ts'
import type { Order, OrderLine } from './order.ts'
import { emit, type OrderDraft } from './order-draft.ts'

/** Whose it was, a person without an account, and who claims it. Customer ids. */
export interface Claim {
  /** The record that was waiting. */
  from: string
  /** Who claims. */
  to: string
}

/**
 * Gives what an order holds for a person without an account to the one who claims it: the order itself where they bought it,
 * their lines, rights and deliveries. What waited for the claim is delivered now. Pure but for the draft.
 */
export function claimOrder(
  draft: OrderDraft,
  claim: Claim,
  context: Pick<ApplyContext, 'runtime' | 'given' | 'recipients' | 'needsLearner'>,
): void {
  const isBuyer = draft.order.customerId === claim.from
  if (isBuyer) moveUses(draft, claim)
  draft.order = {
    ...draft.order,
    customerId: isBuyer ? claim.to : draft.order.customerId,
    tokenHash: isBuyer ? null : draft.order.tokenHash,
    lines: draft.order.lines.map((line) => claimLine(line, claim)),
  }
  for (const { entitlement, grant } of context.given) claimRight(draft, claim, entitlement, grant, context)
  emit(draft, 'order.claimed', { from: claim.from, to: claim.to })
}

/** Is there anything in this order that waits for the record's owner? */
export function isClaimable(order: Order, from: string): boolean {
  return order.customerId === from || order.lines.some(({ recipient }) => isFor(recipient, from))
}

/** Who was named by an e-mail, or by a learner's id: that one cannot sign in either, to choose a run or to see what they have. */
const isFor = (recipient: OrderLine['recipient'], customerId: string): boolean =>
  recipient.type !== 'buyer' && recipient.customerId === customerId

function claimLine(line: OrderLine, { from, to }: Claim): OrderLine {
  return isFor(line.recipient, from) ? { ...line, recipient: { type: 'customer', customerId: to } } : line
}

/**
 * What is counted per customer is used by the one who claims, past the limit too: it was sold. Uses of promotions and codes, and
 * the place among the customer's orders, stay the address's besides: who buys as a guest again has not begun anew.
 */
function moveUses(draft: OrderDraft, claim: Claim): void {
  const { id, holds, returned, placedAt } = draft.order
  for (const { counter, n } of holds) {
    const own = counterOf(counter, claim)
    if (own === null) continue
    if (!staysUsed(counter)) draft.changes.push({ do: 'releaseHold', counter, hold: id })
    draft.changes.push({ do: 'hold', counter: own, hold: id, n, limit: Number.MAX_SAFE_INTEGER, due: draft.now })
    if (placedAt !== null) draft.changes.push({ do: 'commitHold', counter: own, hold: id })
  }
  const moved = (held: readonly Hold[]) => held.flatMap((hold) => afterClaim(hold, claim))
  draft.order = {
    ...draft.order,
    holds: moved(holds),
    ...(returned === undefined ? {} : { returned: moved(returned) }),
  }
}

function afterClaim(hold: Hold, claim: Claim): readonly Hold[] {
  const counter = counterOf(hold.counter, claim)
  if (counter === null) return [hold]
  const own = { ...hold, counter }
  return staysUsed(hold.counter) ? [hold, own] : [own]
}

/** The claimer's own counter of what this one counts for who waited; null of one that is no person's. */
const counterOf = (counter: string, { from, to }: Claim): string | null =>
  counter.endsWith(`:${from}`) ? `${counter.slice(0, -from.length)}${to}` : null

const staysUsed = (counter: string): boolean => ['promotion', 'code', 'orders'].includes(counter.split(':', 1)[0] ?? '')

function claimRight(
  draft: OrderDraft,
  { from, to }: Claim,
  entitlement: Stored<Entitlement>,
  grant: Stored<Grant> | null,
  context: Pick<ApplyContext, 'runtime' | 'recipients' | 'needsLearner'>,
): void {
  const { customerId, buyerId, state } = entitlement.body
  const isTheirs = customerId === from
  if (!isTheirs && buyerId !== from) return
  const buyer = buyerId === from && draft.order.customerId === to ? to : buyerId
  const isReady = isTheirs && grant?.body.waitingFor === 'claim' && !needsClaim(context, to, grant.body.provider)
  const mayGo = isReady && !lacksRun(grant.body)
  const begins = mayGo && state === 'pending'
  const next: Entitlement = {
    ...(begins ? begun(entitlement.body, { now: draft.now, start: grant.body.serviceStart }) : entitlement.body),
    customerId: isTheirs ? to : customerId,
    buyerId: buyer,
    state: begins ? 'active' : state,
  }
  draft.changes.push(put(entitlements, entitlement, next))
  if (grant === null || !isTheirs) return
  const goesOn: Partial<Grant> = mayGo ? { state: 'queued', waitingFor: null } : { waitingFor: 'run_choice' }
  const moved: Grant = { ...grant.body, customerId: to, ...(isReady ? goesOn : {}) }
  draft.changes.push(put(grants, grant, moved))
  if (mayGo) draft.changes.push(enqueueGrant(context.runtime, 'grant.deliver', moved))
}
