import { deliveryKey, enqueueGrant, type Grant } from '../entitlement/index.ts'
import { type Json, ownValue } from '../json/index.ts'
import type { Change, DeliveryAnswer, FulfilmentProvider, Scope, Stored } from '../ports/index.ts'
import type { JobHandler, JobOutcome } from '../storage/index.ts'
import type { Instant } from '../time/index.ts'
import { awaitProvider } from './await-provider.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'
import { changeGrant, inTurnOfSubject, learnerChanged, type OpenGrant, openGrant } from './open-grant.ts'
import type { GateAnswer, ProviderGate } from './provider-gate.ts'
import { putOff } from './put-off.ts'
import { rememberBefore } from './remember-before.ts'
import { withoutRecipient } from './without-recipient.ts'

/**
 * Delivers a grant: the provider is called with the grant's id, so that a repeat has no second effect. An answer that is
 * neither yes nor no is repeated until it is one, however long a platform is down; a refusal is parked where staff see it.
 */
export function deliverJob(ports: FulfilmentPorts, gate: ProviderGate): JobHandler<'grant.deliver'> {
  return async ({ grantId, customerId }, job) => {
    const scope = { operator: job.scope.operator }
    const seen = await openGrant(ports, scope, { grantId, customerId })
    ports.step('d1_grant_leased')
    if (seen === null || seen.grant.body.state !== 'queued') return { outcome: 'done' }
    return inTurnOfSubject(ports, scope, seen, async (opened) => {
      if (opened === null || opened.grant.body.state !== 'queued') return { outcome: 'done' }
      const provider = ownValue(ports.fulfilment, opened.grant.body.provider)
      if (provider === undefined) return awaitProvider(ports, gate, scope, opened.grant.body)
      const changed = learnerChanged(opened)
      if (changed !== null) return park(ports, scope, opened.grant.body, changed)
      let known: Stored<Grant> | null = opened.grant
      const { learner } = opened
      const { round } = opened.grant.body
      let isGivenUp = false
      const isWanted = (now: Grant) => {
        isGivenUp = now.state !== 'queued' || now.round !== round
        return !isGivenUp
      }
      const keep = async (found: Json, mayBegin: (now: Grant) => boolean) => {
        const before = structuredClone(found) // the provider may go on with its own
        const seen = known
        known = null // until it is kept: a reply may be lost
        known = await rememberBefore(ports, scope, grantId, { provider, before, learner, known: seen, mayBegin })
      }
      const remember = (found: Json) => keep(found, isWanted)
      const answer = await ask(ports, gate, {
        operator: scope.operator,
        opened,
        provider,
        remember,
        isGivenUp: () => isGivenUp,
      })
      // Another process has delivered it, or it was given up: whoever did that saw to it.
      if (isGivenUp) return { outcome: 'done' }
      const isGiven = answer.outcome === 'done'
      if (isGiven && answer.before !== undefined && isNotKept(known)) await keep(answer.before, () => true)
      return settleDelivery(ports, scope, { grant: opened.grant.body, known, attempt: job.attempt }, answer)
    })
  }
}

/** A provider may say only with its answer what was there before. */
const isNotKept = (known: Stored<Grant> | null): boolean => known === null || known.body.before === null

/** What a provider that may not begin comes to, whatever it makes of that. */
const NOT_BEGUN: DeliveryAnswer = { outcome: 'refused', reason: 'no longer to be delivered' }

/** What is asked, and by whom. */
interface Asking {
  readonly operator: string
  readonly opened: OpenGrant
  readonly provider: FulfilmentProvider
  readonly remember: (before: Json) => Promise<void>
  /** Was the provider told that it may not begin? */
  readonly isGivenUp: () => boolean
}

async function ask(
  ports: FulfilmentPorts,
  gate: ProviderGate,
  { operator, opened, provider, remember, isGivenUp }: Asking,
): Promise<GateAnswer> {
  const { id, target, soldAt, orderNumber, before, provider: name } = opened.grant.body
  const grantId = deliveryKey(opened.grant.body)
  ports.step('d2_provider_called')
  const { recipient } = opened
  const request = {
    ...{ grantId, operator, recipient, soldAt, orderNumber, before, remember },
    target: structuredClone(target),
  }
  const answer = await gate.ask(name, id, async () => {
    try {
      const given = await provider.deliver(request)
      if (!isGivenUp()) return given
    } catch (error) {
      if (!isGivenUp()) throw error
    }
    return NOT_BEGUN // no silence of the provider: it was we who said no
  })
  ports.step('d3_provider_answered')
  return withoutRecipient(answer, recipient, target)
}

/** What a provider was asked to deliver, and by whom. */
interface Asked {
  readonly grant: Grant
  readonly known: Stored<Grant> | null
  readonly attempt: number
}

async function settleDelivery(
  ports: FulfilmentPorts,
  scope: Scope,
  { grant: asked, known, attempt }: Asked,
  answer: GateAnswer,
): Promise<JobOutcome> {
  switch (answer.outcome) {
    case 'done': {
      const { before = null, learner = null } = known?.body ?? {}
      const detail = answer.detail ?? null
      const change = (grant: Grant): Grant => {
        if (grant.round !== asked.round) return grant
        // What was kept may have been reset meanwhile: something was given all the same.
        const kept = grant.before === null && before !== null ? { ...grant, before, learner } : grant
        return given(kept, detail, ports.runtime.now())
      }
      await changeGrant(ports, scope, asked.id, change, { known, jobs: withdrawnAgain(ports) })
      ports.step('d4_grant_committed')
      return { outcome: 'done' }
    }
    case 'refused':
      // A refusal is definite: nothing was given, so nothing is to be restored, unless a person gives it by hand.
      return park(ports, scope, asked, answer.reason, refusedWith(known))
    default:
      if (answer.outcome === 'unknown' && !answer.isNotAsked) await takeBackUnknown(ports, scope, asked)
      return putOff(ports, scope, { ...asked, state: 'queued' }, { answer, attempt })
  }
}

/**
 * What was given, whatever the grant has come to meanwhile: another process may have withdrawn it, or be about to, before the
 * provider acted. Its withdrawal then looks once more.
 */
function given(grant: Grant, detail: Json | null, now: Instant): Grant {
  const given = { reason: null, delay: null, deliveredAt: now }
  switch (grant.state) {
    case 'queued':
      return { ...grant, ...given, state: 'delivered', detail }
    case 'withdrawing':
    case 'withdrawn':
      return { ...grant, ...given, state: 'withdrawing' }
    default:
      return grant
  }
}

/** A call without an answer may have given what another process has withdrawn meanwhile. */
async function takeBackUnknown(ports: FulfilmentPorts, scope: Scope, { id, round }: Grant): Promise<void> {
  const change = (grant: Grant): Grant =>
    grant.state === 'withdrawn' && grant.round === round && grant.before !== null
      ? { ...grant, state: 'withdrawing' }
      : grant
  await changeGrant(ports, scope, id, change, { jobs: withdrawnAgain(ports) })
}

const withdrawnAgain =
  ({ runtime }: Pick<FulfilmentPorts, 'runtime'>) =>
  (next: Grant, { state }: Grant): Change[] =>
    next.state === 'withdrawing' && state === 'withdrawn' ? [enqueueGrant(runtime, 'grant.withdraw', next)] : []

/** Keeps what this delivery has found, and nothing that one before it had: it may be so no more. */
function refusedWith(known: Stored<Grant> | null): (grant: Grant) => Grant {
  const { before = null, learner = null } = known?.body ?? {}
  return ({ found: _before, ...grant }) => {
    const refused = { ...grant, before: null, learner: null }
    return before === null ? refused : { ...refused, found: { before, learner } }
  }
}

/** A refusal is the grant's own state, where staff see and repeat it; the job has done its part. `kept`: what becomes of what was kept. */
async function park(
  ports: FulfilmentPorts,
  scope: Scope,
  { id: grantId, round }: Grant,
  reason: string,
  kept = (grant: Grant): Grant => grant,
): Promise<JobOutcome> {
  await changeGrant(ports, scope, grantId, (grant) =>
    grant.state === 'queued' && grant.round === round
      ? { ...kept(grant), state: 'parked', reason, delay: null }
      : grant,
  )
  ports.logger.warn('delivery parked', { grant: grantId, reason })
  return { outcome: 'done' }
}
