import { actorOf, audit } from '../audit/index.ts'
import { enqueueGrant, type Grant, grants } from '../entitlement/index.ts'
import { BursarError } from '../errors/index.ts'
import { isSameJson, type Json, ownValue } from '../json/index.ts'
import { type Call, type Change, isLearningPlatform, type Scope } from '../ports/index.ts'
import { changedFields, decide, listPage, put } from '../storage/index.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'
import { type OpenGrant, openGrant } from './open-grant.ts'

/** A grant with its version. */
export interface VersionedGrant {
  /** The grant. */
  record: Grant
  /** Version of the record. */
  version: number
}

/** Grants of the site's orders in one state, oldest first. */
export async function listGrants(
  ports: Pick<FulfilmentPorts, 'storage'>,
  call: Call,
  input: { state: Grant['state']; cursor?: string | undefined; limit?: number | undefined },
): Promise<{ items: readonly VersionedGrant[]; nextCursor: string | null }> {
  const { state, ...page } = input
  const equals = [call.scope.site, state]
  const query = { index: 'siteState', equals, page, mayLag: true }
  const found = await listPage(ports.storage, call.scope, grants, query)
  return { items: found.items.map(({ body, version }) => ({ record: body, version })), nextCursor: found.nextCursor }
}

/**
 * Tries a parked delivery or withdrawal again.
 * @param input `target`: what is delivered instead, where the one that was sold is wrong; of a delivery alone, for nothing was given
 * @throws BursarError `not_found`, `wrong_state`, `invalid_input` for a target that its provider does not take, or another one
 * for a delivery that was begun (`learner_changed`)
 */
export function retryGrant(
  ports: FulfilmentPorts,
  call: Call,
  input: { grantId: string; target?: Json | undefined },
): Promise<VersionedGrant> {
  return changeByStaff(ports, call, input.grantId, ({ grant: { body } }) => {
    if (body.state === 'parked') {
      const target =
        input.target === undefined ? body.target : takenTarget(ports, call.scope, body.provider, input.target)
      const job = enqueueGrant(ports.runtime, 'grant.deliver', body)
      const queued = { state: 'queued', reason: null, delay: null } as const
      if (isSameJson(target, body.target)) return { grant: { ...body, ...queued }, changes: [job] }
      if (body.before !== null) throw new BursarError('invalid_input', { issues: [BEGUN] })
      // Another request has another key: its provider may have kept what it refused. What was found was of the other target.
      const { found: _found, ...rest } = body
      return { grant: { ...rest, ...queued, target, round: body.round + 1 }, changes: [job] }
    }
    if (body.state === 'withdraw_parked' && input.target === undefined) {
      const job = enqueueGrant(ports.runtime, 'grant.withdraw', body)
      return { grant: { ...body, state: 'withdrawing', reason: null, delay: null }, changes: [job] }
    }
    throw new BursarError('wrong_state', { reason: body.state })
  })
}

/** What may have been given already is of the target of before, and so is what it leaves. */
const BEGUN = {
  path: 'target',
  message: 'is of a delivery that was begun: put the learner’s account back and retry it as it is, or complete it.',
}

/**
 * Says that a delivery or a withdrawal was done by hand. Said again, it changes nothing.
 * @throws BursarError `not_found`, `wrong_state`
 */
export function completeGrant(
  ports: FulfilmentPorts,
  call: Call,
  input: { grantId: string; note?: string | undefined },
): Promise<VersionedGrant> {
  return changeByStaff(ports, call, input.grantId, ({ grant: { body }, learner }) => {
    const detail = input.note === undefined ? body.detail : { note: input.note }
    const done = { ...body, reason: null, delay: null, detail }
    switch (body.state) {
      case 'delivered':
      case 'withdrawn':
        return { grant: body, changes: [] }
      case 'queued':
      case 'parked':
        return {
          grant: { ...toLearner(ports, done, learner), state: 'delivered', deliveredAt: call.now },
          changes: [],
        }
      case 'withdrawing':
      case 'withdraw_parked':
        return { grant: { ...done, state: 'withdrawn' }, changes: [] }
      case 'waiting':
        throw new BursarError('wrong_state', { reason: body.state })
    }
  })
}

/**
 * What a learner got by hand at a platform counts with what else that account got, and leaves what was found there when it was
 * refused.
 */
function toLearner({ fulfilment }: FulfilmentPorts, grant: Grant, learner: string | null): Grant {
  const isKept = (grant.learner ?? null) !== null || !isLearningPlatform(ownValue(fulfilment, grant.provider))
  if (isKept) return grant
  const { found } = grant
  return { ...grant, learner, before: found?.learner === learner ? found.before : grant.before }
}

function takenTarget({ fulfilment }: FulfilmentPorts, { operator }: Scope, provider: string, target: Json): Json {
  const known = ownValue(fulfilment, provider)
  const message =
    known === undefined ? `has no provider ${provider} in this process` : known.checkTarget(target, { operator })
  if (message !== null) throw new BursarError('invalid_input', { issues: [{ path: 'target', message }] })
  return target
}

function changeByStaff(
  ports: FulfilmentPorts,
  call: Call,
  grantId: string,
  change: (opened: OpenGrant) => { grant: Grant; changes: readonly Change[] },
): Promise<VersionedGrant> {
  return decide<VersionedGrant>(ports, call.scope, async () => {
    const opened = await openGrant(ports, call.scope, { grantId })
    if (opened === null || opened.grant.body.site !== call.scope.site) throw new BursarError('not_found')
    const { grant: stored } = opened
    const { grant, changes } = change(opened)
    if (grant === stored.body) return { answer: { record: grant, version: stored.version } }
    const event = audit({
      id: ports.runtime.newId('aud'),
      collection: grants.name,
      record: grantId,
      operation: call.operation,
      site: call.scope.site,
      actor: actorOf(call.principal),
      fields: changedFields(stored.body, grant),
      at: call.now,
    })
    return {
      changes: [put(grants, stored, grant), ...changes, event],
      done: () => ({ record: grant, version: stored.version + 1 }),
    }
  })
}
