import type { Scope } from '../ports/scope.ts'
import { compareText } from './compare-values.ts'

/** `runAt` of a job that is to run at once. */
export const AT_ONCE = '1970-01-01T00:00:00.000Z'

/** What a queue must know of a job to choose it. */
interface Candidate {
  readonly id: string
  readonly priority: number
  readonly runAt: string
  readonly scope: Scope
}

/**
 * Chooses jobs fairly: one of each operator in turn, and of an operator's one of each site in turn. Who has jobs in hand
 * had as many turns; who was served last comes last of its round; then the higher priority, `runAt`, id.
 *
 * `inHand`: the scope of each job of the wanted queues that is leased, and whose lease has not ended; `lately` of the request.
 */
export function takeInTurn<T extends Candidate>(
  due: readonly T[],
  limit: number,
  taken: { readonly inHand: readonly Scope[]; readonly lately?: readonly Scope[] | undefined } = { inHand: [] },
): T[] {
  const bySite = inRounds([...due].sort(byUrgency), taken, ({ operator, site }) => `${operator}\n${site ?? ''}`)
  return inRounds(bySite, taken, ({ operator }) => operator).slice(0, limit)
}

/** The first of each group, then the second of each, …; within a round who was not served yet, or longest ago, is first. */
function inRounds<T extends Candidate>(
  jobs: readonly T[],
  { inHand, lately = [] }: { readonly inHand: readonly Scope[]; readonly lately?: readonly Scope[] | undefined },
  groupOf: (scope: Scope) => string,
): T[] {
  const rounds = new Map<string, number>()
  const nextRound = (group: string) => {
    const round = rounds.get(group) ?? 0
    rounds.set(group, round + 1)
    return round
  }
  for (const scope of inHand) nextRound(groupOf(scope))
  const served = new Map(lately.map((scope, index) => [groupOf(scope), index]))
  const ranked = jobs.map((job) => {
    const group = groupOf(job.scope)
    return { job, round: nextRound(group), turn: served.get(group) ?? -1 }
  })
  return ranked.sort((a, b) => a.round - b.round || a.turn - b.turn).map(({ job }) => job) // the sort is stable
}

function byUrgency(a: Candidate, b: Candidate): number {
  return b.priority - a.priority || compareText(a.runAt, b.runAt) || compareText(a.id, b.id)
}
