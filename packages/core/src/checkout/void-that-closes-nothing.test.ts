import { expect, test } from 'vitest'
import type { PaymentProcessor, ProcessorAnswer } from '../ports/index.ts'
import { cancel, HOUR, hours, stateOf } from '../testing/open-payment-fixture.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { closePayment } from './close-payment.ts'

const scope = { operator: 'opr_school', site: 'main' }

type Void = PaymentProcessor['void']

/** A shop with a payment that waits for its buyer, at a processor with its own way to close one. */
async function waiting(close: (processor: PaymentProcessor) => Void) {
  const shop = await shopFixture()
  const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
  Object.assign(shop.ports.payments, { test: { ...shop.processor, void: close(shop.processor) } })
  return { shop, bought }
}

/** Answers a void as if it was taken in, and closes nothing. */
async function takenIn(
  { lookup }: PaymentProcessor,
  outcome: 'pending' | 'succeeded',
  ...[account, request]: Parameters<Void>
): Promise<ProcessorAnswer> {
  const found = await lookup(account, request)
  if (found.outcome !== 'found') throw new Error(found.outcome)
  return { outcome, payment: found.payment }
}

test.each(['pending', 'succeeded'] as const)(
  'a void that is answered %s and closes nothing is asked for with a new key, and does not keep staff from ending the order',
  async (outcome) => {
    const keys: string[] = []
    const { shop, bought } = await waiting((processor) => async (account, request) => {
      keys.push(request.key)
      return takenIn(processor, outcome, account, request)
    })
    await hours(shop, 24)
    await expect(cancel(shop, bought)).rejects.toMatchObject({ code: 'payment_in_progress' })
    await hours(shop, 2)
    expect(new Set(keys).size).toBe(keys.length)
    const { operations } = await stateOf(shop, bought)
    expect(operations.map(({ kind, state }) => [kind, state])).toEqual([
      ['open', 'pending'],
      ['void', 'pending'],
    ])
    expect((await cancel(shop, bought)).state).toBe('cancelled')
  },
)

test('a void that was taken in and got lost closes the payment the next time, though a key answers as it did first', async () => {
  const answers = new Map<string, ProcessorAnswer>()
  const { shop, bought } = await waiting((processor) => async (account, request) => {
    const answer =
      answers.get(request.key) ??
      (answers.size === 0
        ? await takenIn(processor, 'pending', account, request)
        : await processor.void(account, request))
    answers.set(request.key, answer)
    return answer
  })
  await hours(shop, 3)
  expect(await stateOf(shop, bought)).toMatchObject({ payment: 'cancelled', order: 'cancelled' })
})

test('a void that is taken in and done later ends the order when it is done', async () => {
  let isDone = false
  const { shop, bought } = await waiting((processor) => async (account, request) => {
    if (isDone) return processor.void(account, request)
    isDone = true
    const answer = await takenIn(processor, 'pending', account, request)
    await processor.void(account, request)
    return answer
  })
  await hours(shop, 3)
  const { operations, ...states } = await stateOf(shop, bought)
  expect(states).toEqual({ payment: 'cancelled', order: 'cancelled' })
  expect(operations.map(({ kind, state }) => [kind, state])).toContainEqual(['void', 'succeeded'])
})

test('a void that nobody answered keeps its key while the processor does not say how the payment is', async () => {
  const keys: string[] = []
  const silent = async () => ({ outcome: 'unknown', reason: 'timeout' }) as const
  const { shop, bought } = await waiting(() => async (_account, { key }) => {
    keys.push(key)
    return silent()
  })
  await shop.runtime.advance(26 * HOUR)
  const close = () => closePayment(shop.ports, scope, bought.payment?.id ?? '')
  expect(await close()).toBe('open')
  await expect(cancel(shop, bought)).rejects.toMatchObject({ code: 'payment_in_progress' })
  Object.assign(shop.ports.payments.test ?? {}, { lookup: silent })
  const before = keys.length
  expect([await close(), await close()]).toEqual(['open', 'open'])
  expect(new Set(keys.slice(before - 1)).size).toBe(1)
})
