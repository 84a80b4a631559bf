import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { rememberRefusals } from './remember-refusals.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('who was refused by a clock that was ahead is asked about again in time', async () => {
  const answers = [60, null]
  const limits = rememberRefusals({ take: async () => answers.shift() ?? null, giveBack: async () => {} })
  expect(await limits.take('carts', 'somebody', 1)).toBe(60)
  vi.setSystemTime(Date.now() - 6 * 3_600_000)
  expect(limits.refusedFor('carts', 'somebody')).toBe(60)
  vi.advanceTimersByTime(60_000)
  expect(await limits.take('carts', 'somebody', 1)).toBeNull()
})
