import { randomToken } from '../../ids/index.ts'
import type { Json } from '../../json/index.ts'
import type {
  DeliverGrant,
  DeliveryAnswer,
  DeliveryRecipient,
  Eligibility,
  LearningPlatform,
  Ownership,
  PlatformUnknown,
  RefundFacts,
  Runtime,
  WithdrawGrant,
} from '../../ports/index.ts'
import { systemRuntime } from '../../ports/index.ts'
import { addMilliseconds } from '../../time/index.ts'
import { memorySimulationLog } from '../memory-simulation-log.ts'
import { scriptedBehaviours } from '../scripted-behaviours.ts'
import { rowId, type SimulationLog } from '../simulation-log.ts'
import type { EnrolmentState, PlatformCourse, PlatformTarget } from './platform-course.ts'
import {
  COURSES,
  ENROLMENTS,
  type Enrolment,
  GRANTS,
  PLATFORM_EFFECTS,
  type PlatformEffect,
} from './platform-records.ts'
import { type PlatformRules, soundPlatformRules } from './platform-rules.ts'
import { readTarget } from './platform-target.ts'

/** What a simulated platform is made of. */
export interface SimulatedPlatformOptions {
  /** Where its records are kept. @default in memory */
  readonly log?: SimulationLog | undefined
  /** Its clock and chance. @default the system's */
  readonly runtime?: Pick<Runtime, 'now' | 'sleep' | 'randomBytes'> | undefined
  /** Courses to add, or to write anew. @default none */
  readonly courses?: readonly PlatformCourse[] | undefined
  /** Milliseconds that a slow call takes. @default 2,000 */
  readonly slowMs?: number | undefined
  /** Milliseconds until a delivery that is pending is done. @default 5,000 */
  readonly pendingMs?: number | undefined
  /** Rules to break: for the faults that prove the conformance suite. @default none */
  readonly rules?: Partial<PlatformRules> | undefined
}

/**
 * How a call may go: `outage` does nothing and answers `unknown`; `timeout_after` acts and answers `unknown`; `slow`
 * acts and answers late; `pending` accepts a delivery that is done later; `refuse: …` refuses for that reason.
 */
export type PlatformBehaviour = 'outage' | 'timeout_after' | 'slow' | 'pending' | `refuse: ${string}`

/** A call of the port that can be scripted; `ask`: any question about a learner. */
export type PlatformCall = 'deliver' | 'withdraw' | 'status' | 'ask'

/** A learning platform with records of its own, that behaves as scripted. */
export interface SimulatedPlatform extends LearningPlatform {
  /** The next `times` calls of this name behave so, in whichever process. @default times 1 */
  script(call: PlatformCall, behaviour: PlatformBehaviour, times?: number): void
  /** Adds courses, or writes them anew. */
  addCourses(courses: readonly PlatformCourse[]): void
  /** All courses. */
  courses(): PlatformCourse[]
  /** Enrols somebody at the platform itself, as its own staff would; mode null unenrols. */
  enrol(enrolment: Enrolment): void
  /** Who is enrolled, where and how, now. */
  enrolments(): Enrolment[]
  /** Every change of an enrolment that a grant caused, in order: the truth to compare a shop with. */
  log(): PlatformEffect[]
  /** How many changes the deliveries of a grant made: more than one is a delivery done twice. */
  deliveriesOf(grantId: string): number
  /** Lets a delivery that is pending be done now. */
  finish(grantId: string): void
  /** Closes its log. */
  close(): void
}

/** A learning platform for tests and demonstrations. */
export function simulatedPlatform(options: SimulatedPlatformOptions = {}): SimulatedPlatform {
  const { log = memorySimulationLog(), runtime = systemRuntime(), slowMs = 2000, pendingMs = 5000 } = options
  const rules: PlatformRules = { ...soundPlatformRules, ...options.rules }
  const behaviours = scriptedBehaviours<PlatformCall, PlatformBehaviour>(log)

  function stateOf(learner: string, course: string): EnrolmentState {
    const mode = log.get(ENROLMENTS, rowId(learner, course))?.mode ?? null
    return { enrolled: mode !== null, mode }
  }

  function setState(
    cause: Pick<PlatformEffect, 'call' | 'grantId'>,
    learner: string,
    course: string,
    to: EnrolmentState,
  ) {
    const from = stateOf(learner, course)
    if (from.mode === to.mode) return
    log.put(ENROLMENTS, rowId(learner, course), { learner, course, mode: to.mode })
    const effect = { at: runtime.now(), ...cause, learner, course, from: from.mode, to: to.mode }
    log.put(PLATFORM_EFFECTS, randomToken(runtime, 15), effect)
  }

  function enrolFor(grantId: string, learner: string, target: PlatformTarget): EnrolmentState {
    const found = stateOf(learner, target.course)
    setState({ call: 'deliver', grantId }, learner, target.course, rules.raised(found, target))
    return found
  }

  function doneBefore(before: EnrolmentState): DeliveryAnswer {
    const { enrolled, mode } = rules.before(before)
    return { outcome: 'done', before: { enrolled, mode } }
  }

  /** Does a pending delivery. */
  function finish(grantId: string): void {
    const stored = log.get(GRANTS, grantId)
    const target = stored === undefined ? 'none' : readTarget(stored.target)
    if (stored?.state !== 'pending' || typeof target === 'string') return
    const before = enrolFor(grantId, stored.learner, target)
    log.put(GRANTS, grantId, { ...stored, before, state: 'delivered' })
  }

  /** How a grant that was delivered stands now. */
  function standing(grantId: string): DeliveryAnswer {
    const seen = log.get(GRANTS, grantId)
    if (seen?.state === 'pending' && addMilliseconds(seen.at, pendingMs) <= runtime.now()) finish(grantId)
    const stored = log.get(GRANTS, grantId)
    if (stored === undefined) return { outcome: 'unknown', reason: 'grant_unknown: it was never delivered here.' }
    if (stored.state === 'pending') return { outcome: 'pending' }
    return stored.state === 'delivered' ? doneBefore(stored.before) : rules.refusal('grant_withdrawn: it has ended.')
  }

  function accept(
    grant: DeliverGrant,
    recall: ReturnType<PlatformRules['recall']>,
    isPending: boolean,
  ): DeliveryAnswer {
    const { grantId, recipient, target, soldAt } = grant
    if (recall === 'replay') return standing(grantId)
    if (recall === 'withdrawn') return rules.refusal('grant_withdrawn: it has ended.')
    if (recall === 'mismatch') return rules.refusal('grant_mismatch: the grant was used for another target.')
    const read = readTarget(target)
    if (typeof read === 'string') return rules.refusal(`target_invalid: ${read}`)
    const now = runtime.now()
    const refusal = rules.cannotEnrol(log.get(COURSES, read.course), { target: read, soldAt, now })
    if (refusal !== null) return rules.refusal(refusal)
    const learner = rules.learnerOf(recipient)
    const before = isPending ? stateOf(learner, read.course) : enrolFor(grantId, learner, read)
    log.put(GRANTS, grantId, { target, learner, before, state: isPending ? 'pending' : 'delivered', at: now })
    return isPending ? { outcome: 'pending' } : doneBefore(before)
  }

  function takeBack(withdrawal: WithdrawGrant): DeliveryAnswer {
    const { grantId, recipient, target } = withdrawal
    const stored = log.get(GRANTS, grantId)
    const read = readTarget(target)
    if (rules.canWithdraw(stored) && typeof read !== 'string') {
      const learner = stored?.learner ?? rules.learnerOf(recipient)
      const isKept = rules.isRaisedSince(stateOf(learner, read.course), read)
      if (!isKept) setState({ call: 'withdraw', grantId }, learner, read.course, rules.left(withdrawal, read.course))
    }
    // Kept also where nothing was delivered, so that a delivery that comes after its withdrawal finds it.
    const learner = stored?.learner ?? rules.learnerOf(recipient)
    const before = stored?.before ?? { enrolled: false, mode: null }
    log.put(GRANTS, grantId, { target, learner, before, state: 'withdrawn', at: runtime.now() })
    return { outcome: 'done' }
  }

  /** Makes a call go as it is scripted. */
  async function asScripted(
    call: PlatformCall,
    act: (behaviour: PlatformBehaviour | null) => Promise<DeliveryAnswer>,
  ): Promise<DeliveryAnswer> {
    const behaviour = behaviours.take(call)
    if (behaviour === 'outage') return rules.lostReply('outage: the platform does not answer.')
    if (behaviour?.startsWith('refuse: ')) return rules.refusal(behaviour.slice('refuse: '.length))
    const answer = await act(behaviour)
    if (behaviour === 'slow') await runtime.sleep(slowMs)
    return behaviour === 'timeout_after' ? rules.lostReply('timeout: the answer was lost.') : answer
  }

  function addCourses(courses: readonly PlatformCourse[]): void {
    log.transact(() => {
      for (const course of courses) log.put(COURSES, course.id, course)
    })
  }

  function deliver(grant: DeliverGrant): Promise<DeliveryAnswer> {
    return asScripted('deliver', async (behaviour) => {
      const found = foundBy(grant)
      if (found !== null && rules.remembers === 'first') await grant.remember(found)
      const answer = await rules.alone(
        log,
        () => rules.recall(log.get(GRANTS, grant.grantId), grant.target),
        (recall) => accept(grant, recall, behaviour === 'pending'),
      )
      if (found !== null && rules.remembers === 'afterwards') await grant.remember(found)
      return answer
    })
  }

  /** The state that a grant finds; null where it will change none. */
  function foundBy({ grantId, recipient, target }: DeliverGrant): { enrolled: boolean; mode: string | null } | null {
    const read = readTarget(target)
    if (typeof read === 'string' || log.get(GRANTS, grantId) !== undefined) return null
    const { enrolled, mode } = rules.before(stateOf(rules.learnerOf(recipient), read.course))
    return { enrolled, mode }
  }

  /** Answers a question as it is scripted. */
  async function ask<Answer>(answer: () => Answer): Promise<Answer | PlatformUnknown> {
    const behaviour = behaviours.take('ask')
    if (behaviour === 'slow') await runtime.sleep(slowMs)
    return behaviour === null || behaviour === 'slow'
      ? answer()
      : rules.silence('outage: the platform does not answer.')
  }

  function ownedOf(learner: DeliveryRecipient, target: Json): Ownership {
    const read = readTarget(target)
    if (typeof read === 'string') return { outcome: 'unknown', reason: `target_invalid: ${read}` }
    return rules.owned(stateOf(rules.learnerOf(learner), read.course), read)
  }

  function eligibleFor(target: Json): Eligibility {
    const read = readTarget(target)
    if (typeof read === 'string') return rules.eligibility(`target_invalid: ${read}`)
    const now = runtime.now()
    return rules.eligibility(rules.cannotEnrol(log.get(COURSES, read.course), { target: read, soldAt: now, now }))
  }

  function factsOf(learner: string, course: string): RefundFacts {
    const begun = log
      .list(PLATFORM_EFFECTS)
      .map(({ document }) => document)
      .filter((effect) => effect.learner === learner && effect.course === course && effect.from === null)
    const startsAt = log.get(COURSES, course)?.start ?? null
    return { enrolledAt: begun.at(-1)?.at ?? null, startsAt, progress: null, hasCertificate: null }
  }

  addCourses(options.courses ?? [])
  return {
    kind: 'learning',
    lateGrant: 'yes',
    subjectOf: (target) => rules.subjectOf(target),
    ownership: async (learner, targets) => {
      const answer = await ask(() => targets.map((target) => ownedOf(learner, target)))
      return Array.isArray(answer) ? answer : targets.map(() => answer)
    },
    eligible: (_learner, target) => ask(() => eligibleFor(target)),
    refundFacts: (recipient, target) =>
      ask(() => {
        const read = readTarget(target)
        if (typeof read === 'string') return { outcome: 'refused', reason: `target_invalid: ${read}` } as const
        const learner = rules.learnerOf(recipient)
        return rules.facts(stateOf(learner, read.course), factsOf(learner, read.course))
      }),
    list: (learner) =>
      ask(() => ({
        outcome: 'found' as const,
        holdings: rules.holdings(rules.learnerOf(learner), platformEnrolments(log)),
      })),
    checkTarget: (target: Json) => rules.wrongTarget(target),
    deliver,
    withdraw: (grant) => asScripted('withdraw', async () => log.transact(() => takeBack(grant))),
    status: (grantId) => asScripted('status', async () => log.transact(() => standing(grantId))),
    script: (call, behaviour, times = 1) => behaviours.add(call, behaviour, times),
    addCourses,
    courses: () => log.list(COURSES).map(({ document }) => document),
    enrol: (enrolment) =>
      log.transact(() => log.put(ENROLMENTS, rowId(enrolment.learner, enrolment.course), enrolment)),
    enrolments: () => platformEnrolments(log),
    log: () => log.list(PLATFORM_EFFECTS).map(({ document }) => document),
    deliveriesOf: (grantId) =>
      log
        .list(PLATFORM_EFFECTS)
        .filter(({ document: effect }) => effect.call === 'deliver' && effect.grantId === grantId).length,
    finish: (grantId) => log.transact(() => finish(grantId)),
    close: () => log.close(),
  }
}

/** Who is enrolled, read from a platform's log. */
export function platformEnrolments(log: SimulationLog): Enrolment[] {
  return log
    .list(ENROLMENTS)
    .map(({ document }) => document)
    .filter(({ mode }) => mode !== null)
}
