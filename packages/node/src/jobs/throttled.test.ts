import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { throttled } from './throttled.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('work is done at once, and once more for all calls within the pause', () => {
  const work = vi.fn()
  const { call } = throttled(work, 100)
  call()
  expect(work).toHaveBeenCalledTimes(1)
  for (let n = 0; n < 5; n += 1) call()
  vi.advanceTimersByTime(99)
  expect(work).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1)
  expect(work).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(500)
  expect(work).toHaveBeenCalledTimes(2)
  call()
  expect(work).toHaveBeenCalledTimes(3)
})

test('what was put off and then cancelled is not done', () => {
  const work = vi.fn()
  const { call, cancel } = throttled(work, 100)
  call()
  call()
  cancel()
  vi.advanceTimersByTime(500)
  expect(work).toHaveBeenCalledTimes(1)
})
