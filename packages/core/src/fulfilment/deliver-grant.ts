import { deliveryKey, type Grant } from '../entitlement/index.ts'
import type { DeliveryAnswer, FulfilmentProvider, Scope } from '../ports/index.ts'
import type { JobHandler, JobOutcome } from '../storage/index.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'
import { changeGrant, inTurnOfSubject, type OpenGrant, openGrant } from './open-grant.ts'
import type { ProviderGate } from './provider-gate.ts'
import { putOff } from './put-off.ts'
import { rememberBefore } from './remember-before.ts'

/**
 * Delivers a grant: the provider is called with the grant's id, so that a repeat has no second effect. An answer that is
 * neither yes nor no is repeated until it is one, however long a platform is down; a refusal is parked where staff see it.
 */
export function deliverJob(ports: FulfilmentPorts, gate: ProviderGate): JobHandler<'grant.deliver'> {
  return async ({ grantId }, job) => {
    const scope = { operator: job.scope.operator }
    const seen = await openGrant(ports, scope, grantId)
    ports.step('d1_grant_leased')
    if (seen === null || seen.grant.body.state !== 'queued') return { outcome: 'done' }
    return inTurnOfSubject(ports, scope, seen.grant.body, async () => {
      const opened = await openGrant(ports, scope, grantId)
      if (opened === null || opened.grant.body.state !== 'queued') return { outcome: 'done' }
      const provider = ports.fulfilment[opened.grant.body.provider]
      if (provider === undefined) return park(ports, scope, grantId, 'no provider of this name is configured')
      const answer = await ask(ports, gate, scope, { opened, provider })
      if (answer.outcome === 'done' && answer.before !== undefined) {
        await rememberBefore(ports, scope, grantId, { provider, before: answer.before })
      }
      return settleDelivery(ports, scope, opened.grant.body, answer, job.attempt)
    })
  }
}

async function ask(
  ports: FulfilmentPorts,
  gate: ProviderGate,
  scope: Scope,
  { opened, provider }: { opened: OpenGrant; provider: FulfilmentProvider },
): Promise<DeliveryAnswer> {
  const { id, target, soldAt, orderNumber, before, provider: name } = opened.grant.body
  const grantId = deliveryKey(opened.grant.body)
  ports.step('d2_provider_called')
  const answer = await gate.ask(name, id, () =>
    provider.deliver({
      ...{ grantId, recipient: opened.recipient, target, soldAt, orderNumber, before },
      remember: (found) => rememberBefore(ports, scope, id, { provider, before: found }),
    }),
  )
  ports.step('d3_provider_answered')
  return answer
}

async function settleDelivery(
  ports: FulfilmentPorts,
  scope: Scope,
  { id: grantId, round }: Grant,
  answer: DeliveryAnswer,
  attempt: number,
): Promise<JobOutcome> {
  switch (answer.outcome) {
    case 'done':
      await changeGrant(ports, scope, grantId, (grant) =>
        grant.state === 'queued' && grant.round === round
          ? {
              ...grant,
              ...{ state: 'delivered', reason: null, delay: null, detail: answer.detail ?? null },
              deliveredAt: ports.runtime.now(),
            }
          : grant,
      )
      ports.step('d4_grant_committed')
      return { outcome: 'done' }
    case 'refused':
      return park(ports, scope, grantId, answer.reason)
    default:
      return putOff(ports, scope, { grantId, state: 'queued' }, answer, attempt)
  }
}

/** A refusal is the grant's own state, where staff see and repeat it; the job has done its part. */
async function park(ports: FulfilmentPorts, scope: Scope, grantId: string, reason: string): Promise<JobOutcome> {
  await changeGrant(ports, scope, grantId, (grant) =>
    // A refusal is definite: nothing was given, so nothing is to be restored.
    grant.state === 'queued' ? { ...grant, state: 'parked', reason, delay: null, before: null } : grant,
  )
  ports.logger.warn('delivery parked', { grant: grantId, reason })
  return { outcome: 'done' }
}
