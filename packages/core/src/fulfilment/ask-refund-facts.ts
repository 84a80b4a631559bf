import { customers } from '../customer/index.ts'
import { grants } from '../entitlement/index.ts'
import { canonicalJson } from '../ids/index.ts'
import { ownValue } from '../json/index.ts'
import { isLearningPlatform, type RefundFactsAnswer, type Scope } from '../ports/index.ts'
import { byId, listAll, readAll } from '../storage/index.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'
import { learnerChanged, type OpenGrant, toAccountOf } from './open-grant.ts'

/** Staff wait no longer for platforms, in milliseconds; what is not answered then is unknown. */
const LONGEST_WAIT = 5000

/** What platforms say of a part of a unit; null where there is none to ask. */
export type RefundFactsOf = (line: { id: string }, part: { unit: number; part: string }) => RefundFactsAnswer | null

/**
 * Asks learning platforms what a refund policy asks about, of all that an order, or one line of it, has delivered: each once for what one learner
 * has of one target. What has not been delivered yet is not asked about: the learner does not have it.
 */
export async function askRefundFacts(
  { storage, runtime, fulfilment }: Pick<FulfilmentPorts, 'storage' | 'runtime' | 'fulfilment'>,
  scope: Scope,
  { orderId, lineId: ofLine }: { orderId: string; lineId?: string | undefined },
): Promise<RefundFactsOf> {
  const ofOrder = await listAll(storage, scope, grants, { index: 'order', equals: [orderId] })
  const given = ofOrder.filter(({ body }) => ofLine === undefined || body.lineId === ofLine)
  const ids = [...new Set(given.map(({ body }) => body.customerId))]
  const people = await readAll(storage, scope, ...ids.map((id) => byId(customers, id)))
  const byCustomer = new Map(people.map((customer, place) => [ids[place], customer?.body ?? null]))
  const asked = new Map<string, Promise<RefundFactsAnswer>>()

  async function answerOf(open: OpenGrant): Promise<RefundFactsAnswer | null> {
    const { provider, target, state } = open.grant.body
    const platform = ownValue(fulfilment, provider)
    if (!isLearningPlatform(platform)) return null
    if (state === 'waiting') return { outcome: 'refused', reason: 'not_delivered' }
    if (open.recipient.learnerId === null || learnerChanged(open) !== null) return silent('learner_unknown')
    const key = canonicalJson([provider, target, open.recipient.learnerId])
    const answer = asked.get(key) ?? platform.refundFacts(open.recipient, target).catch(() => silent('failed'))
    asked.set(key, answer)
    return answer
  }

  const answered = new AbortController()
  const late = runtime.sleep(LONGEST_WAIT, answered.signal).then(
    () => silent('timeout'),
    () => silent('timeout'),
  )
  const facts = await Promise.all(
    given.map(async (grant) => {
      const open = { grant, ...toAccountOf(scope, grant.body, byCustomer.get(grant.body.customerId) ?? null) }
      const { lineId, unit, part } = grant.body
      return [nameOf(lineId, unit, part), await Promise.race([answerOf(open), late])] as const
    }),
  )
  answered.abort('answered')
  const known = new Map(facts)
  return ({ id }, { unit, part }) => known.get(nameOf(id, unit, part)) ?? null
}

const silent = (reason: string): RefundFactsAnswer => ({ outcome: 'unknown', reason })

const nameOf = (line: string, unit: number, part: string): string => canonicalJson([line, unit, part])
