import type { LeasedJob, Scope } from '../ports/index.ts'

/** As many as a lease takes. */
const MOST = 1000

/** Whose jobs were taken while others waited, so that each has its turn. */
export interface JobTurns {
  /** The latest last. */
  taken(): Scope[]
  /** Notes what a look took. With less than it asked for nobody was left waiting, and all begin anew. */
  note(batch: readonly LeasedJob[], limit: number): void
}

/** Turns of which none was taken yet. */
export function jobTurns(): JobTurns {
  const scopes = new Map<string, Scope>()
  return {
    taken: () => [...scopes.values()],
    note(batch, limit) {
      if (batch.length < limit) scopes.clear()
      else for (const { scope } of batch) take(scope)
    },
  }

  function take(scope: Scope): void {
    const name = `${scope.operator}\n${scope.site ?? ''}`
    scopes.delete(name)
    scopes.set(name, scope)
    const [oldest = name] = scopes.keys()
    if (scopes.size > MOST) scopes.delete(oldest)
  }
}
