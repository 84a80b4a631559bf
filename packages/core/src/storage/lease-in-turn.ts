import { compareText } from './compare-values.ts'

/** `runAt` of a job that is to run at once. */
export const AT_ONCE = '1970-01-01T00:00:00.000Z'

/** What a queue must know of a job to choose it. */
interface Candidate {
  readonly id: string
  readonly runAt: string
  readonly scope: { readonly operator: string }
}

/**
 * Chooses jobs fairly: one of each operator in turn, the operator whose first job is oldest first; within an operator
 * by `runAt`, then id. All storages use this one function.
 */
export function takeInTurn<T extends Candidate>(due: readonly T[], limit: number): T[] {
  const taken = new Map<string, number>()
  const ranked = [...due].sort(byAge).map((job) => {
    const round = taken.get(job.scope.operator) ?? 0
    taken.set(job.scope.operator, round + 1)
    return { job, round }
  })
  // The sort is stable: within a round the order of age stays.
  ranked.sort((a, b) => a.round - b.round)
  return ranked.slice(0, limit).map(({ job }) => job)
}

function byAge(a: Candidate, b: Candidate): number {
  return compareText(a.runAt, b.runAt) || compareText(a.id, b.id)
}
