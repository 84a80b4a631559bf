import { newId } from '../../ids/index.ts'
import type { Runtime } from '../../ports/index.ts'
import { fromInstant, type Instant, toInstant } from '../../time/index.ts'
import type { SeededRandom } from './seeded-random.ts'

/** Something that lives: a process of the shop, or the world around it. What waits for it is dropped when it dies. */
export interface Life {
  /** Name, for the report. */
  readonly name: string
  isAlive: boolean
  /** Until then nothing of it goes on, as of a process that the machine has stopped. Milliseconds. */
  frozenUntil: number
  /** Its clock is so far ahead of the world's, in milliseconds. */
  aheadMs: number
  /** Rejects when it dies. */
  readonly death: Promise<never>
  die(): void
}

/** Decides what goes on next, and what time it is. */
export interface Scheduler {
  /** The virtual clock. */
  now(): Instant
  /** Waits for its turn: anything else that waits may go on first. */
  turn(life: Life): Promise<void>
  /** Waits for so many milliseconds, or until `ring` is called. */
  alarm(life: Life, milliseconds: number): { rung: Promise<void>; ring(): void }
  /** Time and chance for what belongs to a life. */
  runtimeOf(life: Life): Runtime
  /** Goes on until nothing waits any more, or the clock has reached the end. Answers how many turns were taken. */
  run(end: Instant): Promise<number>
}

interface Waiting {
  readonly life: Life
  readonly due: number
  readonly wake: () => void
}

/** What a turn sets going waits again within so many rounds of microtasks, or waits for somebody else's turn. */
const FEW_ROUNDS = 8
/** More than any chain of promises takes until it waits again (22 were seen); only then is nothing left to do at this time. */
const MANY_ROUNDS = 60

/** Many more than any storage takes that waits for nothing but promises. */
const MOST_ROUNDS = 2000

/**
 * A scheduler of tasks that wait for nothing but it, so that a seed repeats every order of events. Where `callOut` names a call
 * that is still out when the clock would move, whoever made it waits for real time: `run` rejects.
 */
export function scheduler(random: SeededRandom, start: Instant, callOut: () => string | null): Scheduler {
  let time = fromInstant(start)
  /** In the order in which they came. */
  const waiting: Waiting[] = []
  /** How often anything began to wait. */
  let arrivals = 0

  function enter(life: Life, milliseconds: number, wake: () => void): Waiting {
    const item: Waiting = { life, due: time + Math.ceil(milliseconds), wake }
    arrivals += 1
    waiting.push(item)
    return item
  }

  function wait(life: Life, milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    return new Promise((resolve, reject) => {
      const item = enter(life, milliseconds, resolve)
      signal?.addEventListener('abort', () => {
        remove(item)
        reject(signal.reason)
      })
    })
  }

  function remove(item: Waiting): void {
    const place = waiting.indexOf(item)
    if (place >= 0) waiting.splice(place, 1)
  }

  /** What a clock shows, said once for each moment that it shows. */
  function clock(ahead: () => number): () => Instant {
    let shown = Number.NaN
    let text = start
    return () => {
      const moment = time + ahead()
      if (moment !== shown) {
        shown = moment
        text = toInstant(moment)
      }
      return text
    }
  }

  /** What may go on now; the dead are forgotten on the way. */
  function ready(): Waiting[] {
    const found: Waiting[] = []
    let kept = 0
    for (const item of waiting) {
      const { life, due } = item
      if (!life.isAlive) continue
      waiting[kept] = item
      kept += 1
      if (due <= time && life.frozenUntil <= time) found.push(item)
    }
    waiting.length = kept
    return found
  }

  /** Lets go on what waits for nothing but promises. */
  async function settle(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS && callOut() !== null; round += 1) await undefined
    const call = callOut()
    if (call === null) return
    throw new Error(
      `This storage cannot be simulated: its \`${call}\` was not answered while the clock stood still. It may wait for nothing but promises. Run \`storageContract\` on one that waits for a database or a file.`,
    )
  }

  return {
    now: clock(() => 0),
    turn: (life) => wait(life, 0),
    alarm(life, milliseconds) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const item = enter(life, milliseconds, resolve)
      const ring = () => {
        remove(item)
        resolve()
      }
      return { rung: promise, ring }
    },
    runtimeOf(life) {
      const now = clock(() => life.aheadMs)
      const randomBytes = (count: number) => random.bytes(count)
      const sleep = (milliseconds: number, signal?: AbortSignal) => wait(life, milliseconds, signal)
      return { now, randomBytes, sleep, newId: (prefix) => newId(prefix, { now, randomBytes }) }
    },
    async run(end) {
      const last = fromInstant(end)
      let turns = 0
      for (let rounds = FEW_ROUNDS; ; ) {
        const before = arrivals
        for (let round = 0; round < rounds && arrivals === before; round += 1) await undefined
        const now = ready()
        if (now.length > 0) {
          const next = random.pick(now)
          remove(next)
          next.wake()
          turns += 1
          rounds = FEW_ROUNDS
        } else if (rounds === FEW_ROUNDS || arrivals !== before) {
          rounds = MANY_ROUNDS
        } else if (callOut() !== null) {
          await settle()
          rounds = FEW_ROUNDS
        } else {
          // Where nothing may go on, the clock moves to when something may.
          const next = Math.min(...waiting.map(({ life, due }) => Math.max(due, life.frozenUntil)))
          time = Math.max(time, Math.min(next, last))
          if (next > last) return turns
          rounds = 0
        }
      }
    },
  }
}

/** A new life. */
export function newLife(name: string): Life {
  const { promise, reject } = Promise.withResolvers<never>()
  // Nobody may be listening when it dies.
  promise.catch(() => {})
  const life: Life = {
    name,
    isAlive: true,
    frozenUntil: 0,
    aheadMs: 0,
    death: promise,
    die() {
      life.isAlive = false
      reject(new Error(`${name} died.`))
    },
  }
  return life
}
