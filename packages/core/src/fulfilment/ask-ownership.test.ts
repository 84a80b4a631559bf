import { describe, expect, it } from 'vitest'
import type { Customer } from '../customer/index.ts'
import type { Json } from '../json/index.ts'
import type { LearningPlatform, Ownership } from '../ports/index.ts'
import { simulatedPlatform } from '../testing/simulated-platform/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import { ownershipAsker } from './ask-ownership.ts'

const customerOf = (id: string): Customer => ({
  ...{ id, hostId: null, email: null, name: null, groups: [], erasedAt: null, createdAt: '2026-01-01T00:00:00.000Z' },
  links: ['campus', 'slow'].map((platform) => ({ platform, learnerId: id })),
})
const learner = customerOf('cus_1')
const targetOf = (provider: string, course: string) => ({ provider, target: { course, mode: 'verified' } })

/** An asker of a platform that says at once that all is owned, and of one that takes two seconds to. */
function asker() {
  const runtime = testRuntime()
  const asked: string[] = []
  const platformOf = (name: string, waitMs: number): LearningPlatform => ({
    ...simulatedPlatform(),
    async ownership(_learner, targets: readonly Json[]): Promise<readonly Ownership[]> {
      asked.push(name)
      await runtime.sleep(waitMs)
      return targets.map(() => ({ outcome: 'owned', source: 'enrolment', mode: 'verified' }))
    },
  })
  const fulfilment = { campus: platformOf('campus', 0), slow: platformOf('slow', 2000) }
  return { runtime, asked, platforms: fulfilment, ask: ownershipAsker({ fulfilment, runtime }) }
}

describe('what a platform says that somebody owns', () => {
  it('is kept for a minute', async () => {
    const { runtime, asked, ask } = asker()
    const once = () => ask('default', learner, [targetOf('campus', 'AB101')])
    for (const wait of [0, 59_999]) {
      await runtime.advance(wait)
      expect(await once()).toEqual(['yes'])
    }
    expect(asked).toEqual(['campus'])
    await runtime.advance(1)
    expect(await once()).toEqual(['yes'])
    expect(asked).toEqual(['campus', 'campus'])
  })

  it('is no longer waited for by a platform that nobody waits for, but counts where it comes late', async () => {
    const runtime = testRuntime()
    const signals: (AbortSignal | undefined)[] = []
    const slow: LearningPlatform = {
      ...simulatedPlatform(),
      async ownership(_learner, targets, { signal } = {}) {
        signals.push(signal)
        await runtime.sleep(4000)
        return targets.map(() => ({ outcome: 'not_owned', mode: null }))
      },
    }
    const ask = ownershipAsker({ fulfilment: { slow }, runtime })
    const once = () => ask('default', learner, [targetOf('slow', 'AB101')])
    const first = once()
    await runtime.advance(2499)
    expect(signals[0]?.aborted).toBe(false)
    await runtime.advance(1)
    expect(await first).toEqual(['unknown'])
    expect(signals[0]?.aborted).toBe(true)
    await runtime.advance(1500)
    expect(await once()).toEqual(['no'])
    expect(signals).toHaveLength(1)
  })

  it.each([
    ['unknown', { outcome: 'unknown', reason: 'no answer in time' }],
    ['another answer', { outcome: 'not_owned', mode: null }],
  ] as const)('is not written over by %s to a question of before', async (_, late) => {
    const runtime = testRuntime()
    let isFirst = true
    const slow: LearningPlatform = {
      ...simulatedPlatform(),
      async ownership(_learner, targets) {
        if (!isFirst) return targets.map(() => ({ outcome: 'owned', source: 'enrolment', mode: 'verified' }))
        isFirst = false
        await runtime.sleep(10_000)
        return targets.map(() => late)
      },
    }
    const ask = ownershipAsker({ fulfilment: { slow }, runtime })
    const once = () => ask('default', learner, [targetOf('slow', 'AB101')])
    const first = once()
    await runtime.advance(2500)
    expect(await first).toEqual(['unknown'])
    await runtime.advance(5000)
    expect(await once()).toEqual(['yes'])
    await runtime.advance(2500)
    expect(await once()).toEqual(['yes'])
  })

  it.each([0, 4000])('is unknown where it is no answer at all, after %d ms', async (waitMs) => {
    const runtime = testRuntime()
    const broken: LearningPlatform = {
      ...simulatedPlatform(),
      async ownership() {
        await runtime.sleep(waitMs)
        return undefined as never
      },
    }
    const ask = ownershipAsker({ fulfilment: { slow: broken }, runtime })
    const first = ask('default', learner, [targetOf('slow', 'AB101')])
    await runtime.advance(2500)
    expect(await first).toEqual(['unknown'])
    await runtime.advance(1500) // a rejection that nobody handles would fail the run
  })

  it('is kept no longer because a clock was ahead', async () => {
    const { runtime, asked, platforms } = asker()
    let ahead = 3_600_000
    const now = () => new Date(Date.parse(runtime.now()) + ahead).toISOString()
    const ask = ownershipAsker({ fulfilment: platforms, runtime: { ...runtime, now } })
    const once = () => ask('default', learner, [targetOf('campus', 'AB101')])
    await runtime.advance(0)
    await once()
    ahead = 0
    await once()
    expect(asked).toEqual(['campus', 'campus'])
  })

  it('is asked once by calls at the same time, and each has the answer', async () => {
    const { runtime, asked, ask } = asker()
    const [own, other] = [targetOf('slow', 'AB101'), targetOf('slow', 'CD202')]
    const calls = [
      ask('default', learner, [own]),
      ask('default', learner, [own]),
      ask('default', learner, [other, own]),
    ]
    expect(asked).toEqual(['slow', 'slow'])
    await runtime.advance(2000)
    expect(await Promise.all(calls)).toEqual([['yes'], ['yes'], ['yes', 'yes']])
    await ask('default', learner, [own, other])
    expect(asked).toHaveLength(2)
  })

  it('is asked of for somebody else, though the same is being asked', async () => {
    const { runtime, asked, ask } = asker()
    const calls = [learner, customerOf('cus_2')].map((one) => ask('default', one, [targetOf('slow', 'AB101')]))
    await runtime.advance(2000)
    await Promise.all(calls)
    expect(asked).toHaveLength(2)
  })

  it('is asked again after a question that could not even be put, of which all are told who waited for it', async () => {
    const runtime = testRuntime()
    let asked = 0
    const broken: LearningPlatform = {
      ...simulatedPlatform(),
      ownership() {
        asked += 1
        throw new Error('There is no such mode.')
      },
    }
    const ask = ownershipAsker({ fulfilment: { campus: broken }, runtime })
    const twice = () => [1, 2].map(() => ask('default', learner, [targetOf('campus', 'AB101')]))
    for (const times of [1, 2]) {
      const results = await Promise.allSettled(twice())
      expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
      expect(asked).toBe(times)
    }
  })

  it('is of one operator’s customer, platform and target alone', async () => {
    const runtime = testRuntime()
    const asked: string[] = []
    const platformOf = (name: string): LearningPlatform => ({
      ...simulatedPlatform(),
      async ownership({ learnerId }, targets: readonly Json[]): Promise<readonly Ownership[]> {
        const isOwned = (target: Json) =>
          name === 'campus' && learnerId === 'cus_1' && JSON.stringify(target).includes('AB101')
        asked.push(...targets.map((target) => `${name} ${learnerId} ${JSON.stringify(target)}`))
        return targets.map(
          (target): Ownership =>
            isOwned(target)
              ? { outcome: 'owned', source: 'enrolment', mode: 'verified' }
              : { outcome: 'not_owned', mode: null },
        )
      },
    })
    const ask = ownershipAsker({ fulfilment: { campus: platformOf('campus'), slow: platformOf('slow') }, runtime })
    const [own, other, elsewhere] = [
      targetOf('campus', 'AB101'),
      targetOf('campus', 'CD202'),
      targetOf('slow', 'AB101'),
    ]
    expect(await ask('default', learner, [own])).toEqual(['yes'])
    expect(await ask('default', learner, [other, own, elsewhere, own])).toEqual(['no', 'yes', 'no', 'yes'])
    expect(await ask('default', customerOf('cus_2'), [own])).toEqual(['no'])
    expect(asked).toHaveLength(4)
    expect(await ask('acme', learner, [own])).toEqual(['yes'])
    expect(asked).toHaveLength(5)
    // Another object that says the same is the same target.
    expect(await ask('acme', learner, [targetOf('campus', 'AB101')])).toEqual(['yes'])
    expect(asked).toHaveLength(5)
  })

  it('counts for a call that began in time, though others make the process forget it meanwhile', async () => {
    const { runtime, ask } = asker()
    await ask('default', learner, [targetOf('campus', 'AB101')])
    await runtime.advance(59_000)
    const both = ask('default', learner, [targetOf('campus', 'AB101'), targetOf('slow', 'CD202')])
    await runtime.advance(1500)
    await ask('default', customerOf('cus_2'), [targetOf('campus', 'AB101')])
    await runtime.advance(500)
    expect(await both).toEqual(['yes', 'yes'])
  })
})
