import { setTimeout as sleep } from 'node:timers/promises'
import type { Storage } from '@bursar/core'
import type { OrderView } from '@bursar/core/client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { atOnce, cartOf, secretOf } from './race-buyers.ts'
import { RACE_KINDS } from './race-kinds.ts'
import { type RaceShop, raceShop } from './race-shop.ts'

/** What a processor says, when and how often it says it. The numbers are those of the failures that shops have had. */
describe.each(Object.entries(RACE_KINDS))('%s', (name, serve) => {
  let shop: RaceShop
  beforeEach(async () => {
    shop = await raceShop(serve)
  })
  // Each race ends with an examination of the books.
  afterEach(() => shop.end())

  test('F7: news of a payment that is not made place nothing', async () => {
    const { buy } = await cartOf(shop, 'ann')
    const { order } = await buy('with-3-d-secure', 0, { paymentToken: 'tok_requires_action' })
    await shop.sendWebhooks(3)
    await shop.runJobs()
    expect(await shop.customer('ann', 1).orders.get({ orderId: order.id })).toMatchObject({
      state: 'pending',
      money: { state: 'unpaid', amounts: { captured: 0 } },
    })
    expect(shop.captures()).toBe(0)
  })

  test('F20, F26, F27: webhook, return page and reconciler at once: the money is booked once, the course given once', async () => {
    const { buy } = await cartOf(shop, 'ann', { variantId: shop.variants.seat })
    const bought = await buy('with-3-d-secure', 0, { paymentToken: 'tok_requires_action' })
    await shop.processor.confirm(secretOf(bought), 'approve')
    await shop.advance(2 * 60_000)
    const orderId = bought.order.id
    const refresh = (server: number) => shop.customer('ann', server).orders.refreshPayment({ orderId })
    await Promise.all([
      ...[shop.sendWebhooks(3), refresh(0), shop.runJobs(), refresh(1), shop.sendWebhooks(2), shop.runJobs()],
      buy('with-3-d-secure', 1, { paymentToken: 'tok_requires_action' }),
    ])
    await shop.runJobs()
    const order = await shop.customer('ann').orders.get({ orderId })
    expect(order).toMatchObject({
      state: 'placed',
      delivery: 'delivered',
      money: { state: 'paid', amounts: { captured: 4900 } },
    })
    expect([shop.captures(), shop.enrolments()]).toEqual([1, 1])
  })

  test('F26: a page and a job that both know of the money before either has booked it: it is booked once', async () => {
    const { buy } = await cartOf(shop, 'ann', { variantId: shop.variants.seat })
    const bought = await buy('with-3-d-secure', 0, { paymentToken: 'tok_requires_action' })
    await shop.processor.confirm(secretOf(bought), 'approve')
    await shop.sendWebhooks(1)
    const gate = shop.close('looked-up')
    const page = shop.customer('ann', 0).orders.refreshPayment({ orderId: bought.order.id })
    const [first = ''] = await gate.held(1)
    const others = [shop.customer('ann', 1).orders.refreshPayment({ orderId: bought.order.id }), shop.runJobs()]
    await gate.held(3)
    gate.release(first)
    const paid = { state: 'placed', money: { state: 'paid', amounts: { captured: 4900 } } }
    expect(await page).toMatchObject(paid)
    // What these have read is old by now.
    gate.open()
    await Promise.all(others)
    await shop.runJobs()
    const order = await shop.customer('ann', 1).orders.get({ orderId: bought.order.id })
    expect(order).toMatchObject({ ...paid, delivery: 'delivered' })
    expect([shop.captures(), shop.enrolments()]).toEqual([1, 1])
  })

  test('F27: each event three times at once, and once more when it was handled: stored once, with one job', async () => {
    const { items } = await buyAndConfirm(shop, 'ann', 'left')
    expect(items.length).toBeGreaterThan(1)
    const ids = items.map(({ account, rawBody }) => `${account}:${JSON.parse(rawBody).id}`).toSorted()
    const [stored, waiting] = [() => shop.look(storedEvents), () => shop.look(waitingEvents)]
    // Whatever is not answered with a 2xx throws.
    await shop.sendWebhooks(3)
    expect(await stored()).toEqual(ids)
    expect(await waiting()).toEqual(ids)
    await shop.runJobs()
    await shop.sendInOrder([...items, ...items, ...items])
    expect(await stored()).toEqual(ids)
    expect(await waiting()).toEqual([])
  })

  test('F28: a webhook that arrives while the shop still waits for the answer: booked once, whoever comes first', async () => {
    const { buy } = await cartOf(shop, 'ann', { variantId: shop.variants.seat })
    const buying = atOnce([() => buy('slow-processor', 0, { paymentToken: 'tok_slow' })])
    while (shop.captures() === 0) {
      await shop.actSlowly()
      shop.processor.dueDeliveries()
      await sleep(5)
    }
    await shop.sendWebhooks(3)
    await shop.runJobs()
    shop.answerSlowCalls()
    await buying
    await shop.runJobs()
    const { order } = await buy('asks-again', 1)
    expect(order).toMatchObject({ state: 'placed', money: { state: 'paid', amounts: { captured: 4900 } } })
    await shop.runJobs()
    expect([shop.captures(), shop.enrolments()]).toEqual([1, 1])
  })

  test('F28: a webhook that has more to tell than the answer that comes after it: the answer changes nothing', async () => {
    const { buy } = await cartOf(shop, 'ann', { variantId: shop.variants.seat })
    shop.processor.script('open', 'slow')
    const buying = atOnce([() => buy('slow-processor', 0, { paymentToken: 'tok_requires_action' })])
    while (shop.processor.payments().length === 0) {
      await shop.actSlowly()
      shop.processor.dueDeliveries()
      await sleep(5)
    }
    for (const { clientSecret } of shop.processor.payments()) await shop.processor.confirm(clientSecret, 'approve')
    await shop.sendWebhooks(3)
    await shop.runJobs()
    shop.answerSlowCalls()
    const { answers } = await buying
    // The reconciler would ask again, and set it right.
    expect(answers).toMatchObject([
      { order: { state: 'placed', money: { state: 'paid', amounts: { captured: 4900 } } } },
    ])
    await shop.runJobs()
    expect([shop.captures(), shop.enrolments()]).toEqual([1, 1])
  })

  test('F29: events of a payment in every order, each twice, with what was given back and what was taken back: the same end', async () => {
    const all = permutations([0, 1, 2, 3])
    // The order of events is no matter of the storage.
    const orders = name.startsWith('memory') ? all : all.filter((_, n) => n % 5 === 0)
    for (const [attempt, order] of orders.entries()) {
      const who = `buyer-${attempt}`
      const { orderId, items, happen } = await buyAndConfirm(shop, who)
      // An event comes in its place, but not before what it tells of.
      for (let now = 1; now < order.length; now += 1) {
        if (now > 1) items.push(...(await happen(now)))
        const due = order.filter((event, place) => Math.max(event, place, 1) === now)
        await shop.sendInOrder(
          due.flatMap((event) => items[event] ?? []),
          attempt,
        )
        await shop.runJobs()
      }
      expect(items).toHaveLength(order.length)
      const inOrder = order.flatMap((event) => items[event] ?? [])
      await shop.sendInOrder([...inOrder, ...inOrder], attempt)
      await shop.runJobs()
      expect(await shop.customer(who).orders.get({ orderId })).toMatchObject({
        state: 'placed',
        money: { state: 'unpaid', amounts: { captured: 0, refunded: 500 } },
      })
    }
    expect(shop.captures()).toBe(orders.length)
  })

  test('a payment that arrives while the order is cancelled: it is one or the other', async () => {
    const { buy } = await cartOf(shop, 'ann', { variantId: shop.variants.seat })
    const bought = await buy('with-3-d-secure', 0, { paymentToken: 'tok_requires_action' })
    const orderId = bought.order.id
    await atOnce<unknown>([
      () => shop.admin().orders.cancel({ orderId, reason: 'asked for it' }),
      async () => {
        await shop.processor.confirm(secretOf(bought), 'approve')
        await shop.sendWebhooks(2)
        await shop.runJobs()
      },
    ])
    await shop.runJobs()
    const { state, money }: OrderView = await shop.customer('ann').orders.get({ orderId })
    expect(['placed 4900', 'cancelled 0']).toContain(`${state} ${money.amounts.captured}`)
    expect(shop.captures() * 4900).toBe(money.amounts.captured)
  })

  test('an order on account is sound before and after its payment, which is recorded once', async () => {
    const { buy } = await cartOf(shop, 'ann')
    const { order, payment } = await buy('on-account', 0, { paymentAccount: 'invoice', paymentToken: undefined })
    expect(order).toMatchObject({ state: 'placed', money: { state: 'on_account' } })
    const broken = async () =>
      (await shop.admin().reports.doctor({})).findings.filter(({ severity }) => severity === 'broken')
    expect(await broken()).toEqual([])
    const paymentId = payment?.id ?? ''
    const capture = (server: number) =>
      shop.admin(server).payments.capture({ paymentId }, { idempotencyKey: 'the-money-came' })
    const { answers } = await atOnce([1, 2, 3].map((n) => () => capture(n)))
    expect(answers.length).toBeGreaterThan(0)
    const paid = await shop.customer('ann').orders.get({ orderId: order.id })
    expect(paid.money).toMatchObject({ state: 'paid', amounts: { captured: 1900 } })
    expect(await broken()).toEqual([])
  })
})

/** A book whose payment the shopper has confirmed, and the events that nobody has sent yet: taken out, or left to be sent. */
async function buyAndConfirm(shop: RaceShop, who: string, events: 'taken' | 'left' = 'taken') {
  const { buy } = await cartOf(shop, who)
  const bought = await buy('with-3-d-secure', 0, { paymentToken: 'tok_requires_action' })
  await shop.processor.confirm(secretOf(bought), 'approve')
  const take = () => {
    const due = shop.processor.dueDeliveries()
    for (const { id } of due) if (events === 'taken') shop.processor.settleDelivery(id, 'accepted')
    return due
  }
  const reference = shop.processor.payments().find(({ orderId }) => orderId === bought.order.id)?.reference ?? ''
  const account = { id: 'card', mode: 'test', secret: async () => 'key' } as const
  return {
    orderId: bought.order.id,
    items: take(),
    /** Something more that happens to it, by its number; answers what is to be sent of it. */
    async happen(what: number) {
      const amount = { amount: 500, currency: 'EUR' }
      if (what === 2) await shop.processor.refund(account, { reference, amount, key: `given-back-${reference}` })
      if (what === 3) shop.processor.failCapture({ account: account.id, reference })
      return take()
    },
  }
}

const acme = { operator: 'acme' }

/** Ids of the events of an account that are stored. */
async function storedEvents(storage: Storage): Promise<string[]> {
  const query = { in: 'paymentEvents', index: 'receivedAt', equals: ['card'], limit: 100 }
  return (await storage.list(acme, query)).items.map(({ id }) => id).toSorted()
}

/** Keys of the jobs that wait to handle an event. */
async function waitingEvents(storage: Storage): Promise<(string | null)[]> {
  const { items } = await storage.jobs.list({ state: 'waiting', queue: 'payment.event', limit: 100 })
  return items.map(({ key }) => key).toSorted()
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  )
}
