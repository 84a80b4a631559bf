import type { Runtime } from '../ports/index.ts'
import type { LearningPlatformBench } from './learning-platform-bench.ts'
import { type PlatformRules, soundPlatformRules } from './simulated-platform/platform-rules.ts'
import { simulatedPlatform } from './simulated-platform/simulated-platform.ts'
import { simulatedPlatformBench, TRIAL_COURSES } from './simulated-platform/simulated-platform-bench.ts'

/** A platform that is wrong in one way. */
export interface LearningPlatformFault {
  /** What is wrong. */
  readonly name: string
  /** A fresh bench with it. */
  bench(runtime: Pick<Runtime, 'now' | 'sleep' | 'randomBytes'>): LearningPlatformBench
}

const { owned, holdings, raised, subjectOf } = soundPlatformRules

/** Platforms, each wrong in one named way: the conformance suite must catch every one. */
export const learningPlatformFaults: readonly LearningPlatformFault[] = [
  fault('every mode is a thing of its own', { subjectOf: (target) => JSON.stringify(target) }),
  fault('all courses are one thing', { subjectOf: (target) => (subjectOf(target) === null ? null : 'course') }),
  fault('what is no target is about something', { subjectOf: (target) => subjectOf(target) ?? 'something' }),
  fault('the state before is remembered after the change', { remembers: 'afterwards' }),
  fault('another state is remembered than is answered', {
    before: (() => {
      let calls = 0
      return (found) => (calls++ % 2 === 0 ? { enrolled: false, mode: null } : found)
    })(),
  }),
  fault('everything is owned', { owned: (_current, { mode }) => ({ outcome: 'owned', source: 'enrolment', mode }) }),
  fault('nothing is owned', { owned: () => ({ outcome: 'not_owned', mode: null }) }),
  fault('whoever is enrolled owns every mode', {
    owned: (current, target) =>
      current.mode === null ? owned(current, target) : { outcome: 'owned', source: 'enrolment', mode: current.mode },
  }),
  fault('only the very mode is owned', {
    owned: (current, target) =>
      current.mode === target.mode ? owned(current, target) : { outcome: 'not_owned', mode: current.mode },
  }),
  fault('the lower mode that somebody has is not named', {
    owned: (current, target) => {
      const answer = owned(current, target)
      return answer.outcome === 'not_owned' ? { ...answer, mode: null } : answer
    },
  }),
  fault('what is delivered after its deadline is of another mode', {
    raised: (current, target) =>
      target.course === 'course-expired' ? { enrolled: true, mode: 'audit' } : raised(current, target),
  }),
  fault('everybody may have everything', { eligibility: () => ({ outcome: 'eligible' }) }),
  fault('nobody may have anything', { eligibility: () => ({ outcome: 'refused', reasons: ['no: no.'] }) }),
  fault('there is no reason for a refusal', {
    eligibility: (refusal) => (refusal === null ? { outcome: 'eligible' } : { outcome: 'refused', reasons: [] }),
  }),
  fault('who has nothing has facts for a refund', { facts: (_current, facts) => ({ outcome: 'found', facts }) }),
  fault('progress is told in millionths', {
    facts: (current, facts) =>
      current.enrolled
        ? { outcome: 'found', facts: { ...facts, progress: 500_000 } }
        : { outcome: 'refused', reason: 'not enrolled' },
  }),
  fault('the list has what others have', {
    holdings: (_learner, all) => all.flatMap((one) => holdings(one.learner, [one])),
  }),
  fault('the list is always empty', { holdings: () => [] }),
  fault('only the first is listed', { holdings: (...given) => holdings(...given).slice(0, 1) }),
  fault('silence is thrown', {
    silence: (reason) => {
      throw new Error(reason)
    },
  }),
  fault('silence is called not owned', { silence: () => ({ outcome: 'not_owned', mode: null }) as never }), // the fault
]

function fault(name: string, rules: Partial<PlatformRules>): LearningPlatformFault {
  return {
    name,
    bench: (runtime) => simulatedPlatformBench(simulatedPlatform({ runtime, rules, courses: TRIAL_COURSES })),
  }
}
