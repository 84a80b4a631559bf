import type { Grant } from '../entitlement/index.ts'
import type { Scope } from '../ports/index.ts'
import type { JobOutcome } from '../storage/index.ts'
import { addMilliseconds } from '../time/index.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'
import { changeGrant } from './open-grant.ts'
import type { ProviderGate } from './provider-gate.ts'

/** Until then a process that has the provider has looked, in milliseconds, if there is one. */
const SOON = 15 * 60 * 1000

/**
 * Leaves a grant to a process that has its provider: while a release is rolled out, those of the old configuration do jobs
 * too, and what they do not know is no refusal. It keeps the place that its sale has in the queue; this process looks at no
 * more that wait for this provider.
 */
export async function awaitProvider(
  ports: Pick<FulfilmentPorts, 'storage' | 'runtime' | 'logger'>,
  gate: ProviderGate,
  scope: Scope,
  { id: grantId, state, provider, soldAt }: Pick<Grant, 'id' | 'state' | 'provider' | 'soldAt'>,
): Promise<JobOutcome> {
  if (gate.leave(provider)) {
    ports.logger.warn('deliveries wait for a process that has their provider: this one has not', { provider })
  }
  const now = ports.runtime.now()
  const reason = 'no provider of this name is configured'
  const delay = { reason: 'not_configured', nextAttemptAt: addMilliseconds(now, SOON) } as const
  await changeGrant(ports, scope, grantId, (grant) =>
    // Said once: since when it waits tells a rollout from a mistake.
    grant.state !== state || grant.delay?.reason === 'not_configured' ? grant : { ...grant, reason, delay },
  )
  return { outcome: 'again', runAt: soldAt < now ? soldAt : now, reason, waitsFor: provider }
}
