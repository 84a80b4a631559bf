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
  /** Time and chance for what belongs to a life. */
  runtimeOf(life: Life): Runtime
  /** Goes on until nothing waits any more, or the clock has reached the end. Answers how many turns were taken. */
  run(end: Instant): Promise<number>
}

interface Waiting {
  readonly life: Life
  readonly due: number
  readonly order: number
  readonly wake: () => void
}

/** Promises that a turn sets going reach their next turn within so many rounds of microtasks. */
const FEW_ROUNDS = 8
/** More than any chain of promises takes until it waits again (22 were seen); only then is nothing left to do at this time. */
const MANY_ROUNDS = 100

/** A scheduler of tasks that wait for nothing but it, so that a seed repeats every order of events. */
export function scheduler(random: SeededRandom, start: Instant): Scheduler {
  let time = fromInstant(start)
  let order = 0
  let waiting: Waiting[] = []

  function wait(life: Life, milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    return new Promise((resolve, reject) => {
      order += 1
      const item: Waiting = { life, due: time + Math.ceil(milliseconds), order, wake: () => resolve() }
      waiting.push(item)
      signal?.addEventListener('abort', () => {
        waiting = waiting.filter((other) => other !== item)
        reject(signal.reason)
      })
    })
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

  const isReady = ({ life, due }: Waiting) => due <= time && life.frozenUntil <= time
  const dropDead = () => {
    waiting = waiting.filter(({ life }) => life.isAlive)
  }

  async function settle(rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round += 1) await undefined
  }

  /** Something that may go on now; where nothing may, the clock moves to when something may. */
  async function choose(end: number): Promise<Waiting | null> {
    dropDead()
    let ready = waiting.filter(isReady)
    if (ready.length === 0) {
      await settle(MANY_ROUNDS)
      dropDead()
      ready = waiting.filter(isReady)
    }
    if (ready.length === 0) {
      const next = Math.min(...waiting.map(({ life, due }) => Math.max(due, life.frozenUntil)))
      if (next > end) return null
      time = next
      ready = waiting.filter(isReady)
    }
    return random.pick(ready)
  }

  return {
    now: clock(() => 0),
    turn: (life) => wait(life, 0),
    runtimeOf(life) {
      const now = clock(() => life.aheadMs)
      const randomBytes = (count: number) => random.bytes(count)
      const sleep = (milliseconds: number, signal?: AbortSignal) => wait(life, milliseconds, signal)
      return { now, randomBytes, sleep, newId: (prefix) => newId(prefix, { now, randomBytes }) }
    },
    async run(end) {
      const last = fromInstant(end)
      for (let turns = 0; ; turns += 1) {
        await settle(FEW_ROUNDS)
        const next = await choose(last)
        if (next === null) {
          time = Math.max(time, last)
          return turns
        }
        waiting = waiting.filter((other) => other !== next)
        next.wake()
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
