import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { LimitedAct, RateLimits } from '../handler/index.ts'
import { type LimitOptions, limitsOf } from './limit-options.ts'
import { limiterRateLimits } from './limiter-rate-limits.ts'

/** Counts in this process alone: for a shop that one process serves. By default 30 wrong codes and 30 declined payments in ten minutes, 100 carts in one. */
export function memoryRateLimits(options: LimitOptions = {}): RateLimits {
  const limits = limitsOf(options)
  const limiterOf = (act: LimitedAct) =>
    new RateLimiterMemory({ points: limits[act].acts, duration: limits[act].seconds })
  const limiters = { codes: limiterOf('codes'), carts: limiterOf('carts'), payments: limiterOf('payments') }
  return limiterRateLimits((act) => limiters[act])
}
