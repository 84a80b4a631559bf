import { describe, expect, test } from 'vitest'
import { orders } from '../order/index.ts'
import type { ProcessorAccount, ProcessorAnswer } from '../ports/index.ts'
import { doctor } from '../report/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { expectOutcome } from '../testing/expectations.ts'
import { type Bought, type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { capturePayment } from './capture-payment.ts'
import { cancelUnpaidOrder, refreshPayment, settlePayment, startCheckout } from './index.ts'

const HOUR = 60 * 60 * 1000
const scope = { operator: 'opr_school', site: 'main' }

/** The payments about which the reconciler will ask. */
async function asked({ storage }: ShopFixture): Promise<(string | null)[]> {
  const { items } = await storage.jobs.list({ state: 'waiting', queue: 'payment.reconcile', limit: 100 })
  return items.map(({ key }) => key)
}

async function approve(shop: ShopFixture, { payment }: Bought): Promise<void> {
  const next = payment?.next
  await shop.processor.confirm(next?.type === 'client_secret' ? next.clientSecret : '', 'approve')
}

test('a payment that is settled at once is not asked about again', async () => {
  const shop = await shopFixture()
  let lookups = 0
  const lookup: typeof shop.processor.lookup = (...call) => {
    lookups += 1
    return shop.processor.lookup(...call)
  }
  Object.assign(shop.ports.payments, { test: { ...shop.processor, lookup } })
  await shop.buy()
  expect(await asked(shop)).toEqual([])
  await shop.runtime.advance(HOUR)
  await shop.runJobs()
  expect(lookups).toBe(0)
  await assertHealthy(shop.storage, scope)
})

test('a payment that waits for its buyer is asked about until a webhook has settled it', async () => {
  const shop = await shopFixture()
  const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
  expect(await asked(shop)).toEqual([bought.payment?.id])
  await shop.runtime.advance(HOUR / 30)
  await shop.runJobs() // it asked, and waits for its next time
  expect(await asked(shop)).toEqual([bought.payment?.id])
  await approve(shop, bought)
  await shop.sendWebhooks()
  await shop.runJobs()
  expect(await asked(shop)).toEqual([])
  await assertHealthy(shop.storage, scope)
})

test('an order whose time is over is not ended while its processor does not say that nobody can pay it any more', async () => {
  const shop = await shopFixture()
  const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
  const silence = async () => ({ outcome: 'unknown', reason: 'timeout' }) as const
  Object.assign(shop.ports.payments, { test: { ...shop.processor, void: silence } })
  await shop.runtime.advance(3 * HOUR)
  await shop.runJobs()
  await approve(shop, bought)
  Object.assign(shop.ports.payments, { test: shop.processor })
  await shop.runtime.advance(3 * HOUR)
  await shop.runJobs()
  const [order] = await readAll(shop.storage, scope, byId(orders, bought.order.id))
  expect(order?.body).toMatchObject({ state: 'placed', money: { captured: 10_000 } })
})

test('authorised money is asked about once more, for until when it can be captured may be said only then', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const open: typeof shop.processor.open = async (...call) => {
    const answer = await shop.processor.open(...call)
    if (answer.outcome !== 'succeeded') return answer
    const { captureBefore: _captureBefore, ...payment } = answer.payment
    return { ...answer, payment }
  }
  Object.assign(shop.ports.payments, { test: { ...shop.processor, open } })
  const { payment } = await shop.buy()
  expect(await asked(shop)).toEqual([payment?.id])
  await shop.runtime.advance(HOUR / 30)
  await shop.runJobs()
  expect(await asked(shop)).toEqual([payment?.id]) // it knows now, and watches
  await assertHealthy(shop.storage, scope)
})

test('a job in hand while a webhook brings the money ends by itself', async () => {
  const shop = await shopFixture()
  const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
  await shop.runtime.advance(HOUR / 30)
  const now = shop.runtime.now()
  const request = { queues: ['payment.reconcile'], worker: 'gone', limit: 1, leaseMs: 1000, now }
  expect(await shop.storage.jobs.lease(request)).toHaveLength(1)
  await approve(shop, bought)
  await shop.sendWebhooks()
  await shop.runJobs()
  await shop.runtime.advance(HOUR)
  await shop.runJobs()
  expect(await shop.storage.jobs.depth({ now: shop.runtime.now() })).toEqual([])
  await assertHealthy(shop.storage, scope)
})

test('authorised money is watched until it is captured', async () => {
  const shop = await shopFixture({ site: { capture: 'manual' } })
  const { payment } = await shop.buy()
  expect(await asked(shop)).toEqual([payment?.id])
  await capturePayment(shop.ports, shop.call(shop.staff()), { paymentId: payment?.id ?? '' })
  expect(await asked(shop)).toEqual([])
  await assertHealthy(shop.storage, scope)
})

test('a declined payment is asked about while nothing has taken its place, and the one that has is not', async () => {
  const shop = await shopFixture()
  const first = await shop.buy({ paymentToken: 'tok_decline' })
  expect(await asked(shop)).toEqual([first.payment?.id])
  const call = shop.call(shop.customer())
  const again = await startCheckout(shop.ports, call, { ...first.checkout.input, paymentToken: 'tok_approve' })
  expect(again.order.money.state).toBe('paid')
  expect(await asked(shop)).toEqual([first.payment?.id]) // it finds, when its time comes, that it is no longer needed
  await shop.runtime.advance(HOUR)
  await shop.runJobs()
  expect(await asked(shop)).toEqual([])
  await assertHealthy(shop.storage, scope)
})

describe('a payment that is authorised when its order does not want it any more', () => {
  /** A shop whose first call to the processor is answered so on its way, and arrives all the same when `settle` is called. */
  async function lateCall(answer: ProcessorAnswer) {
    const shop = await shopFixture({ site: { capture: 'manual' } })
    let arrive = (): Promise<unknown> => Promise.resolve()
    const open: typeof shop.processor.open = async (...call) => {
      arrive = () => shop.processor.open(...call)
      Object.assign(shop.ports.payments, { test: shop.processor })
      return answer
    }
    Object.assign(shop.ports.payments, { test: { ...shop.processor, open } })
    const bought = await shop.buy()
    const paymentId = bought.payment?.id ?? ''
    const settle = async () => {
      await arrive()
      return settlePayment(shop.ports, scope, paymentId)
    }
    return { shop, bought, paymentId, settle }
  }
  /** The same, where another attempt has placed the order, and the first is captured at its processor. */
  async function capturedBeside() {
    const late = await lateCall({ outcome: 'declined', reason: 'timeout' })
    const { shop, bought } = late
    const again = { ...bought.checkout.input, paymentToken: 'tok_approve' }
    const { payment } = await startCheckout(shop.ports, shop.call(shop.customer()), again)
    const { reference, amount } = (await late.settle()).payment.body
    const card: ProcessorAccount = { id: shop.ids.accounts.card, mode: 'test', secret: async (name) => name }
    await shop.processor.capture(card, { key: 'dashboard', reference: reference ?? '', amount })
    return { ...late, payment, card, reference: reference ?? '', amount }
  }
  const states = ({ processor }: ShopFixture) => processor.payments().map(({ state }) => state)

  test('since it has expired: the reconciler closes it, and nobody can take its money', async () => {
    const { shop, paymentId, settle } = await lateCall({ outcome: 'unknown', reason: 'timeout' })
    await shop.runtime.advance(HOUR)
    await shop.runJobs()
    const { order } = await settle()
    expect([order.body.state, order.body.money.authorized, states(shop)]).toEqual(['cancelled', 10_000, ['authorized']])
    expect(await asked(shop)).toEqual([paymentId])
    const capture = capturePayment(shop.ports, shop.call(shop.staff()), { paymentId })
    await expect(capture).rejects.toMatchObject({ code: 'wrong_state', reason: 'order_cancelled' })
    await shop.runJobs()
    expect([states(shop), await asked(shop)]).toEqual([['cancelled'], []])
    await assertHealthy(shop.storage, scope)
  })

  test('since another payment has placed it: the reconciler closes it', async () => {
    const { shop, bought, paymentId, settle } = await lateCall({ outcome: 'declined', reason: 'timeout' })
    const again = { ...bought.checkout.input, paymentToken: 'tok_approve' }
    await startCheckout(shop.ports, shop.call(shop.customer()), again)
    const { order } = await settle()
    expect([order.body.state, order.body.money.authorized]).toEqual(['placed', 20_000])
    const capture = capturePayment(shop.ports, shop.call(shop.staff()), { paymentId })
    await expect(capture).rejects.toMatchObject({ code: 'wrong_state', reason: 'other_payment' })
    await assertHealthy(shop.storage, scope)
    // Staff end the order before the reconciler comes: what the first payment holds still is said.
    const ended = await cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), { orderId: order.id, reason: 'twice' })
    expect(ended.money.amounts.authorized).toBe(10_000)
    await assertHealthy(shop.storage, scope)
    await shop.runJobs()
    expect(states(shop)).toEqual(['cancelled', 'cancelled'])
    expect(await asked(shop)).not.toContain(paymentId)
    await assertHealthy(shop.storage, scope)
  })

  test('and is captured at its processor: nobody can charge the one that placed the order, and the reconciler closes it', async () => {
    const { shop, bought, paymentId, payment } = await capturedBeside()
    await settlePayment(shop.ports, scope, paymentId)
    const { findings } = await doctor({ storage: shop.storage }, { scope, now: shop.runtime.now() })
    const message = `was paid by ${paymentId}, and ${payment?.id} can still be charged: void it at its processor`
    expect(findings).toMatchObject([{ severity: 'case', record: bought.order.id, message }])
    const capture = capturePayment(shop.ports, shop.call(shop.staff()), { paymentId: payment?.id ?? '' })
    await expect(capture).rejects.toMatchObject({ code: 'wrong_state', reason: 'other_payment' })
    await shop.runJobs()
    expect([[...states(shop)].sort(), await asked(shop)]).toEqual([['cancelled', 'captured'], []])
    const [order] = await readAll(shop.storage, scope, byId(orders, bought.order.id))
    expect(order?.body).toMatchObject({ state: 'placed', money: { captured: 10_000, authorized: 0 } })
    await assertHealthy(shop.storage, scope)
  })

  test('and is captured at its processor: a capture of the other that begins as this is stored loses, unasked', async () => {
    const { shop, paymentId, payment } = await capturedBeside()
    let isFirst = true
    const commit: typeof shop.storage.commit = async (...call) => {
      // Between what the capture has read and what it stores.
      if (isFirst) {
        isFirst = false
        await settlePayment(shop.ports, scope, paymentId)
      }
      return shop.storage.commit(...call)
    }
    const ports = { ...shop.ports, storage: { ...shop.storage, commit } }
    const capture = capturePayment(ports, shop.call(shop.staff()), { paymentId: payment?.id ?? '' })
    await expect(capture).rejects.toMatchObject({ code: 'wrong_state', reason: 'other_payment' })
    expect([...states(shop)].sort()).toEqual(['authorized', 'captured'])
    await shop.runJobs()
    expect([...states(shop)].sort()).toEqual(['cancelled', 'captured'])
    await assertHealthy(shop.storage, scope)
  })

  test('and is captured at its processor: a capture of the other whose answer was lost is not made again', async () => {
    const { shop, paymentId, payment } = await capturedBeside()
    const lost = { ...shop.processor, capture: async () => ({ outcome: 'unknown', reason: 'timeout' }) as const }
    const lossy = { ...shop.ports, payments: { ...shop.ports.payments, test: lost } }
    const input = { paymentId: payment?.id ?? '' }
    const first = capturePayment(lossy, shop.call(shop.staff()), input)
    await expect(first).rejects.toMatchObject({ code: 'payment_in_progress' })
    await settlePayment(shop.ports, scope, paymentId)
    const second = capturePayment(shop.ports, shop.call(shop.staff()), input)
    await expect(second).rejects.toMatchObject({ code: 'wrong_state', reason: 'other_payment' })
    await shop.runJobs()
    expect([...states(shop)].sort()).toEqual(['cancelled', 'captured'])
    await assertHealthy(shop.storage, scope)
  })

  test('and is captured at its processor, and all given back: the one that placed the order is kept', async () => {
    const { shop, paymentId, payment, card, reference, amount } = await capturedBeside()
    await shop.processor.refund(card, { key: 'refund', reference, amount })
    await settlePayment(shop.ports, scope, paymentId)
    await shop.runJobs()
    expect([...states(shop)].sort()).toEqual(['authorized', 'captured'])
    const paid = await capturePayment(shop.ports, shop.call(shop.staff()), { paymentId: payment?.id ?? '' })
    expect(paid.money.amounts).toMatchObject({ captured: 20_000, refunded: 10_000 })
  })

  /** What a release before left: it stored that the money is held, and asked nobody to close it. */
  async function forgotten({ storage }: ShopFixture, paymentId: string): Promise<void> {
    const change = { do: 'dequeue', queue: 'payment.reconcile', key: paymentId } as const
    expectOutcome(await storage.commit(scope, [change]), 'committed', 'the job is gone')
  }

  test('as a release before stored it for an order that has ended: the next page that asks has it closed', async () => {
    const { shop, bought, paymentId, settle } = await lateCall({ outcome: 'unknown', reason: 'timeout' })
    await shop.runtime.advance(HOUR)
    await shop.runJobs()
    await settle()
    await forgotten(shop, paymentId)
    await settlePayment(shop.ports, scope, paymentId)
    const ask = () => refreshPayment(shop.ports, shop.call(shop.customer()), { orderId: bought.order.id })
    await ask()
    await ask()
    expect(await asked(shop)).toEqual([paymentId])
    await shop.runJobs()
    expect([states(shop), await asked(shop)]).toEqual([['cancelled'], []])
    await assertHealthy(shop.storage, scope)
  })

  test('as a release before stored it beside another payment: the next page that asks has it closed', async () => {
    const { shop, bought, paymentId, settle } = await lateCall({ outcome: 'declined', reason: 'timeout' })
    const again = { ...bought.checkout.input, paymentToken: 'tok_approve' }
    const { payment } = await startCheckout(shop.ports, shop.call(shop.customer()), again)
    await settle()
    await forgotten(shop, paymentId)
    await refreshPayment(shop.ports, shop.call(shop.customer()), { orderId: bought.order.id })
    expect((await asked(shop)).sort()).toEqual([paymentId, payment?.id].sort())
    await shop.runJobs()
    expect([...states(shop)].sort()).toEqual(['authorized', 'cancelled'])
    await assertHealthy(shop.storage, scope)
  })

  test('as a release before stored it beside another payment: the next event has it closed, once its processor answers', async () => {
    const { shop, bought, paymentId, settle } = await lateCall({ outcome: 'declined', reason: 'timeout' })
    const again = { ...bought.checkout.input, paymentToken: 'tok_approve' }
    const { payment } = await startCheckout(shop.ports, shop.call(shop.customer()), again)
    await settle()
    await forgotten(shop, paymentId)
    let calls = 0
    const voids: typeof shop.processor.void = async () => {
      calls += 1
      return { outcome: 'unknown', reason: 'down' }
    }
    Object.assign(shop.ports.payments, { test: { ...shop.processor, void: voids } })
    await shop.sendWebhooks()
    await shop.runJobs()
    const tried = calls
    expect(tried).toBeGreaterThan(0)
    await shop.runJobs() // it waits before it tries again
    expect([calls, [...new Set(await asked(shop))].sort()]).toEqual([tried, [paymentId, payment?.id].sort()])
    Object.assign(shop.ports.payments, { test: shop.processor })
    await shop.runtime.advance(HOUR / 30)
    await shop.runJobs()
    expect([[...states(shop)].sort(), await asked(shop)]).toEqual([['authorized', 'cancelled'], [payment?.id]])
    await assertHealthy(shop.storage, scope)
  })

  test('while its order waits for another attempt: the page asks about that one too', async () => {
    const { shop, bought, settle } = await lateCall({ outcome: 'declined', reason: 'timeout' })
    const again = { ...bought.checkout.input, paymentToken: 'tok_requires_action' }
    const second = await startCheckout(shop.ports, shop.call(shop.customer()), again)
    await settle()
    await approve(shop, { ...bought, ...second })
    await refreshPayment(shop.ports, shop.call(shop.customer()), { orderId: bought.order.id })
    const [order] = await readAll(shop.storage, scope, byId(orders, bought.order.id))
    expect(order?.body.money).toMatchObject({ authorized: 20_000 })
    await shop.runJobs()
    await assertHealthy(shop.storage, scope)
  })

  test('while its order waits for another attempt: it places the order, and is watched', async () => {
    const { shop, bought, paymentId, settle } = await lateCall({ outcome: 'declined', reason: 'timeout' })
    const again = { ...bought.checkout.input, paymentToken: 'tok_requires_action' }
    await startCheckout(shop.ports, shop.call(shop.customer()), again)
    const { order } = await settle()
    expect([order.body.state, order.body.paymentId]).toEqual(['placed', paymentId])
    await shop.runtime.advance(HOUR / 30)
    await shop.runJobs()
    expect([[...states(shop)].sort(), await asked(shop)]).toEqual([['authorized', 'cancelled'], [paymentId]])
    await assertHealthy(shop.storage, scope)
  })
})
