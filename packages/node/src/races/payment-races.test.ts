import { setTimeout as sleep } from 'node:timers/promises'
import type { OrderView } from '@bursar/core/client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { atOnce, cartOf, secretOf } from './race-buyers.ts'
import { RACE_KINDS } from './race-kinds.ts'
import { type RaceShop, raceShop } from './race-shop.ts'

/** What a processor says, when and how often it says it. The numbers are those of the failures that shops have had. */
describe.each(Object.entries(RACE_KINDS))('%s', (_name, serve) => {
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

  test('F29: events of a payment in every order, each twice: the same end', async () => {
    const { items } = await buyAndConfirm(shop, 'first')
    const orders = permutations(Array.from({ length: items }, (_, n) => n))
    expect(orders.length).toBeGreaterThan(1)
    for (const [attempt, order] of orders.entries()) {
      const { orderId, deliveries } = await buyAndConfirm(shop, `buyer-${attempt}`)
      const inOrder = order.flatMap((n) => deliveries[n] ?? [])
      await shop.sendInOrder([...inOrder, ...inOrder])
      await shop.runJobs()
      expect(await shop.customer(`buyer-${attempt}`).orders.get({ orderId })).toMatchObject({
        state: 'placed',
        money: { state: 'paid', amounts: { captured: 1900 } },
      })
    }
    expect(shop.captures()).toBe(orders.length + 1)
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

/** A book whose payment the shopper has confirmed, and the events that nobody has sent yet. */
async function buyAndConfirm(shop: RaceShop, who: string) {
  const { buy } = await cartOf(shop, who)
  const bought = await buy('with-3-d-secure', 0, { paymentToken: 'tok_requires_action' })
  await shop.processor.confirm(secretOf(bought), 'approve')
  const deliveries = shop.processor.dueDeliveries()
  for (const { id } of deliveries) shop.processor.settleDelivery(id, 'accepted')
  return { orderId: bought.order.id, deliveries, items: deliveries.length }
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  )
}
