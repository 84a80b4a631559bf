export { type ActLimit, type LimitOptions, limitsOf } from './limit-options.ts'
export { limiterRateLimits } from './limiter-rate-limits.ts'
export { memoryRateLimits } from './memory-rate-limits.ts'
