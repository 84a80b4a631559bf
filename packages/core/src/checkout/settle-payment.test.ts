import { describe, expect, test } from 'vitest'
import { addLine, carts, createCart } from '../cart/index.ts'
import { entitlements, grants } from '../entitlement/index.ts'
import { fulfilmentJobs, ProviderGate } from '../fulfilment/index.ts'
import { journal } from '../journal/index.ts'
import { type Order, orders } from '../order/index.ts'
import { payments } from '../payment/index.ts'
import type { LeasedJob, LookupAnswer, ProcessorPayment } from '../ports/index.ts'
import { byId, listAll, put, readAll } from '../storage/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { type Bought, type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'
import { cancelUnpaidOrder, receiveEvent, settlePayment, startCheckout } from './index.ts'

const HOUR = 60 * 60 * 1000
const scope = { operator: 'opr_school', site: 'main' }

const readOrder = async (shop: ShopFixture, { order }: Bought): Promise<Order> => {
  const [stored] = await readAll(shop.storage, scope, byId(orders, order.id))
  return stored?.body as Order // it was bought
}

const balances = async (shop: ShopFixture, { order }: Bought): Promise<Record<string, number>> => {
  const stream = await listAll(shop.storage, scope, journal, { index: 'stream', equals: [order.id] })
  const sums: Record<string, number> = {}
  for (const { account, amount } of stream.flatMap(({ body }) => body.entries)) {
    sums[account] = (sums[account] ?? 0) + amount
  }
  return sums
}

/** The shop with a processor that says this of every payment. */
function saying(shop: ShopFixture, said: Partial<ProcessorPayment>): ShopFixture['ports'] {
  const lookup = async (_account: unknown, { reference }: { reference: string | null }): Promise<LookupAnswer> => ({
    outcome: 'found',
    payment: {
      ...{ reference: reference ?? 'ref', state: 'processing', amount: { amount: 10_000, currency: 'EUR' } },
      ...{ captured: 0, refunded: 0, ...said },
    },
  })
  return { ...shop.ports, payments: { ...shop.ports.payments, test: { ...shop.processor, lookup } } }
}

describe('whoever brings the news, the order follows', () => {
  test('a webhook that knows no site places the order', async () => {
    const shop = await shopFixture()
    const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
    const next = bought.payment?.next
    await shop.processor.confirm(next?.type === 'client_secret' ? next.clientSecret : '', 'approve')
    expect(await shop.sendWebhooks()).toBeGreaterThan(0)
    await shop.runJobs()
    expect(await readOrder(shop, bought)).toMatchObject({ state: 'placed', money: { captured: 10_000, due: 0 } })
    await assertHealthy(shop.storage, scope)
  })

  test('a webhook at a process that has not the account’s processor is to be sent again, and one of no account is not', async () => {
    const shop = await shopFixture()
    const old = { ...shop.ports, payments: {} }
    const nothing = new Uint8Array()
    const received = (account: string) => receiveEvent(old, account, nothing, new Headers())
    await expect(received(shop.ids.accounts.card)).rejects.toMatchObject({
      ...{ code: 'unavailable', status: 503, retryAfter: 30, isRetryable: true },
    })
    await expect(received('pac_none')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a webhook that comes while the processor does not answer is asked about again until it does', async () => {
    const shop = await shopFixture()
    const bought = await shop.buy()
    await shop.sendWebhooks()
    await shop.runtime.advance(HOUR)
    await shop.runJobs()
    const { lookup } = shop.processor
    let isDown = true
    const silent = { outcome: 'unknown', reason: 'no answer in time' } as const
    const failing = {
      ...shop.processor,
      lookup: async (...asked: Parameters<typeof lookup>) => (isDown ? silent : lookup(...asked)),
    }
    Object.assign(shop.ports.payments, { test: failing })
    const [payment] = await readAll(shop.storage, scope, byId(payments, bought.payment?.id ?? ''))
    const reference = payment?.body.reference ?? ''
    expect(shop.processor.failCapture({ account: shop.ids.accounts.card, reference })).toBe(true)
    await shop.sendWebhooks()
    for (let hours = 0; hours < 30; hours += 1) {
      await shop.runJobs()
      await shop.runtime.advance(HOUR)
    }
    expect(await readOrder(shop, bought)).toMatchObject({ money: { captured: 10_000 } })
    expect(await shop.storage.jobs.list({ state: 'parked', limit: 10 })).toMatchObject({ items: [] })
    isDown = false
    await shop.runJobs()
    expect(await readOrder(shop, bought)).toMatchObject({ money: { captured: 0, due: 10_000 } })
    await assertHealthy(shop.storage, scope)
  })

  test('authorised money of a placed order outlives the time of its checkout', async () => {
    const shop = await shopFixture({ site: { capture: 'manual' } })
    const bought = await shop.buy()
    await shop.runtime.advance(2 * HOUR)
    await shop.runJobs()
    expect(await readOrder(shop, bought)).toMatchObject({ state: 'placed', money: { authorized: 10_000 } })
    expect(shop.processor.log().map(({ effect }) => effect)).not.toContain('voided')
  })

  test('an attempt that failed before tells nothing of the one that lives', async () => {
    const shop = await shopFixture({ site: { capture: 'manual' } })
    const first = await shop.buy({ paymentToken: 'tok_decline' })
    const call = shop.call(shop.customer())
    const again = await startCheckout(shop.ports, call, { ...first.checkout.input, paymentToken: 'tok_approve' })
    expect(again.order).toMatchObject({ id: first.order.id, state: 'placed', money: { state: 'authorized' } })
    await settlePayment(shop.ports, scope, first.payment?.id ?? '')
    expect(await readOrder(shop, first)).toMatchObject({ paymentId: again.payment?.id, money: { authorized: 10_000 } })
    await assertHealthy(shop.storage, scope)
  })

  test('an attempt that ran out does not end an order that another attempt still pays', async () => {
    const shop = await shopFixture()
    const first = await shop.buy({ paymentToken: 'tok_decline' })
    await shop.runtime.advance(HOUR / 3)
    const call = shop.call(shop.customer())
    await startCheckout(shop.ports, call, { ...first.checkout.input, paymentToken: 'tok_requires_action' })
    await shop.runtime.advance(HOUR / 3)
    await shop.runJobs()
    expect(await readOrder(shop, first)).toMatchObject({ state: 'pending' })
    await shop.runtime.advance(HOUR)
    await shop.runJobs()
    expect(await readOrder(shop, first)).toMatchObject({ state: 'cancelled' })
    await assertHealthy(shop.storage, scope)
  })

  test('a call on account without an answer is no acceptance', async () => {
    const shop = await shopFixture()
    const invoice = shop.ports.payments.invoice
    if (invoice === undefined) throw new Error('The fixture has an invoice processor.')
    const unknown = async () => ({ outcome: 'unknown', reason: 'timeout' }) as const
    const silent = { ...shop.ports.payments, invoice: { ...invoice, open: unknown, lookup: unknown } }
    const made = await createCart(shop.ports, shop.call(shop.customer()), {})
    const { cart, quote } = await addLine(shop.ports, shop.call(shop.customer()), {
      ...{ cartId: made.cart.id, lineId: 'l1', variantId: shop.ids.variants.book },
    })
    const input = {
      cartId: cart.id,
      expectedTotal: { amount: quote.total, currency: quote.currency },
      paymentAccount: shop.ids.accounts.invoice,
    }
    const { order } = await startCheckout({ ...shop.ports, payments: silent }, shop.call(shop.customer()), input)
    expect(order).toMatchObject({ state: 'pending', money: { state: 'unpaid' } })
    await assertHealthy(shop.storage, scope)
  })
})

describe('what was stored just now is not read again after the processor has answered', () => {
  type Open = ShopFixture['processor']['open']

  /** The shop with a processor around whose answer something happens. */
  const opening = (shop: ShopFixture, open: Open): ShopFixture => {
    const test = { ...shop.processor, open }
    return { ...shop, ports: { ...shop.ports, payments: { ...shop.ports.payments, test } } }
  }
  const checkOut = async (shop: ShopFixture) => {
    const made = await createCart(shop.ports, shop.call(shop.customer()), {})
    const { cart, quote } = await addLine(shop.ports, shop.call(shop.customer()), {
      ...{ cartId: made.cart.id, lineId: 'l1', variantId: shop.ids.variants.book },
    })
    const expectedTotal = { amount: quote.total, currency: quote.currency }
    const input = { cartId: cart.id, expectedTotal, paymentToken: 'tok_approve' }
    return startCheckout(shop.ports, shop.call(shop.customer()), input)
  }

  test('a webhook that settles the payment first wins over the older answer', async () => {
    const shop = await shopFixture()
    const late = opening(shop, async (account, request) => {
      await shop.processor.open(account, request)
      await settlePayment(shop.ports, scope, request.paymentId)
      return { outcome: 'unknown', reason: 'timeout' }
    })
    const { order } = await checkOut(late)
    expect(order).toMatchObject({ state: 'placed', money: { state: 'paid' } })
    await assertHealthy(shop.storage, scope)
  })

  test('a cart that was changed meanwhile keeps the change', async () => {
    const shop = await shopFixture()
    const late = opening(shop, async (account, request) => {
      const [order] = await readAll(shop.storage, scope, byId(orders, request.orderId))
      const cartId = order?.body.cartId ?? ''
      const added = { cartId, lineId: 'l2', variantId: shop.ids.variants.audit }
      await addLine(shop.ports, shop.call(shop.customer()), added)
      return shop.processor.open(account, request)
    })
    const { order } = await checkOut(late)
    expect(order.state).toBe('placed')
    const [cart] = await readAll(shop.storage, scope, byId(carts, order.cartId))
    const [next] = await readAll(shop.storage, scope, byId(carts, cart?.body.nextCartId ?? ''))
    expect(next?.body.lines).toMatchObject([{ id: 'l2' }])
    await assertHealthy(shop.storage, scope)
  })
})

describe('money that nothing accounts for waits in suspense', () => {
  test('money that went back without a refund of ours', async () => {
    const shop = await shopFixture()
    const bought = await shop.buy()
    const ports = saying(shop, { state: 'captured', captured: 10_000, refunded: 400 })
    await settlePayment(ports, scope, bought.payment?.id ?? '')
    expect(await balances(shop, bought)).toMatchObject({ cash: 9600, suspense: 400, receivable: 0 })
    await assertHealthy(shop.storage, scope)
  })

  test('money that went back before it was known to have come: nothing is delivered for it', async () => {
    const shop = await shopFixture()
    const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
    const ports = saying(shop, { state: 'captured', captured: 10_000, refunded: 10_000 })
    await settlePayment(ports, scope, bought.payment?.id ?? '')
    await shop.runJobs()
    expect(await readOrder(shop, bought)).toMatchObject({ state: 'placed', money: { captured: 10_000, due: 0 } })
    const rights = await listAll(shop.storage, scope, entitlements, { index: 'soldAt' })
    expect(rights.map(({ body }) => body.state)).toEqual(['suspended'])
    await assertHealthy(shop.storage, scope)
    // The refund fails after all.
    const kept = saying(shop, { state: 'captured', captured: 10_000, refunded: 0 })
    await settlePayment(kept, scope, bought.payment?.id ?? '')
    await shop.runJobs()
    const again = await listAll(shop.storage, scope, entitlements, { index: 'soldAt' })
    expect(again.map(({ body }) => body.state)).toEqual(['active'])
    await assertHealthy(shop.storage, scope)
  })

  test('a second payment of the same order, and its failure', async () => {
    const shop = await shopFixture()
    const first = await shop.buy({ paymentToken: 'tok_decline' })
    const call = shop.call(shop.customer())
    await startCheckout(shop.ports, call, { ...first.checkout.input, paymentToken: 'tok_approve' })
    const paymentId = first.payment?.id ?? ''
    await settlePayment(saying(shop, { state: 'captured', captured: 10_000 }), scope, paymentId)
    expect(await balances(shop, first)).toMatchObject({ cash: 20_000, receivable: 0, suspense: -10_000 })
    await assertHealthy(shop.storage, scope)
    await settlePayment(saying(shop, { state: 'failed' }), scope, paymentId)
    expect(await balances(shop, first)).toMatchObject({ cash: 10_000, receivable: 0, suspense: 0 })
    expect(await readOrder(shop, first)).toMatchObject({ state: 'placed', money: { captured: 10_000, due: 0 } })
    // The order is still paid: what it gave stays given.
    const rights = await listAll(shop.storage, scope, entitlements, { index: 'order', equals: [first.order.id] })
    expect(rights.map(({ body }) => body.state)).toEqual(['active'])
  })
})

test('two guests can order the very same at the same millisecond', async () => {
  const shop = await shopFixture()
  const lines = [{ variantId: shop.ids.variants.book }]
  const first = await shop.buy({ hostId: null, lines })
  const second = await shop.buy({ hostId: null, lines })
  const [left, right] = [await readOrder(shop, first), await readOrder(shop, second)]
  expect(left.inputsHash).toBe(right.inputsHash)
  expect(left.id).not.toBe(right.id)
  await assertHealthy(shop.storage, scope)
})

test('an order on account that is cancelled lets its cart go', async () => {
  const shop = await shopFixture()
  const bought = await shop.buy({ paymentAccount: shop.ids.accounts.invoice })
  const input = { orderId: bought.order.id, reason: 'asked for it' }
  await cancelUnpaidOrder(shop.ports, shop.call(shop.staff()), input)
  const [cart] = await readAll(shop.storage, scope, byId(carts, bought.order.cartId))
  expect(cart?.body.orderId).toBeUndefined()
  await assertHealthy(shop.storage, scope)
})

test('a free order for a named learner is delivered at once', async () => {
  const shop = await shopFixture()
  const made = await createCart(shop.ports, shop.call(shop.customer()), {})
  const { cart } = await addLine(shop.ports, shop.call(shop.customer()), {
    ...{ cartId: made.cart.id, lineId: 'l1', variantId: shop.ids.variants.audit },
    recipient: { type: 'learner', platform: 'school', learnerId: 'L-7' },
  })
  const input = { cartId: cart.id, expectedTotal: { amount: 0, currency: 'EUR' } }
  const { order } = await startCheckout(shop.ports, shop.call(shop.customer()), input)
  expect(order).toMatchObject({ state: 'placed', delivery: 'queued' })
})

test('a withdrawal that was called off meanwhile does not end the delivery', async () => {
  const shop = await shopFixture()
  const bought = await shop.buy()
  const [grant] = await listAll(shop.storage, scope, grants, { index: 'order', equals: [bought.order.id] })
  if (grant === undefined) throw new Error('A course is delivered.')
  await shop.storage.commit(scope, [put(grants, grant, { ...grant.body, state: 'withdrawing' })])
  const withdraw = async () => {
    const [now] = await readAll(shop.storage, scope, byId(grants, grant.id))
    if (now !== null) await shop.storage.commit(scope, [put(grants, now, { ...now.body, state: 'queued' })])
    return { outcome: 'done' } as const
  }
  const school = { ...(shop.ports.fulfilment.school as NonNullable<typeof shop.ports.fulfilment.school>), withdraw }
  const job: LeasedJob = {
    ...{ id: 'job_1', scope, queue: 'grant.withdraw', key: grant.id, data: {}, attempt: 1, token: 1 },
    enqueuedAt: shop.runtime.now(),
  }
  const jobs = fulfilmentJobs({ ...shop.ports, fulfilment: { school } }, new ProviderGate(shop.runtime))
  await jobs['grant.withdraw']({ grantId: grant.id }, job)
  const [after] = await readAll(shop.storage, scope, byId(grants, grant.id))
  expect(after?.body.state).toBe('queued')
})

test('an answer that is older than what a webhook has brought changes nothing', async () => {
  const shop = await shopFixture()
  const { processor } = shop
  const open: typeof processor.open = async (...asked) => {
    const answer = await processor.open(...asked)
    if (answer.outcome !== 'requires_action' || answer.next.type !== 'client_secret') throw new Error(answer.outcome)
    await processor.confirm(answer.next.clientSecret, 'approve')
    await shop.sendWebhooks()
    await shop.runJobs()
    return answer
  }
  Object.assign(shop.ports.payments, { test: { ...processor, open } })
  const bought = await shop.buy({ paymentToken: 'tok_requires_action' })
  const [payment] = await readAll(shop.storage, scope, byId(payments, bought.payment?.id ?? ''))
  expect(payment?.body).toMatchObject({ state: 'captured', captured: 10_000 })
  expect(await readOrder(shop, bought)).toMatchObject({ state: 'placed', money: { captured: 10_000 } })
})

test('news of an older attempt by card tells nothing of the invoice by which an order was placed', async () => {
  const shop = await shopFixture()
  const first = await shop.buy({ paymentToken: 'tok_decline' })
  const { paymentToken: _token, ...input } = first.checkout.input
  const byInvoice = { ...input, paymentAccount: shop.ids.accounts.invoice }
  await startCheckout(shop.ports, shop.call(shop.customer()), byInvoice)
  await settlePayment(shop.ports, scope, first.payment?.id ?? '')
  expect(await readOrder(shop, first)).toMatchObject({ state: 'placed', onAccount: true })
})
