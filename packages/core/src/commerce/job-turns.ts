import type { LeasedJob, Scope } from '../ports/index.ts'

/**
 * As many as a lease takes. With more in backlog at once, those that fall out come by the age of their jobs, as who was never served does: no list
 * of this length could put them behind one whose job is younger than all of theirs.
 */
const MOST = 1000

/** Whose jobs were taken, so that each has its turn. */
export interface JobTurns {
  /** The latest last. */
  taken(): Scope[]
  /** Notes what a look took, however little: that others wait cannot be told from it, for of several processes each passes over what another takes. */
  note(batch: readonly LeasedJob[]): void
}

/** Turns of which none was taken yet. */
export function jobTurns(most = MOST): JobTurns {
  const scopes = new Map<string, Scope>()
  return {
    taken: () => [...scopes.values()],
    note(batch) {
      for (const { scope } of batch) take(scope)
    },
  }

  function take(scope: Scope): void {
    const name = `${scope.operator}\n${scope.site ?? ''}`
    scopes.delete(name)
    scopes.set(name, scope)
    const [oldest = name] = scopes.keys()
    if (scopes.size > most) scopes.delete(oldest)
  }
}
