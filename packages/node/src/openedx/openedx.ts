import type {
  AskingOptions,
  DeliverGrant,
  DeliveryAnswer,
  DeliveryRecipient,
  Eligibility,
  Json,
  LearningPlatform,
  Ownership,
  PlatformUnknown,
  RefundFactsAnswer,
  Runtime,
  WithdrawGrant,
} from '@bursar/core'
import { systemRuntime } from '@bursar/core'
import { readCourse } from './courses.ts'
import { type EnrolmentChange, enrolmentIn, listEnrolments, readEnrolment, writeEnrolment } from './enrolments.ts'
import { type CatalogRecord, importRecords } from './import-records.ts'
import { type ApiAnswer, type OpenEdxApiOptions, openEdxApi } from './openedx-api.ts'
import {
  type EnrolmentState,
  NOT_ENROLLED,
  OPENEDX_MODES,
  type OpenEdxTarget,
  readNewTarget,
  readState,
  readTarget,
} from './openedx-target.ts'

/** How Open edX is sold from. */
export interface OpenEdxOptions extends OpenEdxApiOptions {
  /**
   * The learner's username. @default the customer's link to this platform, else the id that the host knows them by
   */
  readonly username?: ((recipient: DeliveryRecipient) => string | null) | undefined
  /** Slugs of course modes, lowest first; a learner in any other mode is left to staff. @default the platform's own */
  readonly modes?: readonly string[] | undefined
  /**
   * May it pass a deadline (`force_enrollment`) for what was sold before it? Needs a release that knows it and a service
   * user that is global staff. @default true
   */
  readonly forcesLateGrants?: boolean | undefined
  /** The clock. @default the system's */
  readonly runtime?: Pick<Runtime, 'now'> | undefined
}

/** Open edX as a learning platform, and as a source of products. */
export interface OpenEdx extends LearningPlatform {
  /**
   * Courses and their modes, as records for `bursar import --from NAME`; `provider` is the name that variants will have.
   * @throws Error when the platform does not answer: an import is whole or not at all
   */
  catalogRecords(provider: string): AsyncIterable<CatalogRecord>
}

/**
 * Enrols learners at Open edX over its REST APIs. Target: `{ course, mode }`, with `creditProvider` for `credit`. It reads, compares, writes, and believes
 * only what the answer then says: another user, another mode or a page of HTML is never success. It keeps no records; a
 * repeat finds what the first call did.
 *
 * @throws Error when an option is wrong.
 * @example
 * const campus = openedx({ baseUrl: 'https://learn.example.org', clientId: 'bursar', clientSecret: secret })
 */
export function openedx(options: OpenEdxOptions): OpenEdx {
  const { modes = OPENEDX_MODES, forcesLateGrants = true, runtime = systemRuntime() } = options
  const { username = ({ learnerId }: DeliveryRecipient) => learnerId } = options
  const { api, asking } = openEdxApi(options)
  const rank = (mode: string | null): number => (mode === null ? -1 : modes.indexOf(mode))
  const includes = (mode: string | null, wanted: string): boolean => mode !== null && rank(mode) >= rank(wanted)

  /** Who, and what; or the refusal of what cannot be asked at all. */
  function keyOf(
    recipient: DeliveryRecipient,
    target: Json,
    reader = readTarget,
  ): { user: string; target: OpenEdxTarget } | string {
    const read = reader(target, modes)
    if (typeof read === 'string') return `target_invalid: ${read}`
    const user = username(recipient)
    return user === null || user === '' ? 'learner_unknown: the customer has no account there.' : { user, target: read }
  }

  async function deliver(grant: DeliverGrant): Promise<DeliveryAnswer> {
    const key = keyOf(grant.recipient, grant.target, readNewTarget)
    if (typeof key === 'string') return { outcome: 'refused', reason: key }
    const { user, target } = key
    const found = await readEnrolment(api, { user, course: target.course })
    if ('outcome' in found) return found
    if (found.mode !== null && rank(found.mode) < 0) {
      return { outcome: 'refused', reason: `mode_strange: the learner is enrolled as ${found.mode}.` }
    }
    const state = { enrolled: found.enrolled, mode: found.mode }
    if (grant.before === null) await grant.remember(state)
    const before = grant.before ?? state
    if (includes(found.mode, target.mode)) return { outcome: 'done', before }
    const change = { user, ...target, isActive: true, orderNumber: grant.orderNumber }
    const answer = await enrolled(change, await writeEnrolment(api, change))
    if (answer === 'done') return { outcome: 'done', before }
    if (!('late' in answer)) return answer
    const lateness = await latenessOf(target, grant.soldAt, answer.late)
    if (lateness !== 'sold_in_time') return lateness
    if (!forcesLateGrants) {
      return { outcome: 'refused', reason: 'deadline_passed: sold before it, but late grants are not allowed here.' }
    }
    const forced = { ...change, force: true }
    const late = await enrolled(forced, await writeEnrolment(api, forced))
    if (late === 'done') return { outcome: 'done', before }
    return 'late' in late ? { outcome: 'refused', reason: 'deadline_passed: the service user may not pass it.' } : late
  }

  /** What a change came to, by what the answer says that there is now. `late`, with its text: a deadline may be why not. */
  async function enrolled(
    change: EnrolmentChange,
    answer: ApiAnswer,
  ): Promise<'done' | { late: string } | DeliveryAnswer> {
    if (answer.outcome === 'unknown') return answer
    if (answer.outcome === 'refused') {
      if (answer.status === 400) return { late: answer.reason }
      const code = answer.status === 406 ? 'learner_unknown' : 'not_allowed'
      return { outcome: 'refused', reason: `${code}: ${answer.reason}` }
    }
    const now = enrolmentIn(answer.body, change)
    if ('outcome' in now) return now
    return includes(now.mode, change.mode)
      ? 'done'
      : {
          outcome: 'refused',
          reason: `mode_kept: it left the learner in ${now.mode ?? 'no mode'}. Is the service user staff?`,
        }
  }

  /**
   * A 400 has one text for a course that is closed and one that is full: the course tells which deadline has passed. Where
   * none has, another text is the platform's own reason.
   */
  async function latenessOf(
    { course, mode }: OpenEdxTarget,
    soldAt: string,
    text: string,
  ): Promise<'sold_in_time' | DeliveryAnswer> {
    const answer = await readCourse(api, course)
    if (answer.outcome !== 'found') return answer
    const offered = answer.course.modes.find(({ slug }) => slug === mode)
    if (offered === undefined) return { outcome: 'refused', reason: `mode_unknown: ${course} has no mode ${mode}.` }
    const { enrolmentEnd, enrolmentStart } = answer.course
    const now = runtime.now()
    if (enrolmentStart !== null && now < enrolmentStart) {
      return { outcome: 'refused', reason: `enrolment_not_open: ${course} opens at ${enrolmentStart}.` }
    }
    const passed = [offered.expiresAt, enrolmentEnd].filter((end) => end !== null).filter((end) => end <= now)
    if (passed.length === 0) {
      const isFull = /error occurred while creating/i.test(text)
      const reason = isFull ? `course_full: ${course} takes nobody, and is open.` : `not_enrolled: ${text}`
      return { outcome: 'refused', reason }
    }
    return passed.every((end) => soldAt < end)
      ? 'sold_in_time'
      : { outcome: 'refused', reason: `deadline_passed: ${mode} was over when it was sold.` }
  }

  async function withdraw(withdrawal: WithdrawGrant): Promise<DeliveryAnswer> {
    const key = keyOf(withdrawal.recipient, withdrawal.target)
    if (typeof key === 'string') return { outcome: 'refused', reason: key }
    const { user, target } = key
    const found = await readEnrolment(api, { user, course: target.course })
    if ('outcome' in found) return found
    // Who has left, or is in another mode since, has it from somebody else: nothing of this grant is left to take.
    if (found.mode !== target.mode) return { outcome: 'done' }
    const left = stateLeft(withdrawal, target.course)
    if (left.mode === found.mode) return { outcome: 'done' }
    const change =
      left.mode === null
        ? { user, ...target, isActive: false }
        : { user, course: target.course, mode: left.mode, isActive: true }
    const answer = await taken(change, left, await writeEnrolment(api, change))
    if (answer.outcome !== 'refused' || left.mode === null) return answer
    // The mode that is left may be past its own deadline: the learner had it all the same.
    const forced = { ...change, force: true }
    return taken(forced, left, await writeEnrolment(api, forced))
  }

  async function taken(change: EnrolmentChange, left: EnrolmentState, answer: ApiAnswer): Promise<DeliveryAnswer> {
    if (answer.outcome === 'unknown') return answer
    if (answer.outcome === 'refused') {
      return /mode mismatch/i.test(answer.reason)
        ? { outcome: 'done' }
        : { outcome: 'refused', reason: `not_withdrawn: ${answer.reason}` }
    }
    const now = enrolmentIn(answer.body, change)
    if ('outcome' in now) return now
    return now.mode === left.mode
      ? { outcome: 'done' }
      : { outcome: 'refused', reason: `not_withdrawn: it left the learner in ${now.mode ?? 'no mode'}.` }
  }

  /** The highest of the state before and of what other grants give in the course. */
  function stateLeft({ before, remaining }: WithdrawGrant, course: string): EnrolmentState {
    const others = remaining
      .map((target) => readTarget(target, modes))
      .flatMap((other) => (typeof other === 'string' || other.course !== course ? [] : [other.mode]))
    const states = [readState(before), ...others.map((mode) => ({ enrolled: true, mode }))]
    return states.reduce((best, state) => (rank(state.mode) > rank(best.mode) ? state : best), NOT_ENROLLED)
  }

  async function ownership(
    learner: DeliveryRecipient,
    targets: readonly Json[],
    { signal }: AskingOptions = {},
  ): Promise<readonly Ownership[]> {
    const keys = targets.map((target) => keyOf(learner, target))
    const user = keys.find((key) => typeof key !== 'string')?.user
    const held = user === undefined ? [] : await listEnrolments(asking(signal), user)
    return keys.map((key): Ownership => {
      if (typeof key === 'string') return { outcome: 'unknown', reason: key }
      if (!Array.isArray(held)) return held as PlatformUnknown // the one other thing that it is
      const mode = held.find(({ course }) => course === key.target.course)?.mode ?? null
      if (mode === null || !includes(mode, key.target.mode)) return { outcome: 'not_owned', mode }
      return { outcome: 'owned', source: 'enrolment', mode }
    })
  }

  async function eligible(learner: DeliveryRecipient, target: Json): Promise<Eligibility> {
    const key = keyOf(learner, target, readNewTarget)
    if (typeof key === 'string') return { outcome: 'refused', reasons: [key] }
    const { course, mode } = key.target
    const answer = await readCourse(asking(), course)
    if (answer.outcome === 'unknown') return answer
    if (answer.outcome === 'refused') return { outcome: 'refused', reasons: [answer.reason] }
    const now = runtime.now()
    const { enrolmentStart, enrolmentEnd, modes: offered } = answer.course
    const own = offered.find(({ slug }) => slug === mode)
    const reasons = [
      ...(own === undefined ? [`mode_unknown: ${course} has no mode ${mode}.`] : []),
      ...(own?.expiresAt != null && own.expiresAt <= now
        ? [`deadline_passed: ${mode} ended at ${own.expiresAt}.`]
        : []),
      ...(enrolmentStart !== null && now < enrolmentStart
        ? [`enrolment_not_open: it opens at ${enrolmentStart}.`]
        : []),
      ...(enrolmentEnd !== null && enrolmentEnd <= now ? [`enrolment_closed: it closed at ${enrolmentEnd}.`] : []),
    ]
    return reasons.length === 0 ? { outcome: 'eligible' } : { outcome: 'refused', reasons }
  }

  async function refundFacts(
    learner: DeliveryRecipient,
    target: Json,
    { signal }: AskingOptions = {},
  ): Promise<RefundFactsAnswer> {
    const key = keyOf(learner, target)
    if (typeof key === 'string') return { outcome: 'refused', reason: key }
    const found = await readEnrolment(asking(signal), { user: key.user, course: key.target.course })
    if ('outcome' in found) return found
    if (!found.enrolled) return { outcome: 'refused', reason: 'not_enrolled: there is no active enrolment.' }
    const [enrolledAt, startsAt] = [found.created, found.courseStart].map(instantOf)
    // The enrolment API tells neither progress nor certificates.
    const unknownYet = { progress: null, hasCertificate: null }
    return { outcome: 'found', facts: { enrolledAt: enrolledAt ?? null, startsAt: startsAt ?? null, ...unknownYet } }
  }

  return {
    kind: 'learning',
    hasOwnTimeout: true,
    lateGrant: forcesLateGrants ? 'privileged' : 'no',
    checkTarget(target) {
      const read = readNewTarget(target, modes)
      return typeof read === 'string' ? read : null
    },
    subjectOf(target) {
      const read = readTarget(target, modes)
      return typeof read === 'string' ? null : read.course
    },
    deliver,
    withdraw,
    status: async () => ({ outcome: 'unknown', reason: 'Open edX keeps no grants: deliver again, it acts once.' }),
    ownership,
    eligible,
    refundFacts,
    async list(learner) {
      const user = username(learner)
      const held = user === null ? [] : await listEnrolments(asking(), user)
      if (!Array.isArray(held)) return held
      return { outcome: 'found', holdings: held.map(({ course, mode }) => ({ subject: course, mode })) }
    },
    catalogRecords: (provider) => importRecords(api, { provider, modes }),
  }
}

function instantOf(text: string | null): string | null {
  return text === null || Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString()
}
