import type { DeliveryDelay, Grant } from '../entitlement/index.ts'
import type { DeliveryAnswer, Scope } from '../ports/index.ts'
import type { JobOutcome } from '../storage/index.ts'
import { addMilliseconds } from '../time/index.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'
import { changeGrant } from './open-grant.ts'
import type { ProviderGate } from './provider-gate.ts'

/** Wait after the first answer that was neither yes nor no, in milliseconds; it doubles, up to a quarter of an hour. */
const FIRST_WAIT = 2000
/** The longest wait, and how often something under way is asked about, in milliseconds. */
const LONGEST_WAIT = 15 * 60 * 1000

/** An answer that was neither yes nor no, to which try of the job, and who knows whether there is any point in more. */
interface Delayed {
  readonly answer: Extract<DeliveryAnswer, { outcome: 'pending' | 'unknown' }>
  readonly attempt: number
  readonly gate: ProviderGate
}

/**
 * Has a job come again, and keeps with the grant why and when, for whoever waits for it. It never gives up: a platform
 * may be down for weeks. While its provider is left alone, the job keeps the place that its sale has in the queue: the gate
 * alone says when it goes on.
 */
export async function putOff(
  ports: Pick<FulfilmentPorts, 'storage' | 'runtime'>,
  scope: Scope,
  { id: grantId, state, provider, soldAt }: Pick<Grant, 'id' | 'state' | 'provider' | 'soldAt'>,
  { answer, attempt, gate }: Delayed,
): Promise<JobOutcome> {
  const now = ports.runtime.now()
  const nextAttemptAt = addMilliseconds(now, waitOf(answer, attempt))
  const isUnknown = answer.outcome === 'unknown'
  const reason = isUnknown ? answer.reason : 'under way at the provider'
  const delay: DeliveryDelay = { reason: isUnknown ? 'not_answering' : 'under_way', nextAttemptAt }
  await changeGrant(ports, scope, grantId, (grant) =>
    grant.state === state ? { ...grant, reason: reason.slice(0, 1000), delay } : grant,
  )
  const inTurn = soldAt < now ? soldAt : now
  const runAt = gate.shut().includes(provider) ? inTurn : nextAttemptAt
  return { outcome: 'again', runAt, reason, waitsFor: provider }
}

function waitOf(answer: Delayed['answer'], attempt: number): number {
  if (answer.outcome === 'pending') return LONGEST_WAIT
  return Math.min(LONGEST_WAIT, answer.retryAfterMs ?? FIRST_WAIT * 2 ** Math.min(attempt - 1, 20))
}
