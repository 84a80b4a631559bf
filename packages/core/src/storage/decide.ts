import { BursarError } from '../errors/index.ts'
import {
  type Change,
  type Committed,
  type Conflict,
  isStorageUnavailable,
  type Runtime,
  type Scope,
  type Storage,
} from '../ports/index.ts'

/** How often a use case decides anew after it lost a race. */
const MAXIMUM_ATTEMPTS = 6
/** The random wait grows by so many milliseconds with each attempt; shorter waits lose more races (docs/storage.md). */
const WAIT_PER_ATTEMPT = 20

/** What a use case decided: an answer as it is, or changes and the answer that they lead to. */
export type Decision<T> =
  | { answer: T }
  /** What was read does not belong together, for somebody wrote meanwhile: decides anew. */
  | { again: true }
  | {
      changes: readonly Change[]
      /** Makes a repeat after a lost reply safe, where the changes do not show it themselves. */
      commitId?: string | undefined
      /** The answer, once the changes are stored. */
      done: (committed: Committed) => T
      /** Says what a conflict means; `again` decides anew. By default a lost version or unique key is tried again. */
      onConflict?: ((conflict: Conflict, changes: readonly Change[]) => 'again' | BursarError) | undefined
    }

/** Where and by whom a decision is stored. */
export interface DecidePorts {
  /** Where it is stored. */
  storage: Storage
  /** The source of the random wait. */
  runtime: Runtime
}

/**
 * Reads, decides, commits; again when the commit lost a race or its reply.
 * `attempt` reads and decides; it has no effect, for it can run several times, and is told the how many-th time it is, from
 * 1. A use case without `commitId` must see in what it reads that its own write is already there.
 *
 * @throws BursarError `version_conflict` after six lost races, `unavailable` when storage is down.
 */
export async function decide<T>(
  ports: DecidePorts,
  scope: Scope,
  attempt: (tries: number) => Promise<Decision<T>>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const decision = await attempt(tries)
    if ('answer' in decision) return decision.answer
    if (!('again' in decision)) {
      const committed = await commitOnce(ports, scope, decision, tries)
      if (committed !== 'again') return decision.done(committed)
    }
    if (tries >= MAXIMUM_ATTEMPTS) throw new BursarError('version_conflict')
    await ports.runtime.sleep(waitBefore(ports.runtime, tries))
  }
}

async function commitOnce<T>(
  { storage }: DecidePorts,
  scope: Scope,
  decision: Exclude<Decision<T>, { answer: T } | { again: true }>,
  tries: number,
): Promise<Committed | 'again'> {
  try {
    const options = decision.commitId === undefined ? {} : { commitId: decision.commitId }
    const result = await storage.commit(scope, decision.changes, options)
    if (result.outcome === 'committed') return result
    const verdict = decision.onConflict?.(result, decision.changes) ?? defaultVerdict(result)
    if (verdict === 'again') return 'again'
    throw verdict
  } catch (error) {
    if (!isStorageUnavailable(error)) throw error
    if (error.outcome === 'unknown' && tries < MAXIMUM_ATTEMPTS) return 'again'
    throw new BursarError('unavailable', { cause: error, retryAfter: 1 })
  }
}

function defaultVerdict(conflict: Conflict): 'again' | BursarError {
  switch (conflict.why) {
    case 'version':
    case 'unique':
      return 'again'
    case 'limit':
      return new BursarError('sold_out', { reason: conflict.counter })
    case 'hold_gone':
      return 'again'
  }
}

function waitBefore(runtime: Runtime, tries: number): number {
  const byte = runtime.randomBytes(1)[0] ?? 0
  return Math.ceil((byte / 255) * WAIT_PER_ATTEMPT * tries)
}
