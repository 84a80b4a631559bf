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
  watch(1000, () => expired.push('late'))
  const answered = watch(1000, () => expired.push('answered'))
  watch(3000, () => expired.push('slower'))
  watch(0, () => expired.push('as long as it takes'))
  vi.advanceTimersByTime(800)
  answered()
  answered()
  expect(expired).toEqual([])
  vi.advanceTimersByTime(200)
  expect(expired).toEqual(['late'])
  vi.advanceTimersByTime(1800)
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
  expect(expire).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1000)
  expect(expire).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})
