import type { DeliveryDelay, Grant } from '../entitlement/index.ts'
import type { DeliveryAnswer, Scope } from '../ports/index.ts'
import type { JobOutcome } from '../storage/index.ts'
import { addMilliseconds } from '../time/index.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'
import { changeGrant } from './open-grant.ts'

/** Wait after the first answer that was neither yes nor no, in milliseconds; it doubles, up to a quarter of an hour. */
const FIRST_WAIT = 2000
/** The longest wait, and how often something under way is asked about, in milliseconds. */
const LONGEST_WAIT = 15 * 60 * 1000

/**
 * Has a job come again, and keeps with the grant why and when, for whoever waits for it. It never gives up: a platform
 * may be down for weeks.
 */
export async function putOff(
  ports: Pick<FulfilmentPorts, 'storage' | 'runtime'>,
  scope: Scope,
  { grantId, state }: { grantId: string; state: Grant['state'] },
  answer: Extract<DeliveryAnswer, { outcome: 'pending' | 'unknown' }>,
  attempt: number,
): Promise<JobOutcome> {
  const runAt = addMilliseconds(ports.runtime.now(), waitOf(answer, attempt))
  const isUnknown = answer.outcome === 'unknown'
  const reason = isUnknown ? answer.reason : 'under way at the provider'
  const delay: DeliveryDelay = { reason: isUnknown ? 'not_answering' : 'under_way', nextAttemptAt: runAt }
  await changeGrant(ports, scope, grantId, (grant) =>
    grant.state === state ? { ...grant, reason: reason.slice(0, 1000), delay } : grant,
  )
  return { outcome: 'again', runAt, reason }
}

function waitOf(answer: Extract<DeliveryAnswer, { outcome: 'pending' | 'unknown' }>, attempt: number): number {
  if (answer.outcome === 'pending') return LONGEST_WAIT
  return Math.min(LONGEST_WAIT, answer.retryAfterMs ?? FIRST_WAIT * 2 ** Math.min(attempt - 1, 20))
}
