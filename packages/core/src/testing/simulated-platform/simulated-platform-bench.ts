import type { Json } from '../../json/index.ts'
import type { DeliveryRecipient } from '../../ports/index.ts'
import type { LearningPlatformBench } from '../learning-platform-bench.ts'
import type { PlatformCourse } from './platform-course.ts'
import { readTarget } from './platform-target.ts'
import type { SimulatedPlatform } from './simulated-platform.ts'

/** The courses of the trial; the clock of its platform stands after the deadline of the last. */
export const TRIAL_COURSES: readonly PlatformCourse[] = [
  { id: 'course-plain', modes: [{ mode: 'audit' }, { mode: 'verified' }] },
  { id: 'course-degrees', modes: [{ mode: 'audit' }, { mode: 'verified' }, { mode: 'credit' }] },
  { id: 'course-expired', modes: [{ mode: 'verified', deadline: '2026-05-01T00:00:00.000Z' }] },
]

/** A clock reading for the trial. */
export const TRIAL_NOW = '2026-06-01T00:00:00.000Z'

/** A bench for the conformance suite of a simulated platform with {@link TRIAL_COURSES}, whatever its log is. */
export function simulatedPlatformBench(platform: SimulatedPlatform): LearningPlatformBench {
  const learnerOf = ({ learnerId, customerId }: DeliveryRecipient) => learnerId ?? customerId
  return {
    provider: platform,
    target: { course: 'course-plain', mode: 'verified' },
    degrees: {
      lower: { course: 'course-degrees', mode: 'verified' },
      higher: { course: 'course-degrees', mode: 'credit' },
    },
    expired: {
      target: { course: 'course-expired', mode: 'verified' },
      soldBefore: '2026-04-30T23:59:59.999Z',
      soldAfter: '2026-05-01T00:00:00.000Z',
    },
    wrongTargets: ['course-plain', { course: 'course-plain' }, { course: 'course-plain', mode: 'gold' }],
    async has(recipient, target): Promise<Json> {
      const { course } = asTarget(target)
      const found = platform.enrolments().find((one) => one.learner === learnerOf(recipient) && one.course === course)
      return found?.mode ?? null
    },
    async giveDirectly(recipient, target) {
      platform.enrol({ learner: learnerOf(recipient), ...asTarget(target) })
    },
    changesBy: async (grantId) => platform.deliveriesOf(grantId),
    breakNext: async (call, when) =>
      platform.script(call, call === 'ask' || when === 'before' ? 'outage' : 'timeout_after'),
  }
}

function asTarget(target: Json) {
  const read = readTarget(target)
  if (typeof read === 'string') throw new Error(read)
  return read
}
