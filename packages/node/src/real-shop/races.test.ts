import { isBursarError } from '@bursar/core'
import type { CheckoutResult, OrderView } from '@bursar/core/client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RACE_STORAGES, type RaceShop, raceShop } from './race-shop.ts'

const BUYERS = process.env.BURSAR_LARGE === '1' ? 1000 : 200

describe.each(Object.entries(RACE_STORAGES))('%s', (_name, storages) => {
  let shop: RaceShop
  beforeEach(async () => {
    shop = await raceShop(storages)
  })
  // Each race ends with an examination of the books.
  afterEach(() => shop.end())

  /** A cart with one line, perhaps with a code. */
  async function cartOf(who: string, options: { variantId?: string; code?: string; server?: number } = {}) {
    const { variantId = shop.variants.book, code, server = 0 } = options
    const { carts } = shop.customer(who, server)
    const made = await carts.create({ lines: [{ lineId: 'a', variantId }] })
    const cartId = made.cart.id
    const { quote } = code === undefined ? made : await carts.applyCode({ cartId, code })
    /** Buys it through a server, at the total that was seen. */
    const buy = (key: string, at = server, change: object = {}): Promise<CheckoutResult> =>
      shop.customer(who, at).carts.checkout(
        {
          cartId,
          expectedTotal: { amount: quote.total, currency: quote.currency },
          paymentAccount: 'card',
          paymentToken: 'tok_approve',
          ...change,
        },
        { idempotencyKey: `${key}-of-${who}` },
      )
    return { cartId, quote, buy }
  }

  test('one key, eight times at once: one order, one charge, and each is told of it', async () => {
    const { buy } = await cartOf('ann')
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => buy('the-same-key', n)))
    expect(new Set(answers.map(({ order }) => order.id)).size).toBe(1)
    expect(answers.map(({ order }) => order.state)).toEqual(answers.map(() => 'placed'))
    expect(shop.captures()).toBe(1)
  })

  test('eight keys at once on one cart: one order, one charge', async () => {
    const { buy } = await cartOf('ann')
    const { answers, refused } = await all(Array.from({ length: 8 }, (_, n) => () => buy(`key-number-${n}`, n)))
    expect(new Set(answers.map(({ order }) => order.id)).size).toBe(1)
    expect(refused.filter((code) => code !== 'payment_in_progress')).toEqual([])
    expect((await shop.admin().orders.list({})).items).toMatchObject([{ state: 'placed', money: { state: 'paid' } }])
    expect(shop.captures()).toBe(1)
  })

  test('ten buyers of the last seat: one gets it, nobody else is charged', async () => {
    const carts = await Promise.all(
      names(10).map((who, server) => cartOf(who, { variantId: shop.variants.seat, server })),
    )
    const { answers, refused } = await all(
      carts.map(
        ({ buy }) =>
          () =>
            buy('the-last-seat'),
      ),
    )
    expect(answers).toMatchObject([{ order: { state: 'placed' } }])
    expect(refused).toEqual(Array.from({ length: 9 }, () => 'sold_out'))
    await shop.runJobs()
    expect([shop.captures(), shop.enrolments()]).toEqual([1, 1])
  })

  test(`${BUYERS} buyers for ten uses of a code: ten get the price, and the others may buy without it`, {
    timeout: 120_000,
  }, async () => {
    const carts = await Promise.all(names(BUYERS).map((who, server) => cartOf(who, { code: 'TENUSES', server })))
    expect(new Set(carts.map(({ quote }) => quote.total))).toEqual(new Set([1710]))
    const { answers, refused } = await all(
      carts.map(
        ({ buy }) =>
          () =>
            buy('one-of-ten-uses'),
      ),
    )
    expect(answers.map(({ order }) => order.total)).toEqual(Array.from({ length: 10 }, () => 1710))
    expect(refused).toHaveLength(BUYERS - 10)
    expect([...new Set(refused)]).toEqual(['price_changed'])
    expect(shop.captures()).toBe(10)
    const late = await all(
      carts.slice(0, 20).map(
        ({ buy }) =>
          () =>
            buy('at-the-whole-price', 0, { expectedTotal: { amount: 1900, currency: 'EUR' } }),
      ),
    )
    expect(late.refused).toEqual([])
    expect(shop.captures()).toBe(10 + late.answers.filter(({ order }) => order.total === 1900).length)
  })

  test(`${BUYERS} buyers for the last of a budget: exactly what is left is given, and what is not paid comes back`, {
    timeout: 120_000,
  }, async () => {
    const carts = await Promise.all(names(BUYERS).map((who, server) => cartOf(who, { code: 'GRANT', server })))
    expect(new Set(carts.map(({ quote }) => quote.total))).toEqual(new Set([1710]))
    // One takes its share and does not pay.
    const idle = await cartOf('idler', { code: 'GRANT' })
    const waiting = await idle.buy('never-paid', 0, { paymentToken: 'tok_requires_action' })
    const { answers, refused } = await all(
      carts.map(
        ({ buy }) =>
          () =>
            buy('of-the-budget'),
      ),
    )
    // 10.00 are five times 1.90, of which one waits, and 0.50 that are too little for the price that was seen.
    expect(answers.map(({ order }) => order.total)).toEqual([1710, 1710, 1710, 1710])
    expect([...new Set(refused)]).toEqual(['price_changed'])
    const rest = await all(
      carts.slice(0, 20).map(
        ({ buy }) =>
          () =>
            buy('the-rest-of-it', 0, { expectedTotal: { amount: 1850, currency: 'EUR' } }),
      ),
    )
    expect(rest.answers.filter(({ order }) => order.total === 1850)).toHaveLength(1)
    await shop.admin().orders.cancel({ orderId: waiting.order.id, reason: 'not paid' })
    const late = await all(
      carts.slice(20, 40).map(
        ({ buy }) =>
          () =>
            buy('what-came-back'),
      ),
    )
    // Who was among the four is told of the order that is there.
    const known = new Set(answers.map(({ order }) => order.id))
    const fresh = late.answers.filter(({ order }) => !known.has(order.id))
    expect(fresh.filter(({ order }) => order.total === 1710)).toHaveLength(1)
    const placed = (await everyOrder(shop)).filter(({ state }) => state === 'placed')
    expect(placed.reduce((given, { total }) => given + 1900 - total, 0)).toBe(1000)
    expect(shop.captures()).toBe(placed.length)
  })

  test('webhook, return page and reconciler at once: the money is booked once, the course given once', async () => {
    const { buy } = await cartOf('ann', { variantId: shop.variants.seat })
    const bought = await buy('with-3-d-secure', 0, { paymentToken: 'tok_requires_action' })
    const next = bought.payment?.next
    await shop.processor.confirm(next?.type === 'client_secret' ? next.clientSecret : '', 'approve')
    shop.advance(2 * 60_000)
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

  test('a payment that arrives while the order is cancelled: it is one or the other', async () => {
    const { buy } = await cartOf('ann', { variantId: shop.variants.seat })
    const { order, payment } = await buy('with-3-d-secure', 0, { paymentToken: 'tok_requires_action' })
    const secret = payment?.next?.type === 'client_secret' ? payment.next.clientSecret : ''
    await all<unknown>([
      () => shop.admin().orders.cancel({ orderId: order.id, reason: 'asked for it' }),
      async () => {
        await shop.processor.confirm(secret, 'approve')
        await shop.sendWebhooks(2)
        await shop.runJobs()
      },
    ])
    await shop.runJobs()
    const { state, money }: OrderView = await shop.customer('ann').orders.get({ orderId: order.id })
    expect(['placed 4900', 'cancelled 0']).toContain(`${state} ${money.amounts.captured}`)
    expect(shop.captures() * 4900).toBe(money.amounts.captured)
  })

  test('a cart that is changed while it is bought: what is charged is what was seen', async () => {
    const { cartId, buy } = await cartOf('ann')
    const { answers } = await all<unknown>([
      () => buy('while-it-changes'),
      () => shop.customer('ann', 1).carts.updateLine({ cartId, lineId: 'a', quantity: 3 }),
      () => buy('while-it-changes', 1),
    ])
    expect(answers.length).toBeGreaterThan(0)
    const { items } = await shop.admin().orders.list({})
    for (const { total } of items) expect(total).toBe(1900)
    expect(shop.captures()).toBe(items.length)
  })

  test('an order on account is sound before and after its payment, which is recorded once', async () => {
    const { buy } = await cartOf('ann')
    const { order, payment } = await buy('on-account', 0, { paymentAccount: 'invoice', paymentToken: undefined })
    expect(order).toMatchObject({ state: 'placed', money: { state: 'on_account' } })
    const broken = async () =>
      (await shop.admin().reports.doctor({})).findings.filter(({ severity }) => severity === 'broken')
    expect(await broken()).toEqual([])
    const paymentId = payment?.id ?? ''
    const { answers } = await all([1, 2, 3].map((n) => () => capture(shop, n, paymentId)))
    expect(answers.length).toBeGreaterThan(0)
    const paid = await shop.customer('ann').orders.get({ orderId: order.id })
    expect(paid.money).toMatchObject({ state: 'paid', amounts: { captured: 1900 } })
    expect(await broken()).toEqual([])
  })

  test('a declined payment can be tried again, and is paid once', async () => {
    const { buy } = await cartOf('ann')
    const declined = await buy('first-attempt', 0, { paymentToken: 'tok_decline' })
    expect(declined).toMatchObject({ order: { state: 'pending' }, payment: { status: 'failed' } })
    const again = await Promise.all([1, 2, 3].map((n) => buy('second-attempt', n)))
    for (const { order } of again) expect(order).toMatchObject({ id: declined.order.id, money: { state: 'paid' } })
    expect((await buy('third-attempt', 1)).order.id).toBe(declined.order.id)
    expect(shop.captures()).toBe(1)
  })
})

const names = (count: number): string[] => Array.from({ length: count }, (_, n) => `buyer-${n}`)

async function everyOrder(shop: RaceShop) {
  const orders: { state: string; total: number }[] = []
  let cursor: string | undefined
  do {
    const page = await shop.admin().orders.list({ cursor, limit: 100 })
    orders.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return orders
}

function capture(shop: RaceShop, server: number, paymentId: string): Promise<OrderView> {
  const client = shop.servers[server % shop.servers.length]?.as({ type: 'system', site: 'main' })
  if (client === undefined) throw new Error('A shop has a server.')
  return client.admin.payments.capture({ paymentId }, { idempotencyKey: 'the-money-came' })
}

/** Does all at once. What is refused is told by its code; anything else is a fault. */
async function all<T>(tasks: readonly (() => Promise<T>)[]): Promise<{ answers: T[]; refused: string[] }> {
  const settled = await Promise.allSettled(tasks.map((task) => task()))
  const answers: T[] = []
  const refused: string[] = []
  for (const one of settled) {
    if (one.status === 'fulfilled') answers.push(one.value)
    else if (isBursarError(one.reason) && one.reason.status < 500) refused.push(one.reason.code)
    else throw one.reason
  }
  return { answers, refused }
}
