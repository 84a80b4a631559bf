import { deliveryKey, enqueueGrant, entitlements, type Grant, isUsable } from '../entitlement/index.ts'
import { ownValue } from '../json/index.ts'
import { type FulfilmentProvider, isLearningPlatform, type Scope } from '../ports/index.ts'
import { byId, type JobHandler, type JobOutcome, readAll } from '../storage/index.ts'
import { awaitProvider } from './await-provider.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'
import { changeGrant, inTurnOfSubject, learnerChanged, type OpenGrant, openGrant } from './open-grant.ts'
import type { GateAnswer, ProviderGate } from './provider-gate.ts'
import { putOff } from './put-off.ts'
import { othersOfSubject } from './remember-before.ts'
import { withoutRecipient } from './without-recipient.ts'

/** Takes back what a grant gave, leaving what the recipient's other live grants and the state before it gave. */
export function withdrawJob(ports: FulfilmentPorts, gate: ProviderGate): JobHandler<'grant.withdraw'> {
  return async ({ grantId, customerId }, job) => {
    const scope = { operator: job.scope.operator }
    const seen = await openGrant(ports, scope, { grantId, customerId })
    if (seen === null) return { outcome: 'done' }
    return inTurnOfSubject(ports, scope, seen, async (opened) => {
      if (opened === null || opened.grant.body.state !== 'withdrawing') return { outcome: 'done' }
      const { body: asked } = opened.grant
      const provider = ownValue(ports.fulfilment, opened.grant.body.provider)
      if (provider === undefined) return awaitProvider(ports, gate, scope, asked)
      if (isNotBegun(provider, asked)) return giveUp(ports, scope, { opened, provider })
      const answer = await ask(ports, gate, scope, { opened, provider })
      switch (answer.outcome) {
        case 'done':
          return settleWithdrawal(ports, scope, asked)
        case 'refused':
          await changeGrant(ports, scope, grantId, (now) =>
            now.state === 'withdrawing' && now.round === asked.round
              ? { ...now, state: 'withdraw_parked', reason: answer.reason, delay: null }
              : now,
          )
          ports.logger.warn('withdrawal parked', { grant: grantId, reason: answer.reason })
          return { outcome: 'done' }
        default:
          if (answer.outcome === 'unknown' && !answer.isNotAsked) await deliverAnew(ports, scope, asked)
          return putOff(ports, scope, { ...asked, state: 'withdrawing' }, { answer, attempt: job.attempt })
      }
    })
  }
}

/** What was taken back, whatever the grant has come to meanwhile. */
async function settleWithdrawal(ports: FulfilmentPorts, scope: Scope, asked: Grant): Promise<JobOutcome> {
  const isSame = (now: Grant) => now.state === 'withdrawing' && now.round === asked.round
  const now = await changeGrant(ports, scope, asked.id, (now) =>
    // Its delivery may have been in hand in another process, and done after this one has looked.
    isSame(now) && now.deliveredAt === asked.deliveredAt
      ? { ...now, state: 'withdrawn', reason: null, delay: null }
      : now,
  )
  if (now !== null && isSame(now)) {
    return { outcome: 'again', runAt: ports.runtime.now(), reason: 'it was delivered meanwhile' }
  }
  if (now !== null && now.round !== asked.round) await deliverAnew(ports, scope, asked)
  return { outcome: 'done' }
}

/**
 * Money that came back while this was taken back had it delivered anew by another process, which may have found what was about
 * to go: then nothing is there. It is delivered once more, in a round of its own, so that an answer that comes yet ends nothing.
 */
async function deliverAnew(ports: FulfilmentPorts, scope: Scope, { id, round }: Grant): Promise<void> {
  const change = (now: Grant): Grant =>
    now.round !== round && (now.state === 'delivered' || now.state === 'queued')
      ? { ...now, round: now.round + 1, state: 'queued', reason: null, delay: null }
      : now
  await changeGrant(ports, scope, id, change, { jobs: (next) => [enqueueGrant(ports.runtime, 'grant.deliver', next)] })
}

/**
 * Was nothing of it given? A learning platform has the state before kept before it changes anything, and of a delivery by
 * hand a person says that it is done. Then what the recipient has there is theirs from elsewhere.
 */
function isNotBegun(provider: FulfilmentProvider, { before, deliveredAt }: Grant): boolean {
  if (deliveredAt !== null) return false
  return provider.kind === 'manual' || (isLearningPlatform(provider) && before === null)
}

/** It was delivered, and nothing was kept: to a platform that would mean that the learner had nothing there. */
const GIVEN_BY_HAND =
  'given_by_hand: it was delivered by hand, and nobody knows what the learner had before. Take it back by hand at the platform, and complete it.'

/** A grant that is to be withdrawn, and its provider. */
interface Withdrawal {
  readonly opened: OpenGrant
  readonly provider: FulfilmentProvider
}

/** Ends what was not begun: nothing is to be taken back, so nobody is asked. */
async function giveUp(ports: FulfilmentPorts, scope: Scope, { opened, provider }: Withdrawal): Promise<JobOutcome> {
  const { id, round } = opened.grant.body
  const withdrawn = (now: Grant): Grant =>
    now.state === 'withdrawing' && now.round === round && isNotBegun(provider, now)
      ? { ...now, state: 'withdrawn', reason: null, delay: null }
      : now
  const ended = await changeGrant(ports, scope, id, withdrawn, { known: opened.grant })
  if (ended?.state !== 'withdrawing') return { outcome: 'done' }
  return { outcome: 'again', runAt: ports.runtime.now(), reason: 'it was begun meanwhile' }
}

async function ask(
  ports: FulfilmentPorts,
  gate: ProviderGate,
  scope: Scope,
  { opened, provider }: Withdrawal,
): Promise<GateAnswer> {
  const changed = learnerChanged(opened)
  if (changed !== null) return { outcome: 'refused', reason: changed }
  if (isLearningPlatform(provider) && opened.grant.body.before === null) {
    return { outcome: 'refused', reason: GIVEN_BY_HAND }
  }
  const { grant, recipient, learner } = opened
  const others = await othersOfSubject(ports, scope, { ...grant.body, learner }, provider)
  // What is queued and was not begun gives nothing yet: its own delivery comes after this, and finds what this leaves.
  const acted = others.filter(({ state, before }) => state === 'delivered' || (state === 'queued' && before !== null))
  const rights = await readAll(ports.storage, scope, ...acted.map((other) => byId(entitlements, other.entitlementId)))
  const now = ports.runtime.now()
  // What was given for days that are over leaves nothing, either.
  const remaining = acted.filter((_other, place) => {
    const right = rights[place]?.body
    return right === undefined || right.state !== 'active' || isUsable(right, now)
  })
  const { id, target, before } = grant.body
  const answer = await gate.ask(grant.body.provider, id, () =>
    provider.withdraw({
      grantId: deliveryKey(grant.body),
      operator: scope.operator,
      recipient,
      target,
      before,
      remaining: remaining.map((other) => other.target),
    }),
  )
  return withoutRecipient(answer, recipient, target)
}
