import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { timeLimits } from './time-limits.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('what is not answered in its own time is told so, and nothing else', () => {
  const watch = timeLimits()
  const expired: string[] = []
  const late = watch(1000, () => {
    expired.push('late')
    late()
  })
  const answered = watch(1000, () => expired.push('answered'))
  watch(3000, () => expired.push('slower'))
  vi.advanceTimersByTime(900)
  answered()
  answered()
  vi.advanceTimersByTime(2000)
  expect(expired).toEqual(['late'])
})

test('there is no timer while nothing is under way, and one again for what comes later', () => {
  const watch = timeLimits()
  watch(1000, () => {})()
  vi.advanceTimersByTime(100)
  expect(vi.getTimerCount()).toBe(0)
  const expire = vi.fn()
  watch(1000, expire)
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(1100)
  expect(expire).toHaveBeenCalled()
})
