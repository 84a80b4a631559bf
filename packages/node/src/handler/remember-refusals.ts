import { inTurns, type TurnOf } from './in-turns.ts'
import type { LimitedAct, RateLimits } from './rate-limits.ts'

/** Rate limits that also say, without counting, who was refused a moment ago. */
export interface KnownLimits extends RateLimits {
  /** Says that codes which were taken were guesses: they stay counted. */
  keep(who: string, codes: number): void
  /** Seconds until another try is worth it, where this process was told so; null where it knows of nothing. */
  refusedFor(act: LimitedAct, who: string): number | null
  /** Of acts that are counted afterwards the next of somebody's wait, so that what these are is known before they begin. */
  turnOf: TurnOf
}

interface Refusal {
  /** So many acts at once were refused; fewer may be let through. */
  readonly count: number
  /** When another try is worth it, in milliseconds of a clock that is never set. */
  readonly until: number
  /** Until when nobody is asked again. */
  readonly believedUntil: number
}

/** So many are remembered; who was refused first is forgotten first, and counted again. */
const MAXIMUM = 10_000
/** Codes that another process took can be given back, so its refusals are believed for so long only, in milliseconds. */
const CODES_BELIEVED_FOR = 1000

/**
 * Remembers for how long limits refuse whom, as they were named, so that who is over a limit costs the counts nothing; who
 * was refused long ago goes as others come. Codes that are looked at just now may all be valid: while there are any, a
 * refusal is for a second, and not remembered.
 */
export function rememberRefusals(limits: RateLimits): KnownLimits {
  const refusals = new Map<string, Refusal>()
  const inDoubt = new Map<string, number>()
  const remember = (key: string, refusal: Refusal) => {
    const now = performance.now()
    for (const [oldest, { until }] of refusals) {
      if (until > now && refusals.size < MAXIMUM) break
      refusals.delete(oldest)
    }
    refusals.delete(key)
    refusals.set(key, refusal)
  }
  const doubt = (key: string, count: number) => {
    const sum = (inDoubt.get(key) ?? 0) + count
    if (sum > 0) inDoubt.set(key, sum)
    else inDoubt.delete(key)
  }
  const refusedFor = (key: string, count: number): number | null => {
    const now = performance.now()
    const known = refusals.get(key)
    if (known !== undefined && known.believedUntil <= now) refusals.delete(key)
    else if (known !== undefined && known.count <= count) return Math.ceil((known.until - now) / 1000)
    return null
  }
  return {
    async take(act, who, count) {
      const key = `${act} ${who}`
      const known = refusedFor(key, count)
      if (known !== null) return known
      const wasInDoubt = inDoubt.has(key)
      const seconds = await limits.take(act, who, count)
      if (seconds === null && act === 'codes') doubt(key, count)
      if (seconds === null) return null
      if (wasInDoubt || inDoubt.has(key)) return 1
      const now = performance.now()
      const until = now + seconds * 1000
      const believedUntil = act === 'codes' ? Math.min(until, now + CODES_BELIEVED_FOR) : until
      remember(key, { count, until, believedUntil })
      return seconds
    },
    async giveBack(act, who, count) {
      const key = `${act} ${who}`
      await limits.giveBack(act, who, count)
      doubt(key, -count)
      refusals.delete(key)
    },
    keep: (who, codes) => doubt(`codes ${who}`, -codes),
    refusedFor: (act, who) => refusedFor(`${act} ${who}`, 1),
    acts: limits.acts,
    turnOf: inTurns(),
  }
}
