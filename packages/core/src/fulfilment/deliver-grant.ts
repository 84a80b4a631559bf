import { type Customer, customers } from '../customer/index.ts'
import { type Grant, grants } from '../entitlement/index.ts'
import type { DeliveryAnswer, DeliveryRecipient, Scope, Stored } from '../ports/index.ts'
import { byId, decide, type JobHandler, type JobOutcome, put, readAll } from '../storage/index.ts'
import { addMilliseconds } from '../time/index.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'

/** Wait after the first answer that was neither yes nor no, in milliseconds; it doubles, up to an hour. */
const FIRST_WAIT = 2000
const LONGEST_WAIT = 60 * 60 * 1000
/** How often something under way by hand or by the provider is asked about, in milliseconds. */
const ASK_AGAIN = 15 * 60 * 1000

/**
 * Delivers a grant: the provider is called with the grant's id, so that a repeat has no second effect. An answer that is
 * neither yes nor no is repeated until it is one, however long a platform is down; a refusal is parked where staff see it.
 */
export function deliverJob(ports: FulfilmentPorts): JobHandler<'grant.deliver'> {
  return async ({ grantId }, job) => {
    const scope = { operator: job.scope.operator }
    const opened = await openGrant(ports, scope, grantId)
    ports.step('d1_grant_leased')
    if (opened === null || opened.grant.body.state !== 'queued') return { outcome: 'done' }
    const provider = ports.fulfilment[opened.grant.body.provider]
    if (provider === undefined) return park(ports, scope, grantId, 'no provider of this name is configured')
    const { id, target, soldAt, orderNumber } = opened.grant.body
    ports.step('d2_provider_called')
    const answer = await provider.deliver({ grantId: id, recipient: opened.recipient, target, soldAt, orderNumber })
    ports.step('d3_provider_answered')
    return settleDelivery(ports, scope, grantId, answer, job.attempt)
  }
}

async function settleDelivery(
  ports: FulfilmentPorts,
  scope: Scope,
  grantId: string,
  answer: DeliveryAnswer,
  attempt: number,
): Promise<JobOutcome> {
  switch (answer.outcome) {
    case 'done':
      await changeGrant(ports, scope, grantId, (grant) =>
        grant.state === 'queued'
          ? {
              ...grant,
              state: 'delivered',
              reason: null,
              before: grant.before ?? answer.before ?? null,
              detail: answer.detail ?? null,
              deliveredAt: ports.runtime.now(),
            }
          : grant,
      )
      ports.step('d4_grant_committed')
      return { outcome: 'done' }
    case 'pending':
      return again(ports, ASK_AGAIN, 'under way at the provider')
    case 'refused':
      return park(ports, scope, grantId, answer.reason)
    case 'unknown':
      return again(ports, answer.retryAfterMs ?? backoff(attempt), answer.reason)
  }
}

/** A refusal is the grant's own state, where staff see and repeat it; the job has done its part. */
async function park(ports: FulfilmentPorts, scope: Scope, grantId: string, reason: string): Promise<JobOutcome> {
  await changeGrant(ports, scope, grantId, (grant) =>
    grant.state === 'queued' ? { ...grant, state: 'parked', reason } : grant,
  )
  ports.logger.warn('delivery parked', { grant: grantId, reason })
  return { outcome: 'done' }
}

/** Waits longer each time, and never gives up: a platform may be down for weeks. */
export function backoff(attempt: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempt - 1, 20))
}

/** The outcome of a job that has to come again. */
export function again(ports: Pick<FulfilmentPorts, 'runtime'>, wait: number, reason: string): JobOutcome {
  return { outcome: 'again', runAt: addMilliseconds(ports.runtime.now(), wait), reason }
}

/** A grant and its recipient as the provider is shown it. */
export async function openGrant(
  ports: Pick<FulfilmentPorts, 'storage'>,
  scope: Scope,
  grantId: string,
): Promise<{ grant: Stored<Grant>; recipient: DeliveryRecipient } | null> {
  const [grant] = await readAll(ports.storage, scope, byId(grants, grantId))
  if (grant === null) return null
  const [customer] = await readAll(ports.storage, scope, byId(customers, grant.body.customerId))
  return { grant, recipient: recipientOf(grant.body, customer?.body ?? null) }
}

/** Who gets it: the learner's account by its link, else the id that the host knows the customer by. */
function recipientOf(grant: Grant, customer: Customer | null): DeliveryRecipient {
  const link = customer?.links.find(({ platform }) => platform === grant.provider)
  return {
    customerId: grant.customerId,
    learnerId: link?.learnerId ?? customer?.hostId ?? null,
    email: customer?.email ?? null,
    name: customer?.name ?? null,
  }
}

/** Changes a grant as it is now. */
export function changeGrant(
  ports: Pick<FulfilmentPorts, 'storage' | 'runtime'>,
  scope: Scope,
  grantId: string,
  change: (grant: Grant) => Grant,
): Promise<Grant | null> {
  return decide<Grant | null>(ports, scope, async () => {
    const [stored] = await readAll(ports.storage, scope, byId(grants, grantId))
    if (stored === null) return { answer: null }
    const next = change(stored.body)
    return next === stored.body ? { answer: next } : { changes: [put(grants, stored, next)], done: () => next }
  })
}
