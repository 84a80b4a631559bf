import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { expect, test, vi } from 'vitest'
import { limiterRateLimits } from './limiter-rate-limits.ts'

test.each([
  ['given back while its window lasts', 60_000, 1],
  ['not taken from the next window, when the answer comes after its own', 0, 0],
])('what is refused is %s', async (_what, msBeforeNext, rewards) => {
  const reward = vi.fn(async () => new RateLimiterRes(0, 0, 0, false))
  const consume = () => Promise.reject(new RateLimiterRes(0, msBeforeNext, 4, false))
  const limits = limiterRateLimits(() => ({ consume, reward, duration: 60 }) as unknown as RateLimiterAbstract) // no more is asked of it
  expect(await limits.take('codes', 'somebody', 1)).toBeGreaterThan(0)
  expect(reward).toHaveBeenCalledTimes(rewards)
})
