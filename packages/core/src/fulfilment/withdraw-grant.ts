import { grants } from '../entitlement/index.ts'
import type { Json } from '../json/index.ts'
import type { Scope } from '../ports/index.ts'
import { type JobHandler, listAll } from '../storage/index.ts'
import { again, backoff, changeGrant, openGrant } from './deliver-grant.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'

/** Takes back what a grant gave, leaving what the recipient's other live grants and the state before it gave. */
export function withdrawJob(ports: FulfilmentPorts): JobHandler<'grant.withdraw'> {
  return async ({ grantId }, job) => {
    const scope = { operator: job.scope.operator }
    const opened = await openGrant(ports, scope, grantId)
    if (opened === null || opened.grant.body.state !== 'withdrawing') return { outcome: 'done' }
    const { grant, recipient } = opened
    const provider = ports.fulfilment[grant.body.provider]
    const answer =
      provider === undefined
        ? ({ outcome: 'refused', reason: 'no provider of this name is configured' } as const)
        : await provider.withdraw({
            grantId,
            recipient,
            target: grant.body.target,
            before: grant.body.before,
            remaining: await remainingTargets(ports, scope, grant.body),
          })
    switch (answer.outcome) {
      case 'done':
        await changeGrant(ports, scope, grantId, (now) =>
          now.state === 'withdrawing' ? { ...now, state: 'withdrawn', reason: null } : now,
        )
        return { outcome: 'done' }
      case 'refused':
        await changeGrant(ports, scope, grantId, (now) =>
          now.state === 'withdrawing' ? { ...now, state: 'withdraw_parked', reason: answer.reason } : now,
        )
        ports.logger.warn('withdrawal parked', { grant: grantId, reason: answer.reason })
        return { outcome: 'done' }
      case 'pending':
        return again(ports, backoff(job.attempt), 'under way at the provider')
      case 'unknown':
        return again(ports, answer.retryAfterMs ?? backoff(job.attempt), answer.reason)
    }
  }
}

/** Targets of the recipient's other grants at this provider that live or are about to. */
async function remainingTargets(
  ports: FulfilmentPorts,
  scope: Scope,
  grant: { id: string; customerId: string; provider: string },
): Promise<Json[]> {
  const all = await listAll(ports.storage, scope, grants, {
    index: 'customerProvider',
    equals: [grant.customerId, grant.provider],
  })
  return all
    .filter(({ id, body }) => id !== grant.id && (body.state === 'delivered' || body.state === 'queued'))
    .map(({ body }) => body.target)
}
