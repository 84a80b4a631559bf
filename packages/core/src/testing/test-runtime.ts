import { newId } from '../ids/index.ts'
import type { Runtime } from '../ports/runtime.ts'
import { fromInstant, type Instant, toInstant } from '../time/index.ts'

/** Where the clock starts, what chance repeats, and what a sleep waits for. */
export interface TestRuntimeOptions {
  /** The clock's first reading. @default '2026-01-01T00:00:00.000Z' */
  readonly now?: Instant | undefined
  /** An integer; the same seed gives the same bytes and ids. @default 1 */
  readonly seed?: number | undefined
  /**
   * `until_advanced`: a sleep ends when {@link TestRuntime.advance} has moved the clock past it. `at_once`: a sleep
   * moves the clock itself and ends, for code whose waits no test is about. @default 'until_advanced'
   */
  readonly sleeps?: 'until_advanced' | 'at_once' | undefined
}

/** A runtime whose time and chance a test rules. */
export interface TestRuntime extends Runtime {
  /**
   * Moves the clock forward by so many milliseconds, ending each sleep on the way at its own time, in order, also
   * those that begin on the way. Settled when all that these sleeps set going has run as far as promises carry it.
   */
  advance(milliseconds: number): Promise<void>
  /** How many sleeps have not ended. */
  sleeping(): number
}

interface Sleeper {
  readonly due: number
  readonly wake: () => void
}

/** Enough turns for a chain of promises set going by a sleep to reach its next sleep. */
const TURNS_AFTER_WAKING = 100

/** A runtime for tests: a clock that only a test moves, and chance that a seed repeats. */
export function testRuntime(options: TestRuntimeOptions = {}): TestRuntime {
  const { now = '2026-01-01T00:00:00.000Z', seed = 1, sleeps = 'until_advanced' } = options
  const clock = testClock(fromInstant(now))
  const nextByte = byteSource(seed)
  const randomBytes = (count: number) => Uint8Array.from({ length: count }, nextByte)
  return {
    now: clock.now,
    randomBytes,
    newId: (prefix) => newId(prefix, { now: clock.now, randomBytes }),
    sleep: sleeps === 'at_once' ? clock.skip : clock.sleep,
    advance: clock.advance,
    sleeping: clock.sleeping,
  }
}

function testClock(start: number) {
  let time = start
  const sleepers = new Set<Sleeper>()

  async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    assertDuration(milliseconds)
    signal?.throwIfAborted()
    if (milliseconds === 0) return
    await new Promise<void>((resolve, reject) => {
      const sleeper = { due: time + Math.ceil(milliseconds), wake }
      const onAbort = () => {
        sleepers.delete(sleeper)
        reject(signal?.reason)
      }
      function wake(): void {
        sleepers.delete(sleeper)
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }
      sleepers.add(sleeper)
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }

  async function skip(milliseconds: number, signal?: AbortSignal): Promise<void> {
    assertDuration(milliseconds)
    signal?.throwIfAborted()
    await advance(milliseconds)
  }

  async function advance(milliseconds: number): Promise<void> {
    assertDuration(milliseconds)
    const target = time + Math.ceil(milliseconds)
    for (let next = nextDue(sleepers, target); next !== undefined; next = nextDue(sleepers, target)) {
      time = Math.max(time, next.due)
      next.wake()
      await letPromisesRun()
    }
    time = Math.max(time, target)
  }

  return { now: () => toInstant(time), sleep, skip, advance, sleeping: () => sleepers.size }
}

/** The sleeper that ends first; of those that end together, the one that began first. */
function nextDue(sleepers: ReadonlySet<Sleeper>, target: number): Sleeper | undefined {
  let first: Sleeper | undefined
  for (const sleeper of sleepers) {
    if (sleeper.due <= target && (first === undefined || sleeper.due < first.due)) first = sleeper
  }
  return first
}

async function letPromisesRun(): Promise<void> {
  for (let turn = 0; turn < TURNS_AFTER_WAKING; turn += 1) await undefined
}

function assertDuration(milliseconds: number): void {
  if (!(milliseconds >= 0)) throw new RangeError(`Time moves by 0 or more milliseconds, not ${milliseconds}.`)
}

/** mulberry32: evenly spread and small; no secret depends on a test's chance. */
function byteSource(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) & 0xff
  }
}
