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
import { addMilliseconds, type Instant } from '../time/index.ts'

/** How often a use case decides anew after it lost a race. */
const MAXIMUM_ATTEMPTS = 6
/**
 * For so many milliseconds it decides anew where only something that it checks has changed: nobody wants what it writes,
 * and while staff change many prices a checkout loses more than six of these.
 */
const CHECK_PATIENCE = 5000
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
 * @throws BursarError `version_conflict` after six lost races, or five seconds of lost checks, `unavailable` when storage is
 * down.
 */
export async function decide<T>(
  ports: DecidePorts,
  scope: Scope,
  attempt: (tries: number) => Promise<Decision<T>>,
): Promise<T> {
  const mayTryAgain = patience(ports.runtime)
  for (let tries = 1; ; tries += 1) {
    const decision = await attempt(tries)
    if ('answer' in decision) return decision.answer
    let lost: Lost = 'race'
    if (!('again' in decision)) {
      const committed = await commitOnce(ports, scope, decision)
      if (typeof committed === 'object' && 'versions' in committed) return decision.done(committed)
      lost = committed
    }
    if (!mayTryAgain(lost)) throw lost instanceof Error ? unavailable(lost) : new BursarError('version_conflict')
    await ports.runtime.sleep(waitBefore(ports.runtime, Math.min(tries, MAXIMUM_ATTEMPTS)))
  }
}

/** What a commit lost: what it writes, to somebody else; what it only looks at, which has changed; or its answer. */
type Lost = 'race' | 'check' | Error

function patience(runtime: Pick<Runtime, 'now'>): (lost: Lost) => boolean {
  let races = 0
  let until: Instant | null = null
  return (lost) => {
    if (lost !== 'check') {
      races += 1
      return races < MAXIMUM_ATTEMPTS
    }
    const now = runtime.now()
    until ??= addMilliseconds(now, CHECK_PATIENCE)
    return now < until
  }
}

async function commitOnce<T>(
  { storage }: DecidePorts,
  scope: Scope,
  decision: Exclude<Decision<T>, { answer: T } | { again: true }>,
): Promise<Committed | Lost> {
  try {
    const options = decision.commitId === undefined ? {} : { commitId: decision.commitId }
    const result = await storage.commit(scope, decision.changes, options)
    if (result.outcome === 'committed') return result
    const verdict = decision.onConflict?.(result, decision.changes) ?? defaultVerdict(result)
    if (verdict !== 'again') throw verdict
    return decision.changes[result.change]?.do === 'check' ? 'check' : 'race'
  } catch (error) {
    if (!isStorageUnavailable(error)) throw error
    if (error.outcome === 'unknown') return error
    throw unavailable(error)
  }
}

const unavailable = (cause: Error): BursarError => new BursarError('unavailable', { cause, retryAfter: 1 })

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
