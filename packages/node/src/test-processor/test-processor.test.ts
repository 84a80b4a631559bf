import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  chooseCases,
  type PaymentProcessorBench,
  paymentProcessorAbilities,
  paymentProcessorContract,
  simulatedProcessorBench,
  testAccount,
  testRuntime,
} from '@bursar/core/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { type TestProcessorOptions, testProcessor, testProcessorLog } from './test-processor.ts'

const folder = mkdtempSync(join(tmpdir(), 'bursar-processor-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
const freshFile = () => join(folder, `processor-${++files}.db`)

const account = testAccount('pac_one', { webhook: 'secret of one', key: 'key of one' })
const request = {
  key: 'key-1',
  paymentId: 'pay-1',
  orderId: 'ord-1',
  orderNumber: 'T-1',
  amount: { amount: 4900, currency: 'EUR' },
  quoteHash: 'a'.repeat(64),
  capture: 'automatic',
} as const

function setUp(options: Partial<TestProcessorOptions> = {}) {
  const runtime = testRuntime()
  const file = freshFile()
  return { file, runtime, processor: testProcessor({ file, runtime, ...options }) }
}

const HOUR = 60 * 60 * 1000
const open = (processor: ReturnType<typeof testProcessor>, paymentToken?: string, key = 'key-1') =>
  processor.open(account, { ...request, key, paymentToken })

describe('the test processor in a file', () => {
  const makeBench = (): PaymentProcessorBench => {
    const { processor, runtime } = setUp()
    return simulatedProcessorBench(processor, runtime)
  }
  const { run, leftOut } = chooseCases(paymentProcessorContract, paymentProcessorAbilities(makeBench()))
  test.each(run)('$name', ({ run: check }) => check(makeBench()))
  test('is asked all that the simulated one is', () =>
    expect(leftOut.map(({ missing }) => missing)).toEqual([['notVoidable'], ['notVoidable'], ['onAccount']]))
})

describe('the payment token', () => {
  test.each([
    ['tok_approve', { outcome: 'succeeded', payment: { state: 'captured' } }],
    ['tok_decline', { outcome: 'declined', payment: { state: 'failed' } }],
    ['tok_requires_action', { outcome: 'requires_action', payment: { state: 'requires_action' } }],
    ['tok_timeout_before', { outcome: 'unknown' }],
    ['tok_timeout_after', { outcome: 'unknown' }],
    ['tok_error_after', { outcome: 'unknown' }],
    ['tok_late', { outcome: 'pending', payment: { state: 'processing' } }],
    ['tok_twice', { outcome: 'succeeded', payment: { state: 'captured' } }],
    ['tok_no_such', { outcome: 'failed' }],
  ])('%s gives its outcome', async (token, expected) => {
    expect(await open(setUp().processor, token)).toMatchObject(expected)
  })

  test('tok_error_after stores the error and answers it for ever, though the money moved', async () => {
    const { processor } = setUp()
    const first = await open(processor, 'tok_error_after')
    expect(await open(processor, 'tok_error_after')).toEqual(first)
    expect(processor.log().map(({ effect }) => effect)).toEqual(['opened', 'captured'])
  })

  test('tok_late is captured by time, tok_late_decline is not', async () => {
    const { processor, runtime } = setUp({ lateMs: 2 * HOUR })
    await open(processor, 'tok_late')
    await open(processor, 'tok_late_decline', 'key-2')
    await runtime.advance(2 * HOUR - 1)
    expect(processor.payments().map(({ state }) => state)).toEqual(['processing', 'processing'])
    await runtime.advance(1)
    expect(processor.payments().map(({ state }) => state)).toEqual(['captured', 'failed'])
  })

  test('tok_capture_fails_later takes the money back after three days', async () => {
    const { processor, runtime } = setUp()
    await open(processor, 'tok_capture_fails_later')
    await runtime.advance(72 * HOUR)
    expect(processor.payments()).toMatchObject([{ state: 'failed', captured: 0, reason: 'capture_failed' }])
    expect(processor.log().at(-1)).toMatchObject({ effect: 'capture_failed', amount: request.amount })
  })

  test('tok_slow is under way until it is answered: the same key meanwhile gets no second effect', async () => {
    const { processor, runtime } = setUp({ slowMs: 30_000 })
    const first = open(processor, 'tok_slow')
    await runtime.advance(1)
    expect(await open(processor, 'tok_slow')).toMatchObject({ outcome: 'unknown' })
    const lookup = { reference: null, key: 'key-1' }
    expect(await processor.lookup(account, lookup)).toMatchObject({ outcome: 'unknown' })
    await runtime.advance(30_000)
    const answer = await first
    expect(answer).toMatchObject({ outcome: 'succeeded' })
    expect(await open(processor, 'tok_slow')).toEqual(answer)
    expect(processor.log().map(({ effect }) => effect)).toEqual(['opened', 'captured'])
  })
})

describe('a key', () => {
  test('that is 24 hours old is a new key, as with Stripe, but its payment is still found', async () => {
    const { processor, runtime } = setUp()
    await open(processor, 'tok_approve')
    await runtime.advance(24 * HOUR - 1)
    await open(processor, 'tok_approve')
    expect(processor.payments()).toHaveLength(1)
    const lookup = { reference: null, key: 'key-1' }
    await runtime.advance(1)
    expect(await processor.lookup(account, lookup)).toMatchObject({ outcome: 'found' })
    await open(processor, 'tok_approve')
    expect(processor.payments()).toHaveLength(2)
  })

  test('of an account that is not the account’s is refused', async () => {
    const { processor } = setUp({ keyOf: (id) => (id === 'pac_one' ? 'key of one' : undefined) })
    expect(await open(processor, 'tok_approve')).toMatchObject({ outcome: 'succeeded' })
    const strangers = [testAccount('pac_one', { key: 'key of two' }), testAccount('pac_two', { key: 'key of two' })]
    for (const stranger of strangers) {
      const answer = await processor.open(stranger, { ...request, paymentToken: 'tok_approve' })
      expect(answer).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('unauthorized') })
    }
  })
})

test('a live account is refused by every call, and no event is its own', async () => {
  const { processor } = setUp()
  const live = testAccount('pac_one', { webhook: 'secret of one' }, 'live')
  expect(processor.capabilities.modes).toEqual(['test'])
  const move = { key: 'key-1', reference: 'pay_1', amount: request.amount }
  const refused = { outcome: 'failed', reason: expect.stringContaining('no live account') }
  expect(await processor.open(live, { ...request, paymentToken: 'tok_approve' })).toMatchObject(refused)
  expect(await processor.capture(live, move)).toMatchObject(refused)
  expect(await processor.refund(live, move)).toMatchObject(refused)
  expect(await processor.void(live, move)).toMatchObject(refused)
  expect(await processor.parseEvent(live, new Uint8Array(), new Headers())).toMatchObject({ outcome: 'bad_signature' })
  expect(processor.log()).toEqual([])
})

describe('an authorisation', () => {
  test('that nobody captures within seven days is given up', async () => {
    const { processor, runtime } = setUp()
    const answer = await processor.open(account, { ...request, capture: 'manual', paymentToken: 'tok_approve' })
    expect(answer).toMatchObject({ payment: { state: 'authorized', captureBefore: '2026-01-08T00:00:00.000Z' } })
    await runtime.advance(7 * 24 * HOUR)
    const [payment] = processor.payments()
    const move = { key: 'key-2', reference: payment?.reference ?? '', amount: request.amount }
    expect(await processor.capture(account, move)).toMatchObject({ outcome: 'failed' })
    expect(processor.log().map(({ effect }) => effect)).toEqual(['opened', 'authorized', 'expired'])
  })
})

describe('the shopper', () => {
  test('goes through 3-D Secure, then approves', async () => {
    const { processor } = setUp()
    const answer = await open(processor)
    if (answer.outcome !== 'requires_action' || answer.next.type !== 'client_secret') throw new Error(answer.outcome)
    const { clientSecret } = answer.next
    expect(await processor.confirm(clientSecret, 'requires_action')).toMatchObject({ outcome: 'requires_action' })
    expect(await processor.confirm(clientSecret, 'approve')).toMatchObject({ outcome: 'succeeded' })
    expect(await processor.confirm(clientSecret, 'decline')).toMatchObject({ outcome: 'succeeded' })
    expect(await processor.confirm('no such secret', 'approve')).toMatchObject({ outcome: 'failed' })
    expect(processor.log().filter(({ effect }) => effect === 'captured')).toHaveLength(1)
  })

  test('is declined for good', async () => {
    const { processor } = setUp()
    const answer = await open(processor)
    if (answer.outcome !== 'requires_action' || answer.next.type !== 'client_secret') throw new Error(answer.outcome)
    expect(await processor.confirm(answer.next.clientSecret, 'decline')).toMatchObject({ outcome: 'declined' })
    expect(await processor.confirm(answer.next.clientSecret, 'approve')).toMatchObject({ outcome: 'declined' })
    expect(processor.payments()).toMatchObject([{ state: 'failed', captured: 0 }])
  })
})

describe('a script', () => {
  test('breaks the calls that it names, as often as it says, also from another process', async () => {
    const { processor, file } = setUp()
    const other = testProcessor({ file })
    other.script('open', 'timeout_after', 2)
    other.script('refund', 'refuse')
    other.script('lookup', 'timeout_before')
    other.close()
    expect(await open(processor, 'tok_approve')).toMatchObject({ outcome: 'unknown' })
    expect(await open(processor, 'tok_approve')).toMatchObject({ outcome: 'unknown' })
    const lookup = { reference: null, key: 'key-1' }
    expect(await processor.lookup(account, lookup)).toMatchObject({ outcome: 'unknown' })
    const found = await processor.lookup(account, lookup)
    if (found.outcome !== 'found') throw new Error(found.outcome)
    const refund = { key: 'key-2', reference: found.payment.reference, amount: request.amount }
    expect(await processor.refund(account, refund)).toMatchObject({ outcome: 'failed' })
    expect(await processor.refund(account, refund)).toMatchObject({ outcome: 'succeeded' })
    expect(processor.log().map(({ effect }) => effect)).toEqual(['opened', 'captured', 'refunded'])
  })
})

test('the log of a processor is read without it, and holds no card number that was sent as a token', async () => {
  const { processor, file } = setUp()
  await open(processor, 'tok_approve')
  await open(processor, '4242 4242 4242 4242', 'key-2')
  processor.close()
  expect(testProcessorLog(file)).toMatchObject([
    { effect: 'opened', account: 'pac_one', key: 'key-1', amount: request.amount, orderId: 'ord-1' },
    { effect: 'captured', account: 'pac_one', key: 'key-1', amount: request.amount, at: '2026-01-01T00:00:00.000Z' },
  ])
  expect(() => testProcessorLog(join(folder, 'none.db'))).toThrow('There is no log')
})
