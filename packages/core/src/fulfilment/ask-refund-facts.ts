import { customers } from '../customer/index.ts'
import { grants } from '../entitlement/index.ts'
import { canonicalJson } from '../ids/index.ts'
import { type Json, ownValue } from '../json/index.ts'
import {
  type DeliveryRecipient,
  isLearningPlatform,
  type LearningPlatform,
  type RefundFactsAnswer,
  type Scope,
} from '../ports/index.ts'
import { byId, listAll, readAll } from '../storage/index.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'
import { learnerChanged, type OpenGrant, toAccountOf } from './open-grant.ts'

/** Staff wait no longer for platforms, in milliseconds; what is not answered then is unknown. */
const LONGEST_WAIT = 5000
/** So many questions one platform is asked at once for one answer to staff. */
const AT_ONCE = 5

/** What platforms say of a part of a unit; null where there is none to ask. */
export type RefundFactsOf = (line: { id: string }, part: { unit: number; part: string }) => RefundFactsAnswer | null

/**
 * Asks learning platforms what a refund policy asks about, of all that an order, or one line of it, has delivered: each once for
 * what one learner has of one target, a few questions at once. What has not been delivered yet is not asked about: the learner
 * does not have it.
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
  const questions = new Map<string, Question>()
  const asked = given.map((grant) => {
    const open = { grant, ...toAccountOf(scope, grant.body, byCustomer.get(grant.body.customerId) ?? null) }
    const { lineId, unit, part } = grant.body
    return [nameOf(lineId, unit, part), questionOf(open)] as const
  })
  await askInTime(runtime, scope, [...questions.values()])
  const known = new Map(asked.map(([name, question]) => [name, question?.answer ?? null]))
  return ({ id }, { unit, part }) => known.get(nameOf(id, unit, part)) ?? null

  function questionOf(open: OpenGrant): Pick<Question, 'answer'> | null {
    const { provider, target, state } = open.grant.body
    const platform = ownValue(fulfilment, provider)
    if (!isLearningPlatform(platform)) return null
    if (state === 'waiting') return { answer: { outcome: 'refused', reason: 'not_delivered' } }
    if (open.recipient.learnerId === null || learnerChanged(open) !== null) return { answer: silent('learner_unknown') }
    const key = canonicalJson([provider, target, open.recipient.learnerId])
    const question = questions.get(key) ?? { platform, learner: open.recipient, target, answer: silent('timeout') }
    questions.set(key, question)
    return question
  }
}

/** What one learner has of one target. */
interface Question {
  readonly platform: LearningPlatform
  readonly learner: DeliveryRecipient
  readonly target: Json
  /** That nobody knows, until it is answered. */
  answer: RefundFactsAnswer
}

/** For whom platforms are asked, and until when. */
type Asked = { readonly operator: string; readonly signal: AbortSignal }

/** Until all are answered, or nobody waits any more: what waits for its turn then is not asked. */
async function askInTime(
  runtime: FulfilmentPorts['runtime'],
  { operator }: Scope,
  questions: readonly Question[],
): Promise<void> {
  const over = new AbortController()
  const late = runtime.sleep(LONGEST_WAIT, over.signal).catch(() => {}) // ended, with the questions
  const platforms = Map.groupBy(questions, ({ platform }) => platform)
  const answered = Promise.all(
    [...platforms.values()].map((ofOne) => askInTurn(ofOne, { operator, signal: over.signal })),
  )
  try {
    await Promise.race([answered, late])
  } finally {
    over.abort('over') // a reason of its own: the one that is made for it traces the stack
  }
}

async function askInTurn(questions: readonly Question[], options: Asked): Promise<void> {
  const waiting = [...questions]
  const askNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !options.signal.aborted; next = waiting.shift()) {
      next.answer = await askOne(next, options)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askNext))
}

/** A platform's errors are answers; one that throws all the same has not answered. */
async function askOne({ platform, learner, target }: Question, options: Asked): Promise<RefundFactsAnswer> {
  try {
    return await platform.refundFacts(learner, target, options)
  } catch {
    return silent('failed')
  }
}

const silent = (reason: string): RefundFactsAnswer => ({ outcome: 'unknown', reason })

const nameOf = (line: string, unit: number, part: string): string => canonicalJson([line, unit, part])
