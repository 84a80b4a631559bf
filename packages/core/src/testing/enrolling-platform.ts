import type { Json } from '../json/index.ts'
import type { DeliveryAnswer, LearningPlatform } from '../ports/index.ts'

/** A learning platform that keeps enrolments and no grants, as Open edX does: whoever writes last has the last word. */
export interface EnrollingPlatform extends LearningPlatform {
  /** The modes of learners, by `learner/course`. */
  readonly rows: Map<string, string | null>
  /** What happens before the next writes there, one each. */
  readonly meanwhile: (() => Promise<unknown>)[]
  /** So many of the next deliveries are refused once they have looked. */
  refusals: number
}

const MODES: readonly (string | null)[] = [null, 'audit', 'verified']

/** Makes one whose courses have the modes `audit` and `verified`. */
export function enrollingPlatform(): EnrollingPlatform {
  const rows = new Map<string, string | null>()
  const meanwhile: (() => Promise<unknown>)[] = []
  const keyOf = (learnerId: string | null, course: string) => `${learnerId}/${course}`
  const write = async (key: string, mode: string | null): Promise<DeliveryAnswer> => {
    await meanwhile.shift()?.()
    rows.set(key, mode)
    return { outcome: 'done' }
  }
  const none = async () => ({ outcome: 'unknown', reason: 'nobody asks it here' }) as const
  const platform: EnrollingPlatform = {
    ...{ kind: 'learning', lateGrant: 'yes', rows, meanwhile, refusals: 0, checkTarget: () => null },
    ...{ status: none, eligible: none, refundFacts: none, list: none },
    subjectOf: (target) => readTarget(target).course,
    ownership: async (_learner, targets) => targets.map(() => ({ outcome: 'not_owned', mode: null })),
    async deliver({ recipient, target, before, remember }) {
      const { course, mode } = readTarget(target)
      const key = keyOf(recipient.learnerId, course)
      const found = { mode: rows.get(key) ?? null }
      if (before === null) await remember(found)
      if (platform.refusals-- > 0) return { outcome: 'refused', reason: 'course_full' }
      return rank(found.mode) >= rank(mode) ? { outcome: 'done' } : write(key, mode)
    },
    async withdraw({ recipient, target, before, remaining }) {
      const { course, mode } = readTarget(target)
      const had = before === null ? null : (before as { mode: string | null }).mode // as it was kept above
      const left = [had, ...remaining.map((other) => readTarget(other).mode)].reduce(higher, null)
      const key = keyOf(recipient.learnerId, course)
      const found = rows.get(key) ?? null
      return found !== mode || left === found ? { outcome: 'done' } : write(key, left)
    },
  }
  return platform
}

const readTarget = (target: Json) => target as { course: string; mode: string } // of the tests' own

const rank = (mode: string | null): number => MODES.indexOf(mode)

const higher = (one: string | null, other: string | null): string | null => (rank(one) >= rank(other) ? one : other)
