import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  chooseCases,
  fulfilmentProviderAbilities,
  fulfilmentProviderContract,
  learningPlatformAbilities,
  learningPlatformContract,
  simulatedPlatformBench,
  TRIAL_COURSES,
  TRIAL_NOW,
  testRuntime,
} from '@bursar/core/testing'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { localPlatform, localPlatformRecords } from './local-platform.ts'

const folder = mkdtempSync(join(tmpdir(), 'bursar-platform-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
const freshFile = () => join(folder, `platform-${++files}.db`)

const recipient = { customerId: 'cus_1', learnerId: 'learner-1', email: null, name: null }
const target = { course: 'course-degrees', mode: 'verified' }
const grant = {
  ...{ grantId: 'grt_1', operator: 'acme', recipient, target, soldAt: '2026-05-01T00:00:00.000Z', orderNumber: 'A-1' },
  before: null,
  remember: async () => {},
}

function setUp() {
  const file = freshFile()
  const runtime = testRuntime({ now: TRIAL_NOW })
  return { file, runtime, platform: localPlatform({ file, runtime, courses: TRIAL_COURSES }) }
}

describe('the local platform', () => {
  const makeBench = () => simulatedPlatformBench(setUp().platform)
  const { run } = chooseCases(fulfilmentProviderContract, fulfilmentProviderAbilities(makeBench()))
  test.each(run)('$name', ({ run: check }) => check(makeBench()))
  const learning = chooseCases(learningPlatformContract, learningPlatformAbilities(makeBench()))
  test.each(learning.run)('$name', ({ run: check }) => check(makeBench()))
  test('is asked all about learners', () => expect(learning.leftOut).toEqual([]))
  test('is asked all that the simulated one is', () => expect(run.length).toBe(fulfilmentProviderContract.length - 1))
})

test('answers the state before: enrolled or not, and how', async () => {
  const { platform } = setUp()
  expect(await platform.deliver(grant)).toEqual({ outcome: 'done', before: { enrolled: false, mode: null } })
  const higher = { ...grant, grantId: 'grt_2', target: { ...target, mode: 'credit' } }
  expect(await platform.deliver(higher)).toEqual({ outcome: 'done', before: { enrolled: true, mode: 'verified' } })
  expect(platform.enrolments()).toEqual([{ learner: 'learner-1', course: 'course-degrees', mode: 'credit' }])
})

test('refuses a course or a mode that it does not have, and one that is not open yet', async () => {
  const { platform, runtime } = setUp()
  platform.addCourses([{ id: 'soon', modes: [{ mode: 'audit' }], enrolmentStart: '2026-06-01T01:00:00.000Z' }])
  platform.addCourses([{ id: 'over', modes: [{ mode: 'audit' }], enrolmentEnd: '2026-05-01T00:00:00.000Z' }])
  const deliver = (grantId: string, course: string, mode: string) =>
    platform.deliver({ ...grant, grantId, target: { course, mode } })
  const refused = (reason: string) => ({ outcome: 'refused', reason: expect.stringContaining(reason) })
  expect(await deliver('grt_1', 'none', 'audit')).toEqual(refused('course_unknown'))
  expect(await deliver('grt_2', 'course-plain', 'credit')).toEqual(refused('mode_unknown'))
  expect(await deliver('grt_3', 'over', 'audit')).toEqual(refused('enrolment_closed'))
  expect(await deliver('grt_4', 'soon', 'audit')).toEqual(refused('enrolment_not_open'))
  await runtime.advance(60 * 60 * 1000)
  expect(await deliver('grt_4', 'soon', 'audit')).toMatchObject({ outcome: 'done' })
})

test('fails as another process scripts it, and acts once all the same', async () => {
  const { platform, file } = setUp()
  const other = localPlatform({ file })
  other.script('deliver', 'outage', 2)
  other.script('deliver', 'timeout_after')
  other.script('deliver', 'refuse: name_too_long')
  other.close()
  const outcomes: string[] = []
  for (let call = 0; call < 5; call += 1) outcomes.push((await platform.deliver(grant)).outcome)
  expect(outcomes).toEqual(['unknown', 'unknown', 'unknown', 'refused', 'done'])
  expect(platform.deliveriesOf('grt_1')).toBe(1)
})

test('accepts a delivery that is done later: by time, or when told', async () => {
  const { platform, runtime } = setUp()
  platform.script('deliver', 'pending', 2)
  expect(await platform.deliver(grant)).toEqual({ outcome: 'pending' })
  expect(await platform.deliver(grant)).toEqual({ outcome: 'pending' })
  expect(await platform.status('grt_1')).toEqual({ outcome: 'pending' })
  expect(platform.enrolments()).toEqual([])
  await runtime.advance(5000)
  expect(await platform.status('grt_1')).toMatchObject({ outcome: 'done' })
  const other = { ...grant, grantId: 'grt_2', recipient: { ...recipient, learnerId: 'learner-2' } }
  platform.script('deliver', 'pending')
  await platform.deliver(other)
  platform.finish('grt_2')
  expect(await platform.status('grt_2')).toMatchObject({ outcome: 'done' })
  expect(platform.enrolments()).toHaveLength(2)
})

test('answers a slow call when it has acted', async () => {
  const { platform, runtime } = setUp()
  platform.script('deliver', 'slow')
  const answer = platform.deliver(grant)
  await vi.waitFor(() => expect(runtime.sleeping()).toBe(1))
  expect(platform.enrolments()).toHaveLength(1)
  await runtime.advance(2000)
  expect(await answer).toMatchObject({ outcome: 'done' })
})

test('its records are read without it', async () => {
  const { platform, file } = setUp()
  await platform.deliver(grant)
  await platform.withdraw({ grantId: 'grt_1', operator: 'acme', recipient, target, before: null, remaining: [] })
  platform.close()
  const { enrolments, effects } = localPlatformRecords(file)
  expect(enrolments).toEqual([])
  expect(effects).toMatchObject([
    { call: 'deliver', grantId: 'grt_1', learner: 'learner-1', from: null, to: 'verified', at: TRIAL_NOW },
    { call: 'withdraw', grantId: 'grt_1', learner: 'learner-1', from: 'verified', to: null },
  ])
  expect(() => localPlatformRecords(join(folder, 'none.db'))).toThrow('There is no log')
})
