import type { DeliveryDelay, Grant } from '../entitlement/index.ts'
import type { Scope } from '../ports/index.ts'
import type { JobOutcome } from '../storage/index.ts'
import { addMilliseconds } from '../time/index.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'
import { changeGrant } from './open-grant.ts'
import type { GateAnswer } from './provider-gate.ts'

/** Wait after the first answer that was neither yes nor no, in milliseconds; it doubles, up to a quarter of an hour. */
const FIRST_WAIT = 2000
/** The longest wait, and how often something under way is asked about, in milliseconds. */
const LONGEST_WAIT = 15 * 60 * 1000

/** An answer that was neither yes nor no, and to which try of the job. */
interface Delayed {
  readonly answer: Extract<GateAnswer, { outcome: 'pending' | 'unknown' }>
  readonly attempt: number
}

/**
 * Has a job come again, and keeps with the grant why and when, for whoever waits for it. It never gives up: a platform
 * may be down for weeks. A job of which the provider was not even asked keeps the place that its sale has in the queue; one that
 * was goes behind those, so that a few that never get an answer do not keep the others from being tried.
 */
export async function putOff(
  ports: Pick<FulfilmentPorts, 'storage' | 'runtime'>,
  scope: Scope,
  { id: grantId, round, state, provider, soldAt }: Pick<Grant, 'id' | 'round' | 'state' | 'provider' | 'soldAt'>,
  { answer, attempt }: Delayed,
): Promise<JobOutcome> {
  const now = ports.runtime.now()
  const nextAttemptAt = addMilliseconds(now, waitOf(answer, attempt))
  const isUnknown = answer.outcome === 'unknown'
  const reason = isUnknown ? answer.reason : 'under way at the provider'
  const delay: DeliveryDelay = { reason: isUnknown ? 'not_answering' : 'under_way', nextAttemptAt }
  await changeGrant(ports, scope, grantId, (grant) =>
    grant.state === state && grant.round === round ? { ...grant, reason, delay } : grant,
  )
  const inTurn = soldAt < now ? soldAt : now
  const runAt = answer.isNotAsked ? inTurn : nextAttemptAt
  return { outcome: 'again', runAt, reason, waitsFor: provider }
}

function waitOf(answer: Delayed['answer'], attempt: number): number {
  if (answer.outcome === 'pending') return LONGEST_WAIT
  return Math.min(LONGEST_WAIT, answer.retryAfterMs ?? FIRST_WAIT * 2 ** Math.min(attempt - 1, 20))
}
