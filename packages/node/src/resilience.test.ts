import type {
  DeliveryAnswer,
  FulfilmentProvider,
  LearningPlatform,
  Ownership,
  PaymentProcessor,
  ProcessorAccount,
  ProcessorAnswer,
  RefundFactsAnswer,
} from '@bursar/core'
import { isLearningPlatform } from '@bursar/core'
import { simulatedPlatform, testRuntime } from '@bursar/core/testing'
import { describe, expect, test, vi } from 'vitest'
import { type ResilienceOptions, resilient } from './resilience.ts'

const never = new Promise<never>(() => {})
const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(resolve, 20, value))

const account = (id: string): ProcessorAccount => ({ id, mode: 'test', secret: async () => '' })
const request = {
  key: 'k',
  paymentId: 'pay_1',
  orderId: 'ord_1',
  orderNumber: '1',
  amount: { amount: 1, currency: 'EUR' },
  quoteHash: 'h',
  capture: 'automatic',
} as const

function processor(answer: () => Promise<ProcessorAnswer>): PaymentProcessor {
  return {
    capabilities: {
      currencies: 'any',
      partialCapture: true,
      partialRefund: true,
      voidable: true,
      disputes: false,
      hostedFields: false,
      lookupByKey: true,
    },
    open: answer,
    capture: answer,
    void: answer,
    refund: answer,
    lookup: async () => {
      const { outcome } = await answer()
      return outcome === 'unknown' ? { outcome, reason: '' } : { outcome: 'not_found' }
    },
    parseEvent: async () => ({ outcome: 'bad_signature', reason: 'r' }),
    listSince: async () => {
      await answer()
      return { events: [], cursor: null }
    },
  }
}

const learner = { customerId: 'cus_1', learnerId: 'ann', email: null, name: null }

function provider(answer: () => Promise<DeliveryAnswer>): FulfilmentProvider {
  return { kind: 'test', checkTarget: () => 'wrong', deliver: answer, withdraw: answer, status: answer }
}

test.each([0, 2 ** 31, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY])(
  'a time limit of %s, which no timer keeps, is refused',
  (timeoutMs) => {
    const port = provider(() => later({ outcome: 'done' }))
    expect(() => resilient(port, { timeoutMs })).toThrow(
      /^resilient: timeoutMs must be a whole number, 1 to 2147483647/,
    )
  },
)

test('the longest time limit lets a call end', async () => {
  const port = resilient(
    processor(() => later({ outcome: 'declined', reason: 'no funds' })),
    { timeoutMs: 2 ** 31 - 1 },
  )
  expect(await port.open(account('card'), request)).toEqual({ outcome: 'declined', reason: 'no funds' })
})

describe('a processor', () => {
  test('that answers is left alone', async () => {
    const limited = resilient(processor(async () => ({ outcome: 'declined', reason: 'no funds' })))
    expect(await limited.open(account('a'), request)).toEqual({ outcome: 'declined', reason: 'no funds' })
    expect(limited.capabilities.currencies).toBe('any')
    expect('publicSettings' in limited).toBe(false)
  })

  test('that does not answer in time has answered unknown', async () => {
    const limited = resilient(
      processor(() => never),
      { timeoutMs: 20 },
    )
    const unknown = { outcome: 'unknown', reason: 'no answer in time' }
    expect(await limited.open(account('a'), request)).toEqual(unknown)
    expect(await limited.lookup(account('a'), { reference: null, key: 'k' })).toEqual(unknown)
  })

  test('that throws has answered unknown, with the reason', async () => {
    const limited = resilient(processor(() => Promise.reject(new Error('socket hang up'))))
    const unknown = { outcome: 'unknown', reason: 'socket hang up' }
    const move = { key: 'k', reference: 'r', amount: request.amount }
    expect(await limited.capture(account('a'), move)).toEqual(unknown)
    expect(await limited.refund(account('a'), move)).toEqual(unknown)
    expect(await limited.void(account('a'), move)).toEqual(unknown)
    await expect(limited.listSince(account('a'), null)).rejects.toThrow('socket hang up')
  })

  test('that fails several times in a row is not asked for a while, one account apart from another', async () => {
    vi.useFakeTimers()
    try {
      let answer: ProcessorAnswer = { outcome: 'unknown', reason: 'reset' }
      const ask = vi.fn(async () => answer)
      const limited = resilient(processor(ask), { failuresToOpen: 3, openMs: 1000 })
      for (let call = 0; call < 3; call++) await limited.open(account('a'), request)
      expect(await limited.open(account('a'), request)).toEqual({
        outcome: 'unknown',
        reason: 'not asked: it failed several times in a row',
      })
      expect(ask).toHaveBeenCalledTimes(3)
      answer = { outcome: 'failed', reason: 'definite' }
      expect(await limited.open(account('b'), request)).toEqual(answer)
      expect(limited.resilience().map(({ name, circuit }) => [name, circuit])).toEqual([
        ['a', 'open'],
        ['b', 'closed'],
      ])
      vi.advanceTimersByTime(1001)
      expect(await limited.open(account('a'), request)).toEqual(answer)
      expect(limited.resilience()[0]?.circuit).toBe('closed')
    } finally {
      vi.useRealTimers()
    }
  })

  test('is asked again in time, though the clock is set back meanwhile', async () => {
    vi.useFakeTimers()
    try {
      let answer: ProcessorAnswer = { outcome: 'unknown', reason: 'reset' }
      const limited = resilient(
        processor(async () => answer),
        { failuresToOpen: 1, openMs: 1000 },
      )
      await limited.open(account('a'), request)
      answer = { outcome: 'failed', reason: 'definite' }
      vi.setSystemTime(Date.now() - 6 * 3_600_000)
      vi.advanceTimersByTime(999)
      expect(await limited.open(account('a'), request)).toMatchObject({ outcome: 'unknown' })
      vi.advanceTimersByTime(1)
      expect(await limited.open(account('a'), request)).toEqual(answer)
    } finally {
      vi.useRealTimers()
    }
  })

  test('a definite refusal is no failure', async () => {
    const ask = vi.fn(async (): Promise<ProcessorAnswer> => ({ outcome: 'declined', reason: 'no funds' }))
    const limited = resilient(processor(ask), { failuresToOpen: 2 })
    for (let call = 0; call < 10; call++) await limited.open(account('a'), request)
    expect(ask).toHaveBeenCalledTimes(10)
  })

  test('events are read whatever happens to calls', async () => {
    const limited = resilient(
      processor(() => never),
      { timeoutMs: 5, failuresToOpen: 1 },
    )
    await limited.open(account('a'), request)
    const answer = await limited.parseEvent(account('a'), new Uint8Array(), new Headers())
    expect(answer).toEqual({ outcome: 'bad_signature', reason: 'r' })
  })
})

describe('a provider', () => {
  test('has answered unknown when it does not answer in time, or throws', async () => {
    const silent = resilient(
      provider(() => never),
      { timeoutMs: 20 },
    )
    expect(await silent.status('grt_1')).toEqual({ outcome: 'unknown', reason: 'no answer in time' })
    const broken = resilient(provider(() => Promise.reject(new Error('down'))))
    expect(await broken.status('grt_1')).toEqual({ outcome: 'unknown', reason: 'down' })
    expect([broken.kind, broken.checkTarget(null)]).toEqual(['test', 'wrong'])
  })

  test('that ends its calls itself is waited for, and answers questions in time', async () => {
    const status = () => later({ outcome: 'done' } as const)
    const slow: LearningPlatform = { ...simulatedPlatform(), hasOwnTimeout: true, status, list: () => never }
    const limited = resilient(slow, { timeoutMs: 5 })
    if (!isLearningPlatform(limited)) throw new Error('It is one.')
    expect(await limited.status('grt_1')).toEqual({ outcome: 'done' })
    expect(await limited.list(learner)).toEqual({ outcome: 'unknown', reason: 'no answer in time' })
  })

  test('is asked so many times at once and no more; the rest waits or is not asked', async () => {
    let underWay = 0
    let most = 0
    const limited = resilient(
      provider(async () => {
        most = Math.max(most, ++underWay)
        const answer = await later({ outcome: 'done' } as const)
        underWay--
        return answer
      }),
      { concurrent: 2, waiting: 1 },
    )
    const answers = await Promise.all([1, 2, 3, 4].map((grant) => limited.status(`grt_${grant}`)))
    expect(most).toBe(2)
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['done', 'done', 'done', 'unknown'])
    const reason = 'not asked: too many calls are under way'
    expect(answers[3]).toEqual({ outcome: 'unknown', reason, isNotAsked: true })
    expect(limited.resilience()).toEqual([{ name: 'provider', circuit: 'closed', free: 2, freeWaiting: 1 }])
  })
})

test('a learning platform stays one, and what it is asked has limits too', async () => {
  const runtime = testRuntime({ sleeps: 'at_once' })
  const platform = simulatedPlatform({ runtime, courses: [{ id: 'c', modes: [{ mode: 'audit' }] }] })
  const limited = resilient(platform, { timeoutMs: 20 })
  if (!isLearningPlatform(limited)) throw new Error('It is one.')
  const target = { course: 'c', mode: 'audit' }
  expect([limited.kind, limited.lateGrant, limited.subjectOf(target)]).toEqual(['learning', 'yes', 'c'])
  expect(await limited.ownership(learner, [target])).toEqual([{ outcome: 'not_owned', mode: null }])
  expect(await limited.eligible(learner, target)).toEqual({ outcome: 'eligible' })
  const mute: LearningPlatform = { ...platform, ownership: () => never, list: () => never }
  const silent = resilient(mute, { timeoutMs: 20 })
  if (!isLearningPlatform(silent)) throw new Error('It is one.')
  const unknown = { outcome: 'unknown', reason: 'no answer in time' }
  expect(await silent.ownership(learner, [target, target])).toEqual([unknown, unknown])
  expect(await silent.list(learner)).toEqual(unknown)
})

describe('questions to a learning platform', () => {
  const target = { course: 'c', mode: 'audit' }
  const grant = { grantId: 'grt_1', operator: 'acme', recipient: learner, target, before: null, remaining: [] }
  const done = { outcome: 'done' } as const

  function limited(own: Partial<LearningPlatform>, options: ResilienceOptions) {
    const one = resilient({ ...simulatedPlatform(), withdraw: async () => done, ...own }, options)
    if (!isLearningPlatform(one)) throw new Error('It is one.')
    return one
  }

  test('take no place of its deliveries, however many wait for an answer', async () => {
    const platform = limited({ ownership: () => never }, { concurrent: 1, waiting: 1 })
    for (let shopper = 0; shopper < 5; shopper++) void platform.ownership(learner, [target])
    expect(await platform.withdraw(grant)).toEqual(done)
    expect(platform.resilience()).toEqual([
      { name: 'provider', circuit: 'closed', free: 1, freeWaiting: 1 },
      { name: 'questions', circuit: 'closed', free: 0, freeWaiting: 0 },
    ])
  })

  test('that get no answer keep no delivery from being made', async () => {
    const platform = limited({ list: () => never }, { timeoutMs: 5, failuresToOpen: 1 })
    await platform.list(learner)
    expect(await platform.withdraw(grant)).toEqual(done)
    expect(platform.resilience().map(({ circuit }) => circuit)).toEqual(['closed', 'open'])
  })

  test('that nobody waits for any more are not asked, and say nothing of how it is doing', async () => {
    const first = Promise.withResolvers<readonly Ownership[]>()
    const ownership = vi.fn(() => first.promise)
    const platform = limited({ ownership }, { concurrent: 1, failuresToOpen: 1 })
    const gone = new AbortController()
    const asked = [undefined, gone.signal].map((signal) => platform.ownership(learner, [target], { signal }))
    gone.abort()
    first.resolve([{ outcome: 'not_owned', mode: null }])
    const reason = 'not asked: nobody waits for it'
    expect(await Promise.all(asked)).toEqual([
      [{ outcome: 'not_owned', mode: null }],
      [{ outcome: 'unknown', reason, isNotAsked: true }],
    ])
    expect(ownership).toHaveBeenCalledTimes(1)
    expect(platform.resilience()[1]?.circuit).toBe('closed')
  })

  test('about refunds that nobody waits for any more are not asked either, and a platform is told', async () => {
    const first = Promise.withResolvers<RefundFactsAnswer>()
    const refundFacts = vi.fn((..._asked: Parameters<LearningPlatform['refundFacts']>) => first.promise)
    const platform = limited({ refundFacts }, { concurrent: 1 })
    const gone = new AbortController()
    const asked = [1, 2].map(() => platform.refundFacts(learner, target, { signal: gone.signal }))
    gone.abort()
    first.resolve({ outcome: 'refused', reason: 'not_enrolled' })
    const reason = 'not asked: nobody waits for it'
    expect(await Promise.all(asked)).toEqual([
      { outcome: 'refused', reason: 'not_enrolled' },
      { outcome: 'unknown', reason, isNotAsked: true },
    ])
    expect(refundFacts.mock.calls).toEqual([[learner, target, { signal: gone.signal }]])
  })
})
