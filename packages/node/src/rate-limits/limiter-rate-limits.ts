import { createHash } from 'node:crypto'
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import type { LimitedAct, RateLimits } from '../handler/index.ts'

/** Counts by limiters, one for each act. Who acts is kept as a hash, and for no longer than the limit lasts. */
export function limiterRateLimits(limiterOf: (act: LimitedAct) => RateLimiterAbstract): RateLimits {
  async function giveBack(act: LimitedAct, who: string, count: number): Promise<void> {
    await limiterOf(act)
      .reward(keyOf(act, who), count)
      .catch(() => null)
  }
  return {
    async take(act, who, count) {
      const asked = performance.now()
      try {
        await limiterOf(act).consume(keyOf(act, who), count)
        return null
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) return null
        // A window that a clock began which was ahead ends no later than another.
        const left = Math.min(refusal.msBeforeNext, limiterOf(act).duration * 1000)
        // The limiter counts what it refuses too. Of a window that is over nothing is left to be given back.
        if (performance.now() < asked + left) await giveBack(act, who, count)
        return Math.max(1, Math.ceil(left / 1000))
      }
    },
    giveBack,
  }
}

function keyOf(act: LimitedAct, who: string): string {
  return `${act}:${createHash('sha256').update(who).digest('base64url').slice(0, 22)}`
}
