import { expect, test, vi } from 'vitest'
import { BursarError } from '../../errors/index.ts'
import { memoryShop, testRuntime, virtualBrowser } from '../../testing/index.ts'
import { createOrderWatcher } from './create-order-watcher.ts'

const consents = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const
const shop = await memoryShop()
const learner = shop.commerce.as({ type: 'customer', site: 'main', customerId: 'learner-1' })

async function orderCourse() {
  const { cart, quote } = await learner.carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.course }] })
  const input = {
    cartId: cart.id,
    expectedTotal: { amount: quote.total, currency: quote.currency },
    paymentToken: 'tok_approve',
    consents,
  }
  return (await learner.carts.checkout(input, { idempotencyKey: `key-of-${cart.id}` })).order
}

/** Watches an order; `get` counts the questions and can be spoilt. */
async function watch(initial?: Awaited<ReturnType<typeof orderCourse>>) {
  const order = initial ?? (await orderCourse())
  const runtime = testRuntime()
  const tab = virtualBrowser(runtime).tab()
  const get = vi.fn(learner.orders.get)
  const client = { ...clientParts(), orders: { ...learner.orders, get } }
  const watcher = createOrderWatcher({ client, orderId: order.id, page: tab.page, initial })
  const pass = async (milliseconds: number) => {
    await rest()
    await runtime.advance(milliseconds)
    await rest()
  }
  return { order, watcher, get, tab, pass }
}

const clientParts = () => {
  const { site, products, quotes, carts, me } = learner
  return { site, products, quotes, carts, me }
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 10))

test('an order is watched until it is delivered, and no longer', async () => {
  const { watcher, get, pass } = await watch()
  expect(watcher.getState()).toEqual({ status: 'loading' })
  watcher.subscribe(() => {})
  await pass(0)
  expect(watcher.getState()).toMatchObject({ status: 'ready', isEnded: false, order: { delivery: 'queued' } })
  await shop.commerce.jobs.runDue()
  await pass(1000)
  expect(watcher.getState()).toMatchObject({ status: 'ready', isEnded: true, order: { delivery: 'delivered' } })
  const asked = get.mock.calls.length
  await pass(600_000)
  expect(get).toHaveBeenCalledTimes(asked)
})

test('an order that has ended is asked for once by each who comes to it: a refund after its delivery shows', async () => {
  const { order, watcher, get, pass } = await watch()
  await shop.commerce.jobs.runDue()
  const leave = watcher.subscribe(() => {})
  await pass(0)
  expect(watcher.getState()).toMatchObject({ status: 'ready', isEnded: true, order: { delivery: 'delivered' } })
  leave()
  get.mockResolvedValueOnce({ ...order, delivery: 'withdrawn' })
  watcher.subscribe(() => {})
  await pass(0)
  expect(watcher.getState()).toMatchObject({ status: 'ready', isEnded: true, order: { delivery: 'withdrawn' } })
  await pass(600_000)
  expect(get).toHaveBeenCalledTimes(2)
})

test('the waits grow to half a minute, and a state that is the same is the same object', async () => {
  const { watcher, get, pass } = await watch()
  watcher.subscribe(() => {})
  await pass(0)
  const { length } = get.mock.calls
  const before = watcher.getState()
  for (let second = 0; second < 60; second += 1) await pass(1000)
  expect(get.mock.calls.length - length).toBeGreaterThanOrEqual(7)
  expect(get.mock.calls.length - length).toBeLessThanOrEqual(9)
  expect(watcher.getState()).toBe(before)
})

test('nobody asks in a hidden tab, or after the page has left it', async () => {
  const { watcher, get, tab, pass } = await watch()
  const leave = watcher.subscribe(() => {})
  await pass(0)
  tab.hide()
  await pass(120_000)
  expect(get).toHaveBeenCalledTimes(1)
  tab.comeBack()
  await pass(0)
  expect(get).toHaveBeenCalledTimes(2)
  leave()
  await pass(120_000)
  expect(get).toHaveBeenCalledTimes(2)
})

test('a server that is down: unavailable without an order, stale with one, and well again', async () => {
  const { watcher, get, pass } = await watch()
  const down = async () => {
    throw new BursarError('unavailable')
  }
  get.mockImplementationOnce(down)
  watcher.subscribe(() => {})
  await pass(0)
  expect(watcher.getState()).toMatchObject({ status: 'unavailable', error: { code: 'unavailable' } })
  await pass(1000)
  expect(watcher.getState()).toMatchObject({ status: 'ready', isStale: false })
  get.mockImplementationOnce(down)
  await watcher.refresh()
  expect(watcher.getState()).toMatchObject({ status: 'ready', isStale: true })
  await watcher.refresh()
  expect(watcher.getState()).toMatchObject({ status: 'ready', isStale: false })
})

test('what is no order, and a client that throws, are no answer', async () => {
  const { watcher, get, pass } = await watch()
  get.mockImplementationOnce(async () => JSON.parse('null'))
  watcher.subscribe(() => {})
  await pass(0)
  expect(watcher.getState()).toMatchObject({ status: 'unavailable', error: { code: 'unavailable' } })
  get.mockImplementationOnce(() => {
    throw new TypeError('It is broken.')
  })
  await watcher.refresh()
  expect(watcher.getState()).toMatchObject({ status: 'unavailable', error: { code: 'internal' } })
  await pass(2000)
  expect(watcher.getState()).toMatchObject({ status: 'ready', isStale: false })
})

test('an order that is not there is an error, asked for once', async () => {
  const order = await orderCourse()
  const { watcher, get, pass } = await watch({ ...order, id: 'ord_none' })
  expect(watcher.getState()).toMatchObject({ status: 'ready' })
  watcher.subscribe(() => {})
  await pass(1000)
  expect(watcher.getState()).toMatchObject({ status: 'error', error: { code: 'not_found' } })
  await pass(60_000)
  expect(get).toHaveBeenCalledTimes(1)
})

test('subscribing twice, as strict mode does, asks as if once', async () => {
  const { watcher, get, pass } = await watch()
  watcher.subscribe(() => {})()
  watcher.subscribe(() => {})
  await pass(0)
  const { length } = get.mock.calls
  expect(length).toBeLessThanOrEqual(2)
  await pass(1000)
  expect(get.mock.calls.length).toBe(length + 1)
})

test('an answer that is no order is none', async () => {
  const get = async () => ({}) as never // what a proxy may say
  const watcher = createOrderWatcher({ client: { ...learner, orders: { ...learner.orders, get } }, orderId: 'ord_1' })
  await watcher.refresh()
  expect(watcher.getState()).toMatchObject({ status: 'unavailable', error: { reason: 'not_an_answer' } })
})

test('an order that is fetched again after an error is watched on', async () => {
  const { watcher, get, pass } = await watch()
  get.mockRejectedValueOnce(new BursarError('unauthenticated'))
  watcher.subscribe(() => {})
  await pass(0)
  expect(watcher.getState()).toMatchObject({ status: 'error' })
  await watcher.refresh()
  expect(watcher.getState()).toMatchObject({ status: 'ready', isEnded: false })
  await shop.commerce.jobs.runDue()
  await pass(60_000)
  expect(watcher.getState()).toMatchObject({ status: 'ready', isEnded: true, order: { delivery: 'delivered' } })
})
