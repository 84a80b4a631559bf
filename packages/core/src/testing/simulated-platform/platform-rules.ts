import { canonicalJson } from '../../ids/index.ts'
import type { Json } from '../../json/index.ts'
import type {
  DeliveryAnswer,
  DeliveryRecipient,
  Eligibility,
  Ownership,
  PlatformHolding,
  PlatformUnknown,
  RefundFacts,
  RefundFactsAnswer,
  WithdrawGrant,
} from '../../ports/index.ts'
import type { Instant } from '../../time/index.ts'
import type { SimulationLog } from '../simulation-log.ts'
import { type EnrolmentState, highest, type PlatformCourse, type PlatformTarget, rankOf } from './platform-course.ts'
import type { Enrolment, StoredGrant } from './platform-records.ts'
import { readState, readTarget } from './platform-target.ts'

/** One request to enrol. */
export interface EnrolmentRequest {
  readonly target: PlatformTarget
  readonly soldAt: Instant
  readonly now: Instant
}

/** The rules that the simulated platform keeps, one function each, so that a fault is one rule broken. */
export interface PlatformRules {
  /** What is wrong with a target, or null. */
  wrongTarget(target: Json): string | null
  learnerOf(recipient: DeliveryRecipient): string
  /** What a grant id that comes in to be delivered means. */
  recall(stored: StoredGrant | undefined, target: Json): 'new' | 'replay' | 'mismatch' | 'withdrawn'
  /** Is a withdrawal of this grant to be done? */
  canWithdraw(stored: StoredGrant | undefined): boolean
  /** Why a course takes nobody in this mode, or null. */
  cannotEnrol(course: PlatformCourse | undefined, request: EnrolmentRequest): string | null
  /** The state after a delivery. */
  raised(current: EnrolmentState, target: PlatformTarget): EnrolmentState
  /** The state that is answered as found before. */
  before(found: EnrolmentState): EnrolmentState
  /** Did somebody else give more since, which a withdrawal leaves? */
  isRaisedSince(current: EnrolmentState, target: PlatformTarget): boolean
  /** The state that a withdrawal leaves in a course. */
  left(withdrawal: WithdrawGrant, course: string): EnrolmentState
  /** What is answered when the connection broke. */
  lostReply(reason: string): DeliveryAnswer
  /** What is answered when the platform says no. */
  refusal(reason: string): DeliveryAnswer
  /** Is the state before kept before anything is changed? */
  remembers: 'first' | 'afterwards'
  /** What a target is about. */
  subjectOf(target: Json): string | null
  /** What a learner with this state has of a target. */
  owned(current: EnrolmentState, target: PlatformTarget): Ownership
  /** May somebody be enrolled? */
  eligibility(refusal: string | null): Eligibility
  /** What somebody who is enrolled may be asked about. */
  facts(current: EnrolmentState, facts: RefundFacts): RefundFactsAnswer
  /** All that a learner has, of all enrolments there. */
  holdings(learner: string, all: readonly Enrolment[]): PlatformHolding[]
  /** What is answered to a question when the connection broke. */
  silence(reason: string): PlatformUnknown
  /** Reads, then writes, with nothing in between. */
  alone<Read>(log: SimulationLog, read: () => Read, write: (read: Read) => DeliveryAnswer): Promise<DeliveryAnswer>
}

/** The rules as they should be. */
export const soundPlatformRules: PlatformRules = {
  wrongTarget(target) {
    const read = readTarget(target)
    return typeof read === 'string' ? read : null
  },
  learnerOf: ({ learnerId, customerId }) => learnerId ?? customerId,
  recall,
  canWithdraw: (stored) => stored?.state === 'delivered',
  cannotEnrol,
  raised: (current, { mode }) => (rankOf(current.mode) >= rankOf(mode) ? current : { enrolled: true, mode }),
  before: (found) => found,
  isRaisedSince: (current, { mode }) => rankOf(current.mode) > rankOf(mode),
  left: ({ before, remaining }, course) => highest([readState(before), ...statesIn(remaining, course)]),
  lostReply: (reason) => ({ outcome: 'unknown', reason }),
  refusal: (reason) => ({ outcome: 'refused', reason }),
  remembers: 'first',
  subjectOf(target) {
    const read = readTarget(target)
    return typeof read === 'string' ? null : read.course
  },
  owned: ({ mode }, target) =>
    mode !== null && rankOf(mode) >= rankOf(target.mode)
      ? { outcome: 'owned', source: 'enrolment', mode }
      : { outcome: 'not_owned', mode },
  eligibility: (refusal) => (refusal === null ? { outcome: 'eligible' } : { outcome: 'refused', reasons: [refusal] }),
  facts: ({ enrolled }, facts) =>
    enrolled ? { outcome: 'found', facts } : { outcome: 'refused', reason: 'not_enrolled: there is no enrolment.' },
  holdings: (learner, all) =>
    all.flatMap((one) =>
      one.learner === learner && one.mode !== null ? [{ subject: one.course, mode: one.mode }] : [],
    ),
  silence: (reason) => ({ outcome: 'unknown', reason }),
  alone: async (log, read, write) => log.transact(() => write(read())),
}

/** What targets give in a course. */
export function statesIn(targets: readonly Json[], course: string): EnrolmentState[] {
  return targets
    .map(readTarget)
    .filter((target) => typeof target !== 'string')
    .filter((target) => target.course === course)
    .map(({ mode }) => ({ enrolled: true, mode }))
}

function recall(stored: StoredGrant | undefined, target: Json): 'new' | 'replay' | 'mismatch' | 'withdrawn' {
  if (stored === undefined) return 'new'
  if (canonicalJson(stored.target) !== canonicalJson(target)) return 'mismatch'
  return stored.state === 'withdrawn' ? 'withdrawn' : 'replay'
}

function cannotEnrol(course: PlatformCourse | undefined, { target, soldAt, now }: EnrolmentRequest): string | null {
  if (course === undefined) return `course_unknown: there is no course ${target.course}.`
  const mode = course.modes.find((one) => one.mode === target.mode)
  if (mode === undefined) return `mode_unknown: ${target.course} has no mode ${target.mode}.`
  if (isBefore(now, course.enrolmentStart)) return `enrolment_not_open: ${target.course} is not open yet.`
  if (!isBefore(soldAt, course.enrolmentEnd ?? LAST))
    return `enrolment_closed: ${target.course} was closed when it was sold.`
  return isBefore(soldAt, mode.deadline ?? LAST) ? null : `deadline_passed: ${target.mode} was over when it was sold.`
}

const LAST: Instant = '9999-12-31T23:59:59.999Z'

function isBefore(instant: Instant, bound: Instant | null | undefined): boolean {
  return bound !== null && bound !== undefined && instant < bound
}
