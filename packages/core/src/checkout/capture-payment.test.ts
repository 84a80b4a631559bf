import { expect, test } from 'vitest'
import { payments } from '../payment/index.ts'
import type { ProcessorAnswer } from '../ports/index.ts'
import { doctor } from '../report/index.ts'
import { byId, put, readAll } from '../storage/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { cancelUnpaidOrder } from './cancel-order.ts'
import { capturePayment, getPayment } from './capture-payment.ts'

const scope = { operator: OPERATOR }

/** A shop with an authorised payment, whose processor answers so to the next capture. */
async function authorized(answer: ProcessorAnswer) {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const { payment } = await shop.buy()
  const paymentId = payment?.id ?? ''
  let answers = 0
  const once = async (...call: Parameters<typeof shop.processor.capture>) => {
    answers += 1
    return answers === 1 ? answer : shop.processor.capture(...call)
  }
  Object.assign(shop.ports.payments, { test: { ...shop.processor, capture: once } })
  const capture = () => capturePayment(shop.ports, shop.call(shop.staff()), { paymentId })
  const operations = async () => {
    const [stored] = await readAll(shop.storage, scope, byId(payments, paymentId))
    return stored?.body.operations.map(({ kind, state }) => `${kind} ${state}`)
  }
  return { shop, capture, operations }
}

test.each(['declined', 'failed'] as const)(
  'a capture that is %s says so, with the reason, and can be tried again',
  async (outcome) => {
    const { shop, capture, operations } = await authorized({ outcome, reason: 'insufficient_funds' })
    await expect(capture()).rejects.toMatchObject({
      code: 'wrong_state',
      reason: 'capture_declined',
      data: { reason: 'insufficient_funds' },
    })
    expect(await operations()).toEqual(['open succeeded', 'capture declined'])
    expect((await capture()).money).toMatchObject({ state: 'paid' })
    await assertHealthy(shop.storage, scope)
  },
)

test('a capture without an answer is in progress, and repeated it is the same call', async () => {
  const { capture, operations } = await authorized({ outcome: 'unknown', reason: 'timeout' })
  await expect(capture()).rejects.toMatchObject({ code: 'payment_in_progress' })
  expect(await operations()).toEqual(['open succeeded', 'capture started'])
  expect((await capture()).money).toMatchObject({ state: 'paid' })
  expect(await operations()).toEqual(['open succeeded', 'capture succeeded'])
})

const HOUR = 60 * 60 * 1000

test.each(['authorized', 'processing'] as const)(
  'a capture that is under way is asked again with its own key: the payment is %s meanwhile',
  async (state) => {
    const shop = await shopFixture({ site: { capture: 'manual' } })
    const { payment } = await shop.buy()
    const keys: string[] = []
    const { processor } = shop
    const capture = async (...[account, request]: Parameters<typeof processor.capture>): Promise<ProcessorAnswer> => {
      keys.push(request.key)
      if (keys.length === 3) return processor.capture(account, request)
      const found = await processor.lookup(account, request)
      if (found.outcome !== 'found') throw new Error(found.outcome)
      return { outcome: 'pending', payment: { ...found.payment, state } }
    }
    Object.assign(shop.ports.payments, { test: { ...processor, capture } })
    const once = () => capturePayment(shop.ports, shop.call(shop.staff()), { paymentId: payment?.id ?? '' })
    for (const _time of [1, 2]) await expect(once()).rejects.toMatchObject({ code: 'payment_in_progress' })
    expect((await once()).money.state).toBe('paid')
    expect(new Set(keys).size).toBe(1)
  },
)

test('a capture without an answer keeps its key where an event came in meanwhile', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const { payment } = await shop.buy()
  const paymentId = payment?.id ?? ''
  const keys: string[] = []
  const { processor } = shop
  const capture = async (...[account, request]: Parameters<typeof processor.capture>): Promise<ProcessorAnswer> => {
    keys.push(request.key)
    if (keys.length === 2) return processor.capture(account, request)
    const [stored] = await readAll(shop.storage, scope, byId(payments, paymentId))
    if (stored === null) throw new Error('no payment')
    const later = { ...stored.body, captureBefore: '2999-01-01T00:00:00.000Z' }
    await shop.storage.commit(scope, [put(payments, stored, later)])
    return { outcome: 'unknown', reason: 'timeout' }
  }
  Object.assign(shop.ports.payments, { test: { ...processor, capture } })
  const once = () => capturePayment(shop.ports, shop.call(shop.staff()), { paymentId })
  await expect(once()).rejects.toMatchObject({ code: 'payment_in_progress' })
  expect((await once()).money.state).toBe('paid')
  expect(new Set(keys).size).toBe(1)
})

test('a capture that acted and was not answered is found when its key is forgotten, and is not made again', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const { payment } = await shop.buy()
  shop.processor.script('capture', 'timeout_after')
  const once = () => capturePayment(shop.ports, shop.call(shop.staff()), { paymentId: payment?.id ?? '' })
  await expect(once()).rejects.toMatchObject({ code: 'payment_in_progress' })
  await shop.runtime.advance(25 * HOUR)
  expect((await once()).money.state).toBe('paid')
  await assertHealthy(shop.storage, scope)
})

test('while the processor does not say what came of a capture, it is not made again', async () => {
  const { shop, capture } = await authorized({ outcome: 'unknown', reason: 'timeout' })
  await expect(capture()).rejects.toMatchObject({ code: 'payment_in_progress' })
  shop.processor.script('lookup', 'timeout_before')
  await expect(capture()).rejects.toMatchObject({ code: 'payment_in_progress' })
  expect(shop.processor.log().filter(({ effect }) => effect === 'captured')).toEqual([])
  expect((await capture()).money.state).toBe('paid')
})

test('what is paid for an invoice that was given up waits in suspense, and brings nothing back', async () => {
  const shop = await shopFixture({ site: { deliversOnAccount: true } })
  const { order, payment } = await shop.buy({ paymentAccount: shop.ids.accounts.invoice })
  await shop.runJobs()
  await cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), { orderId: order.id, reason: 'never paid' })
  await shop.runJobs()
  const capture = () => capturePayment(shop.ports, shop.call(shop.staff()), { paymentId: payment?.id ?? '' })
  for (const _time of [1, 2]) {
    expect(await capture()).toMatchObject({ state: 'cancelled', delivery: 'withdrawn', money: { state: 'paid' } })
  }
  await shop.runJobs()
  const { findings } = await doctor({ storage: shop.storage }, { scope, now: shop.runtime.now() })
  const message = '10000 were paid for an order that had ended: settle it with the payer'
  expect(findings).toMatchObject([{ severity: 'case', record: order.id, message }])
})

test('an invoice of which staff have said that it was paid is not given up while what came of that is not known', async () => {
  const shop = await shopFixture({ site: { deliversOnAccount: true } })
  const { order, payment } = await shop.buy({ paymentAccount: shop.ids.accounts.invoice })
  const { invoice } = shop.ports.payments
  const lost = async () => ({ outcome: 'unknown', reason: 'timeout' }) as const
  Object.assign(shop.ports.payments, { invoice: { ...invoice, capture: lost } })
  const capture = () => capturePayment(shop.ports, shop.call(shop.staff()), { paymentId: payment?.id ?? '' })
  await expect(capture()).rejects.toMatchObject({ code: 'payment_in_progress' })
  const cancel = cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), { orderId: order.id, reason: 'never paid' })
  await expect(cancel).rejects.toMatchObject({ code: 'payment_in_progress' })
  Object.assign(shop.ports.payments, { invoice })
  expect(await capture()).toMatchObject({ state: 'placed', money: { state: 'paid' } })
})

test('an invoice that is paid as it is given up is paid, where staff have said that first', async () => {
  const shop = await shopFixture({ site: { deliversOnAccount: true } })
  const { order, payment } = await shop.buy({ paymentAccount: shop.ids.accounts.invoice })
  const { invoice } = shop.ports.payments
  if (invoice === undefined) throw new Error('not in the fixture')
  const cancel = () =>
    cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), { orderId: order.id, reason: 'never paid' })
  const paying: typeof invoice.capture = async (...asked) => {
    await expect(cancel()).rejects.toMatchObject({ code: 'payment_in_progress' })
    return invoice.capture(...asked)
  }
  Object.assign(shop.ports.payments, { invoice: { ...invoice, capture: paying } })
  const paid = await capturePayment(shop.ports, shop.call(shop.staff()), { paymentId: payment?.id ?? '' })
  expect(paid).toMatchObject({ state: 'placed', money: { state: 'paid' } })
})

test('an invoice that is paid as it is given up is paid, where staff say that while it is given up', async () => {
  const shop = await shopFixture({ site: { deliversOnAccount: true } })
  const { order, payment } = await shop.buy({ paymentAccount: shop.ids.accounts.invoice })
  const { invoice } = shop.ports.payments
  if (invoice === undefined) throw new Error('not in the fixture')
  const capture = () => capturePayment(shop.ports, shop.call(shop.staff()), { paymentId: payment?.id ?? '' })
  const closing: typeof invoice.void = async (...asked) => {
    expect(await capture()).toMatchObject({ state: 'placed', money: { state: 'paid' } })
    return invoice.void(...asked)
  }
  Object.assign(shop.ports.payments, { invoice: { ...invoice, void: closing } })
  const cancel = cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), { orderId: order.id, reason: 'never paid' })
  await expect(cancel).rejects.toMatchObject({ code: 'wrong_state', reason: 'paid' })
  expect(await capture()).toMatchObject({ state: 'placed', money: { state: 'paid' } })
})

test.each([
  ['card', { site: { capture: 'manual' } }],
  ['invoice', {}],
] as const)(
  'what the processor of a %s that the host has no more cannot do is said, and nothing is stored of it',
  async (kind, options) => {
    const shop = await shopFixture(options)
    const account = shop.ids.accounts[kind]
    const { order, payment } = await shop.buy({ paymentAccount: account })
    const paymentId = payment?.id ?? ''
    const capture = (ports = shop.ports) => capturePayment(ports, shop.call(shop.staff()), { paymentId })
    const gone = { ...shop.ports, payments: {} }
    const notConfigured = { code: 'wrong_state', reason: 'not_configured', data: { account } }
    await expect(capture(gone)).rejects.toMatchObject(notConfigured)
    const cancel = cancelUnpaidOrder(gone, shop.call(shop.staff()), { orderId: order.id, reason: 'gone' })
    await expect(cancel).rejects.toMatchObject(notConfigured)
    const [stored] = await readAll(shop.storage, scope, byId(payments, paymentId))
    expect(stored?.body.operations.map(({ kind: what }) => what)).toEqual(['open'])
    expect((await capture()).money.state).toBe('paid')
  },
)

test('staff of another site neither see a payment nor capture it', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const { payment } = await shop.buy()
  const input = { paymentId: payment?.id ?? '' }
  const north = () => shop.call(shop.staff(shop.ids.sites.north))
  await expect(getPayment(shop.ports, north(), input)).rejects.toMatchObject({ code: 'not_found' })
  await expect(capturePayment(shop.ports, north(), input)).rejects.toMatchObject({ code: 'not_found' })
  expect((await getPayment(shop.ports, shop.call(shop.staff()), input)).record.state).toBe('authorized')
})
