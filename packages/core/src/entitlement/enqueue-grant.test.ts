import { expect, test } from 'vitest'
import { testRuntime } from '../testing/test-runtime.ts'
import type { Instant } from '../time/index.ts'
import { enqueueGrant } from './enqueue-grant.ts'

const at = (text: string) => text as Instant
const priority = (soldAt: string, serviceStart: string | null = null) => {
  const grant = { id: 'grt_1', customerId: 'cus_1', soldAt: at(soldAt) }
  const start = serviceStart === null ? null : at(serviceStart)
  const change = enqueueGrant(testRuntime(), 'grant.deliver', { ...grant, serviceStart: start })
  return change.do === 'enqueue' ? (change.priority ?? 0) : Number.NaN
}

test('who can use it in an earlier quarter of a day goes first, and all of one have one priority', () => {
  const morning = priority('2026-11-28T06:00:00.000Z')
  expect(priority('2026-11-28T11:59:59.999Z')).toBe(morning)
  expect(priority('2026-11-28T12:00:00.000Z')).toBeLessThan(morning)
  // Of releases before, the minute itself: not behind those of the same quarter.
  expect(-Math.floor(Date.parse('2026-11-28T11:59:00.000Z') / 60_000)).toBe(morning)
  expect(priority('2026-11-20T08:00:00.000Z', '2026-11-28T10:00:00.000Z')).toBe(morning)
  // A course that has begun is used at once.
  expect(priority('2026-11-28T08:00:00.000Z', '2026-09-01T08:00:00.000Z')).toBe(morning)
})

test('a priority is below that of payments, also in times that nobody will see', () => {
  expect(priority('2026-11-28T08:00:00.000Z')).toBeLessThan(0)
  expect(priority('2026-11-28T08:00:00.000Z', '9999-12-31T00:00:00.000Z')).toBe(-(2 ** 31))
})
