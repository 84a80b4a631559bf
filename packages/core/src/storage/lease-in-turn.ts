import { compareText } from './compare-values.ts'

/** `runAt` of a job that is to run at once. */
export const AT_ONCE = '1970-01-01T00:00:00.000Z'

/** What a queue must know of a job to choose it. */
interface Candidate {
  readonly id: string
  readonly priority: number
  readonly runAt: string
  readonly scope: { readonly operator: string; readonly site?: string | undefined }
}

/**
 * Chooses jobs fairly: one of each operator in turn, and of an operator's one of each site in turn; among those that
 * are equal in that, the higher priority first, then by `runAt`, then id. All storages use this one function.
 */
export function takeInTurn<T extends Candidate>(due: readonly T[], limit: number): T[] {
  const bySite = inRounds([...due].sort(byUrgency), ({ scope }) => `${scope.operator}\n${scope.site ?? ''}`)
  return inRounds(bySite, ({ scope }) => scope.operator).slice(0, limit)
}

/** The first of each group, then the second of each, …; within a round the order stays. */
function inRounds<T>(jobs: readonly T[], groupOf: (job: T) => string): T[] {
  const taken = new Map<string, number>()
  const ranked = jobs.map((job) => {
    const group = groupOf(job)
    const round = taken.get(group) ?? 0
    taken.set(group, round + 1)
    return { job, round }
  })
  return ranked.sort((a, b) => a.round - b.round).map(({ job }) => job) // the sort is stable
}

function byUrgency(a: Candidate, b: Candidate): number {
  return b.priority - a.priority || compareText(a.runAt, b.runAt) || compareText(a.id, b.id)
}
