import type { Runtime } from '../ports/index.ts'
import type { FulfilmentProviderBench } from './fulfilment-provider-bench.ts'
import { highest } from './simulated-platform/platform-course.ts'
import { type PlatformRules, soundPlatformRules, statesIn } from './simulated-platform/platform-rules.ts'
import { readState } from './simulated-platform/platform-target.ts'
import { simulatedPlatform } from './simulated-platform/simulated-platform.ts'
import { simulatedPlatformBench, TRIAL_COURSES } from './simulated-platform/simulated-platform-bench.ts'

/** A provider that is wrong in one way. */
export interface FulfilmentProviderFault {
  /** What is wrong. */
  readonly name: string
  /** A fresh bench with it. */
  bench(runtime: Pick<Runtime, 'now' | 'sleep' | 'randomBytes'>): FulfilmentProviderBench
}

const { recall, left } = soundPlatformRules

/** Providers, each wrong in one named way: the conformance suite must catch every one. */
export const fulfilmentProviderFaults: readonly FulfilmentProviderFault[] = [
  fault('every target is called right', { wrongTarget: () => null }),
  fault('every target is called wrong', { wrongTarget: () => 'No.' }),
  fault('all learners are one', { learnerOf: () => 'everybody' }),
  fault('a link to a learner is needed', { learnerOf: ({ learnerId }) => learnerId ?? '' }),
  fault('a grant repeated acts again', { recall: () => 'new' }),
  fault('a grant with another target answers as if nothing was wrong', {
    recall: (...call) => (recall(...call) === 'mismatch' ? 'replay' : recall(...call)),
  }),
  fault('a grant with another target acts again', {
    recall: (...call) => (recall(...call) === 'mismatch' ? 'new' : recall(...call)),
  }),
  fault('a delivery after its withdrawal acts', {
    recall: (...call) => (recall(...call) === 'withdrawn' ? 'new' : recall(...call)),
  }),
  fault('a withdrawal without a delivery leaves no trace', {
    recall: (stored, target) =>
      stored?.state === 'withdrawn' && stored.before.mode === null ? 'new' : recall(stored, target),
  }),
  fault('the deadline is compared with the time of delivery', {
    cannotEnrol: (course, request) => soundPlatformRules.cannotEnrol(course, { ...request, soldAt: request.now }),
  }),
  fault('no deadline is kept', {
    cannotEnrol: (course, request) =>
      soundPlatformRules.cannotEnrol(course, { ...request, soldAt: '0000-01-01T00:00:00.000Z' }),
  }),
  fault('the deadline itself is still in time', {
    cannotEnrol: (course, request) =>
      request.soldAt === course?.modes[0]?.deadline ? null : soundPlatformRules.cannotEnrol(course, request),
  }),
  fault('nothing is enrolled', { raised: (current) => current }),
  fault('another mode is given than was asked for', {
    raised: (current, { mode }) =>
      current.enrolled ? soundPlatformRules.raised(current, { course: '', mode }) : { enrolled: true, mode: 'audit' },
  }),
  fault('who is enrolled is raised to another mode than was asked for', {
    raised: (current, target) =>
      current.mode === 'verified' && target.mode === 'credit'
        ? { enrolled: true, mode: 'professional' }
        : soundPlatformRules.raised(current, target),
  }),
  fault('a lower mode replaces a higher one', { raised: (_current, { mode }) => ({ enrolled: true, mode }) }),
  fault('who is enrolled is not raised', {
    raised: (current, { mode }) => (current.enrolled ? current : { enrolled: true, mode }),
  }),
  fault('the state before is forgotten', { before: () => ({ enrolled: false, mode: null }) }),
  fault('a withdrawal does nothing', { canWithdraw: () => false }),
  fault('a withdrawal repeated acts again', { canWithdraw: (stored) => stored !== undefined }),
  fault('a withdrawal always unenrols', { left: () => ({ enrolled: false, mode: null }) }),
  fault('a withdrawal forgets other grants', { left: ({ before }) => readState(before) }),
  fault('a withdrawal forgets the state before', {
    left: ({ remaining }, course) => highest(statesIn(remaining, course)),
  }),
  fault('a withdrawal takes what somebody else gave since', { isRaisedSince: () => false }),
  fault('a withdrawal counts what is left of other things', {
    left: (withdrawal, course) =>
      withdrawal.remaining.length > 0 ? { enrolled: true, mode: 'verified' } : left(withdrawal, course),
  }),
  fault('a lost answer is called a refusal', { lostReply: (reason) => ({ outcome: 'refused', reason }) }),
  fault('a lost answer is called done', { lostReply: () => ({ outcome: 'done' }) }),
  fault('a lost answer is thrown', {
    lostReply: (reason) => {
      throw new Error(reason)
    },
  }),
  fault('a refusal is called unknown', { refusal: (reason) => ({ outcome: 'unknown', reason }) }),
  fault('there is a pause between read and write', {
    alone: async (log, read, write) => {
      const found = log.transact(read)
      await Promise.resolve()
      return log.transact(() => write(found))
    },
  }),
]

function fault(name: string, rules: Partial<PlatformRules>): FulfilmentProviderFault {
  return {
    name,
    bench: (runtime) => simulatedPlatformBench(simulatedPlatform({ runtime, rules, courses: TRIAL_COURSES })),
  }
}
