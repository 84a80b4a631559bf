import type { FulfilmentTarget } from '../catalog/index.ts'
import type { Customer } from '../customer/index.ts'
import { canonicalJson } from '../ids/index.ts'
import { ownValue } from '../json/index.ts'
import { type FulfilmentProvider, isLearningPlatform, type LearningPlatform, type Runtime } from '../ports/index.ts'
import type { Fact } from '../pricing/index.ts'
import { BoundedMap } from '../storage/index.ts'
import { fromInstant } from '../time/index.ts'
import { recipientOf } from './open-grant.ts'

/** A shopper waits no longer for a platform, in milliseconds; then its answer is unknown. */
const LONGEST_WAIT = 2500
/** So long an answer counts, in milliseconds: a shopper looks at a cart several times before they buy. */
const KEPT = 60_000
/** So long a platform that gave no answer is not asked again about the same, in milliseconds. */
const PAUSE = 5000
/** Answers kept in the process; those go first that nobody asks for. */
const MAXIMUM_KEPT = 10_000

/** Asks learning platforms whether a customer owns targets; answers in the targets' order. */
export type AskOwnership = (
  operator: string,
  customer: Customer,
  targets: readonly FulfilmentTarget[],
) => Promise<readonly Fact[]>

/**
 * Asks each platform once for all of a cart, within {@link LONGEST_WAIT}, and keeps its answers for a while; what is
 * being asked for one call is not asked again for another. What is delivered by no learning platform is not owned there.
 */
export function ownershipAsker(ports: {
  fulfilment: { readonly [name: string]: FulfilmentProvider }
  runtime: Runtime
}): AskOwnership {
  const now = () => fromInstant(ports.runtime.now())
  const facts = keptFacts(now)
  const textOf = targetTexts()
  const askOne = async (name: string, operator: string, customer: Customer, questions: readonly Question[]) => {
    const provider = ownValue(ports.fulfilment, name)
    if (!isLearningPlatform(provider)) return questions.map(() => 'no' as const)
    const targets = questions.map(({ target }) => target)
    return ask(ports.runtime, { provider, name, operator }, customer, targets, (late) => {
      for (const [place, { key }] of questions.entries()) facts.setLate(key, late[place] ?? 'unknown')
    })
  }
  return async (operator, customer, targets) => {
    const began = now()
    // Who has no record yet has another id with each call, and one at the host.
    const who = customer.hostId === null ? customer.id : `at the host: ${customer.hostId}`
    // Taken before anybody is asked: what is fresh now may have been forgotten when the answers are there.
    const questions = targets.map((target): Question => {
      const key = `${operator}\n${who}\n${textOf(target)}`
      return { target, key, answer: facts.of(key, began) }
    })
    const missing = Map.groupBy(
      questions.filter(({ answer }) => answer === null),
      ({ target }) => target.provider,
    )
    for (const [name, wanted] of missing) {
      const answers = askOne(name, operator, customer, wanted)
      for (const [place, question] of wanted.entries()) {
        const answer = answers.then((all): Fact => all[place] ?? 'unknown')
        question.answer = facts.keep(question.key, answer)
      }
    }
    return Promise.all(questions.map(({ answer }) => answer ?? 'unknown'))
  }
}

/** Whether one customer owns one target. */
interface Question {
  readonly target: FulfilmentTarget
  readonly key: string
  /** Null until it is known, or asked. */
  answer: Fact | Promise<Fact> | null
}

/** What platforms have said, and what they are being asked: who wants to know the same meanwhile waits for that answer. */
function keptFacts(now: () => number) {
  const known = new BoundedMap<string, { answer: Fact | Promise<Fact>; until: number }>(MAXIMUM_KEPT, { ms: KEPT, now })
  const set = (key: string, fact: Fact) =>
    known.set(key, { answer: fact, until: now() + (fact === 'unknown' ? PAUSE : KEPT) })
  return {
    /** What comes once nobody waits for it counts where nothing is known, and nothing newer is on its way. */
    setLate(key: string, fact: Fact): void {
      const answer = known.get(key)?.answer ?? 'unknown'
      if (fact !== 'unknown' && answer === 'unknown') set(key, fact)
    },
    /** Null for what is to be asked. */
    of(key: string, at: number): Fact | Promise<Fact> | null {
      const kept = known.get(key)
      if (kept === undefined || kept.until <= at) return null
      // What a clock that was ahead has kept does not count for longer.
      const isAhead = !(kept.answer instanceof Promise) && kept.until > at + KEPT
      return isAhead ? null : kept.answer
    },
    /** The same answer; it counts for a while from when it is there. */
    async keep(key: string, answer: Promise<Fact>): Promise<Fact> {
      known.set(key, { answer, until: Number.POSITIVE_INFINITY })
      try {
        const fact = await answer
        set(key, fact)
        return fact
      } catch (error) {
        known.delete(key)
        throw error
      }
    },
  }
}

/** Targets as texts, each made once: those of the price book are the same objects for every cart. */
function targetTexts(): (target: FulfilmentTarget) => string {
  const texts = new WeakMap<FulfilmentTarget, string>()
  return (target) => {
    const known = texts.get(target)
    if (known !== undefined) return known
    const text = canonicalJson([target.provider, target.target])
    texts.set(target, text)
    return text
  }
}

async function ask(
  runtime: Runtime,
  { provider, name, operator }: { provider: LearningPlatform; name: string; operator: string },
  customer: Customer,
  targets: readonly FulfilmentTarget[],
  onLate: (facts: readonly Fact[]) => void,
): Promise<readonly Fact[]> {
  const silence: readonly Fact[] = targets.map(() => 'unknown')
  const learner = recipientOf({ customerId: customer.id, provider: name }, customer)
  if (learner.learnerId === null) return silence
  const [answered, gaveUp] = [new AbortController(), new AbortController()]
  const asked = targets.map(({ target }) => target)
  const answers = provider.ownership(learner, asked, { operator, signal: gaveUp.signal })
  const timeout = runtime.sleep(LONGEST_WAIT, answered.signal).then(
    () => null,
    () => null,
  )
  // A platform's network errors are answers; one that throws all the same, or says something else, has not answered either.
  const facts = answers.then((all) => all.map(({ outcome }) => FACTS[outcome])).catch(() => silence)
  const first = await Promise.race([facts, timeout])
  answered.abort('answered') // a reason of its own: the one that is made for it traces the stack
  if (first !== null) return first
  // What waits for its turn is not asked for nobody; what is on its way counts for whoever asks next.
  gaveUp.abort('late')
  void facts.then(onLate)
  return silence
}

const FACTS = { owned: 'yes', not_owned: 'no', unknown: 'unknown' } as const
