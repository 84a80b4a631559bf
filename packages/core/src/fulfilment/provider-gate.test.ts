import { describe, expect, it } from 'vitest'
import { BursarError } from '../errors/index.ts'
import { type DeliveryAnswer, StorageUnavailableError } from '../ports/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import { ProviderGate } from './provider-gate.ts'

const MINUTE = 60_000
const SILENT: DeliveryAnswer = { outcome: 'unknown', reason: 'no answer' }
const DONE: DeliveryAnswer = { outcome: 'done', detail: null }

describe('a provider that does not answer', () => {
  async function shutGate() {
    const runtime = testRuntime()
    const gate = new ProviderGate(runtime)
    for (const grant of ['a', 'b', 'c']) await gate.ask('lms', grant, async () => SILENT)
    const asked: string[] = []
    const ask = (grant: string, answer: DeliveryAnswer | Promise<DeliveryAnswer> = DONE, provider = 'lms') =>
      gate.ask(provider, grant, async () => {
        asked.push(grant)
        return answer
      })
    return { runtime, ask, asked }
  }

  it('is asked by one; the others wait a second for what it hears, and leave with it', async () => {
    const { runtime, ask, asked } = await shutGate()
    expect(await ask('d')).toMatchObject({ outcome: 'unknown', retryAfterMs: 5000 })
    await runtime.advance(5000)
    const hanging = Promise.withResolvers<DeliveryAnswer>()
    const probe = ask('a', hanging.promise)
    const early = [ask('b'), ask('c')]
    await runtime.advance(1000)
    for (const answer of await Promise.all(early)) expect(answer).toMatchObject({ retryAfterMs: 1000 })
    expect(await ask('file', DONE, 'downloads')).toEqual(DONE)
    const late = [ask('b'), ask('c')]
    await runtime.advance(999)
    expect(asked).toEqual(['a', 'file'])
    hanging.resolve(DONE)
    for (const answer of await Promise.all([probe, ...late])) expect(answer).toEqual(DONE)
    expect(asked).toEqual(['a', 'file', 'b', 'c'])
  })

  it('is asked again after a quarter of an hour at most, whatever it said', async () => {
    const runtime = testRuntime()
    const gate = new ProviderGate(runtime)
    const day = 24 * 60 * MINUTE
    const busy = async (): Promise<DeliveryAnswer> => ({ ...SILENT, retryAfterMs: day })
    expect(await gate.ask('lms', 'a', busy)).toMatchObject({ retryAfterMs: 15 * MINUTE })
    expect(await gate.ask('lms', 'b', async () => DONE)).toMatchObject({ retryAfterMs: 15 * MINUTE })
    await runtime.advance(15 * MINUTE)
    expect(await gate.ask('lms', 'b', async () => DONE)).toEqual(DONE)
  })

  it('is asked again once a clock that was ahead is right', async () => {
    const runtime = testRuntime()
    const right = runtime.now()
    await runtime.advance(6 * 60 * MINUTE)
    let now = runtime.now()
    const gate = new ProviderGate({ now: () => now, sleep: runtime.sleep })
    for (const grant of ['a', 'b', 'c']) await gate.ask('lms', grant, async () => SILENT)
    expect(gate.shut()).toEqual(['lms'])
    now = right
    expect(gate.shut()).toEqual([])
    expect(await gate.ask('lms', 'a', async () => DONE)).toEqual(DONE)
  })
})

it('that was not asked has not been silent, and what was not asked comes again after its own wait', async () => {
  const gate = new ProviderGate(testRuntime())
  for (const grant of ['a', 'b', 'c', 'd']) {
    const answer = await gate.ask('lms', grant, async () => ({ ...SILENT, isNotAsked: true }))
    expect(answer).toEqual(SILENT)
  }
  expect(gate.shut()).toEqual([])
})

describe('what a provider throws', () => {
  const down = new StorageUnavailableError('No space left on device', { outcome: 'nothing' })

  it.each([
    ['as a read says it', down],
    ['as a refused commit says it', new BursarError('unavailable', { cause: down })],
  ])('is no silence of the provider where our storage is down, %s', async (_how, error) => {
    const gate = new ProviderGate(testRuntime())
    for (const grant of ['a', 'b', 'c', 'd']) {
      await expect(gate.ask('lms', grant, () => Promise.reject(error))).rejects.toBe(error)
    }
    expect(gate.shut()).toEqual([])
  })

  it('is its silence otherwise, whatever it calls it', async () => {
    const gate = new ProviderGate(testRuntime())
    const error = new BursarError('unavailable', { cause: new Error('502') })
    for (const grant of ['a', 'b', 'c']) {
      expect(await gate.ask('lms', grant, () => Promise.reject(error))).toMatchObject({ outcome: 'unknown' })
    }
    expect(gate.shut()).toEqual(['lms'])
  })
})

it('a reason is left longer than it is kept, so that a name across the end is found', async () => {
  const reason = `${'x'.repeat(1500)}\0`
  const answer = await new ProviderGate(testRuntime()).ask('lms', 'a', async () => ({ outcome: 'refused', reason }))
  expect(answer).toEqual({ outcome: 'refused', reason: `${'x'.repeat(1500)}\ufffd` })
})
