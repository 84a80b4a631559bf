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
      const asked = Date.now()
      try {
        await limiterOf(act).consume(keyOf(act, who), count)
        return null
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) return null
        // The limiter counts what it refuses too. Of a window that is over nothing is left to be given back.
        if (Date.now() < asked + refusal.msBeforeNext) await giveBack(act, who, count)
        return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
      }
    },
    giveBack,
  }
}

function keyOf(act: LimitedAct, who: string): string {
  return `${act}:${createHash('sha256').update(who).digest('base64url').slice(0, 22)}`
}
