import { createHash } from 'node:crypto'
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import type { LimitedAct, RateLimits } from '../handler/index.ts'

/** Clocks of processes that count together may differ by so much: no window is begun anew for it. */
const CLOCKS_DIFFER_MS = 10_000

/** Counts by limiters, one for each act. Who acts is kept as a hash, and for no longer than the limit lasts. */
export function limiterRateLimits(limiterOf: (act: LimitedAct) => RateLimiterAbstract): RateLimits {
  async function giveBack(act: LimitedAct, who: string, count: number): Promise<void> {
    await limiterOf(act)
      .reward(keyOf(act, who), count)
      .catch(() => null)
  }
  /** For how many milliseconds it is refused, or null. What cannot be counted is let through. */
  async function refusedFor(act: LimitedAct, who: string, count: number): Promise<number | null> {
    try {
      await limiterOf(act).consume(keyOf(act, who), count)
      return null
    } catch (refusal) {
      return refusal instanceof RateLimiterRes ? refusal.msBeforeNext : null
    }
  }
  return {
    acts: {
      codes: limiterOf('codes').points,
      carts: limiterOf('carts').points,
      payments: limiterOf('payments').points,
    },
    async take(act, who, count) {
      const asked = performance.now()
      let left = await refusedFor(act, who, count)
      // No window is as long: a clock began it that was ahead, and it would refuse for as long as that was.
      const longest = limiterOf(act).duration * 1000
      if (left !== null && left > longest + CLOCKS_DIFFER_MS) {
        await limiterOf(act)
          .delete(keyOf(act, who))
          .catch(() => false)
        left = await refusedFor(act, who, count)
      }
      if (left === null) return null
      // The limiter counts what it refuses too. Of a window that is over nothing is left to be given back.
      if (performance.now() < asked + left) await giveBack(act, who, count)
      return Math.max(1, Math.ceil(Math.min(left, longest) / 1000))
    },
    giveBack,
  }
}

function keyOf(act: LimitedAct, who: string): string {
  return `${act}:${createHash('sha256').update(who).digest('base64url').slice(0, 22)}`
}
