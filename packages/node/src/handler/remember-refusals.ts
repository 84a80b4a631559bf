import type { LimitedAct, RateLimits } from './rate-limits.ts'

/** Rate limits that also say, without counting, who was refused a moment ago. */
export interface KnownLimits extends RateLimits {
  /** Seconds until another try is worth it, where this process was told so; null where it knows of nothing. */
  refusedFor(act: LimitedAct, who: string): number | null
}

/** So many are remembered; who was refused first is forgotten first, and counted again. */
const MAXIMUM = 10_000

/** Remembers for how long limits refuse whom, as they were named; who was refused long ago goes as others come. */
export function rememberRefusals(limits: RateLimits): KnownLimits {
  const until = new Map<string, number>()
  const remember = (key: string, seconds: number) => {
    const now = Date.now()
    for (const [oldest, end] of until) {
      if (end > now && until.size < MAXIMUM) break
      until.delete(oldest)
    }
    until.delete(key)
    until.set(key, now + seconds * 1000)
  }
  return {
    async take(act, who, count) {
      const seconds = await limits.take(act, who, count)
      if (seconds !== null) remember(`${act} ${who}`, seconds)
      return seconds
    },
    giveBack: (act, who, count) => limits.giveBack(act, who, count),
    refusedFor(act, who) {
      const key = `${act} ${who}`
      const left = (until.get(key) ?? 0) - Date.now()
      if (left > 0) return Math.ceil(left / 1000)
      until.delete(key)
      return null
    },
  }
}
