import { type Customer, learnerOf } from '../customer/index.ts'
import {
  begun,
  type Entitlement,
  enqueueGrant,
  entitlements,
  type Grant,
  grants,
  type WaitingFor,
} from '../entitlement/index.ts'
import type { Runtime } from '../ports/index.ts'
import { insert } from '../storage/index.ts'
import { addMilliseconds } from '../time/index.ts'
import { isRefunded } from './money-state.ts'
import type { OrderLine, Part } from './order.ts'
import type { OrderDraft } from './order-draft.ts'

const DAY = 24 * 60 * 60 * 1000

/** What making entitlements needs to know. */
export interface EntitleContext {
  /** Source of ids. */
  runtime: Pick<Runtime, 'newId'>
  /** Recipients by customer id. */
  recipients: ReadonlyMap<string, Customer>
  /** Does this provider deliver to a learner's account only? */
  needsLearner: (provider: string) => boolean
  /** May delivery begin now? */
  isDeliverable: boolean
}

/** Makes an entitlement and a grant for each unit and part of a placed order. */
export function entitle(draft: OrderDraft, context: EntitleContext): void {
  for (const line of draft.order.lines) {
    for (let unit = 1; unit <= line.quantity; unit += 1) {
      for (const part of line.parts) entitlePart(draft, context, { line, unit, part })
    }
  }
}

function entitlePart(
  draft: OrderDraft,
  context: EntitleContext,
  place: { line: OrderLine; unit: number; part: Part },
): void {
  const { order, now } = draft
  const { line, unit, part } = place
  const customerId = line.recipient.type === 'buyer' ? order.customerId : line.recipient.customerId
  const waitingFor = waitsFor(context, customerId, part)
  const right: Entitlement = {
    id: context.runtime.newId('ent'),
    customerId,
    buyerId: order.customerId,
    variantId: part.variantId,
    productId: part.productId,
    source: { type: 'order', site: draft.site, orderId: order.id, lineId: line.id, unit, part: part.id },
    state: waitingFor === null ? 'active' : isRefunded(order.money) ? 'suspended' : 'pending',
    validFrom: now,
    validUntil: part.validityDays === null ? null : addMilliseconds(now, part.validityDays * DAY),
    soldAt: order.createdAt,
  }
  const entitlement = begun(right, { now, start: part.serviceStart })
  draft.changes.push(insert(entitlements, entitlement.id, entitlement))
  if (part.fulfilment === null) return
  const grant: Grant = {
    id: context.runtime.newId('grt'),
    round: 1,
    entitlementId: entitlement.id,
    customerId,
    provider: part.fulfilment.provider,
    target: part.fulfilment.target,
    site: draft.site,
    orderId: order.id,
    orderNumber: order.number,
    lineId: line.id,
    unit,
    part: part.id,
    ...(part.choosesRun ? { run: null } : {}),
    state: waitingFor === null ? 'queued' : 'waiting',
    waitingFor,
    reason: null,
    delay: null,
    before: null,
    detail: null,
    soldAt: order.createdAt,
    serviceStart: part.serviceStart,
    deliveredAt: null,
  }
  draft.changes.push(insert(grants, grant.id, grant))
  if (waitingFor === null) {
    draft.changes.push(enqueueGrant(context.runtime, 'grant.deliver', grant))
  }
}

function waitsFor(context: EntitleContext, customerId: string, part: Part): WaitingFor | null {
  if (!context.isDeliverable) return 'payment'
  if (needsClaim(context, customerId, part.fulfilment?.provider ?? null)) return 'claim'
  return part.choosesRun && part.fulfilment !== null ? 'run_choice' : null
}

/** Must somebody sign in before this can be delivered? */
export function needsClaim(
  context: Pick<EntitleContext, 'recipients' | 'needsLearner'>,
  customerId: string,
  provider: string | null,
): boolean {
  if (provider === null || !context.needsLearner(provider)) return false
  const customer = context.recipients.get(customerId)
  return customer === undefined || learnerOf(customer, provider) === null
}
