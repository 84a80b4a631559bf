import type { InProcessClient } from '../../commerce/commerce.ts'
import { type BursarError, isBursarError } from '../../errors/index.ts'
import type { Principal } from '../../ports/index.ts'
import type { Promises } from './promises.ts'
import type { World } from './world.ts'

/** Somebody who asks the shop. */
export interface Person {
  readonly name: string
  readonly principal: Principal
  /** The most attempts at one request before they give up. @default as many as a storm takes */
  readonly patience?: number | undefined
}

/** More attempts at one request than a storm takes. */
const PATIENCE = 12

/** Is it a refusal, and not what was asked for? */
export const isRefused = (answer: unknown): answer is BursarError => isBursarError(answer)

/**
 * Asks a process, as a client does: when it dies or is unavailable, another one, with the same key. Answers what it
 * answered, its refusal, or null when the person gave up.
 */
export async function request<T>(
  world: World,
  { name, principal, patience = PATIENCE }: Person,
  promises: Promises,
  ask: (client: InProcessClient) => Promise<T>,
): Promise<T | BursarError | null> {
  for (let attempt = 1; attempt <= patience; attempt += 1) {
    const { commerce, life } = world.anyProcess()
    try {
      return await Promise.race([ask(commerce.as(principal)), life.death])
    } catch (error) {
      if (
        isBursarError(error) &&
        error.status < 500 &&
        error.code !== 'payment_in_progress' &&
        error.code !== 'version_conflict'
      ) {
        return error
      }
      if (!isBursarError(error) && life.isAlive) promises.strange.push(`${name}: ${String(error)}`)
    }
    await think(world)
  }
  return null
}

/** A pause of a person. */
export async function think(world: World): Promise<void> {
  await world.scheduler.runtimeOf(world.life).sleep(world.random.below(world.longestThoughtMs))
}
