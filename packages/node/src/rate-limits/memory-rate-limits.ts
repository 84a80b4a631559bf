import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { RateLimits } from '../handler/index.ts'
import { type LimitOptions, limitsOf } from './limit-options.ts'
import { limiterRateLimits } from './limiter-rate-limits.ts'

/** Counts in this process alone: for a shop that one process serves. By default 30 wrong codes in ten minutes, 100 carts in one. */
export function memoryRateLimits(options: LimitOptions = {}): RateLimits {
  const limits = limitsOf(options)
  const limiters = {
    codes: new RateLimiterMemory({ points: limits.codes.acts, duration: limits.codes.seconds }),
    carts: new RateLimiterMemory({ points: limits.carts.acts, duration: limits.carts.seconds }),
  }
  return limiterRateLimits((act) => limiters[act])
}
