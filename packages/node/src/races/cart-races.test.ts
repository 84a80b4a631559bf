import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { atOnce, cartOf, everyOrder, names } from './race-buyers.ts'
import { RACE_KINDS } from './race-kinds.ts'
import { type RaceShop, raceShop } from './race-shop.ts'

/** From a cart to one order. The numbers are those of the failures that shops have had. */
describe.each(Object.entries(RACE_KINDS))('%s', (_name, serve) => {
  let shop: RaceShop
  beforeEach(async () => {
    shop = await raceShop(serve)
  })
  // Each race ends with an examination of the books.
  afterEach(() => shop.end())

  test('F3, F4: one key, eight times at once: one order, one charge, and each is told of it', async () => {
    const { buy } = await cartOf(shop, 'ann')
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => buy('the-same-key', n)))
    expect(new Set(answers.map(({ order }) => order.id)).size).toBe(1)
    expect(answers.map(({ order }) => order.state)).toEqual(answers.map(() => 'placed'))
    expect(shop.captures()).toBe(1)
  })

  test('F1, F2: twenty keys at once on one cart: one order, one charge, and who asks again is told of it', async () => {
    const { buy } = await cartOf(shop, 'ann')
    const keys = Array.from({ length: 20 }, (_, n) => `key-number-${n}`)
    const { answers, refused } = await atOnce(keys.map((key, n) => () => buy(key, n)))
    expect(refused.filter((code) => code !== 'payment_in_progress')).toEqual([])
    const again = await Promise.all(keys.map((key, n) => buy(key, n + 1)))
    expect(new Set([...answers, ...again].map(({ order }) => order.id)).size).toBe(1)
    expect(await everyOrder(shop)).toMatchObject([{ state: 'placed' }])
    expect(shop.captures()).toBe(1)
  })

  test('F5: a declined payment can be tried again, and is paid once', async () => {
    const { buy } = await cartOf(shop, 'ann')
    const declined = await buy('first-attempt', 0, { paymentToken: 'tok_decline' })
    expect(declined).toMatchObject({ order: { state: 'pending' }, payment: { status: 'failed' } })
    const again = await Promise.all([1, 2, 3].map((n) => buy('second-attempt', n)))
    for (const { order } of again) expect(order).toMatchObject({ id: declined.order.id, money: { state: 'paid' } })
    expect((await buy('third-attempt', 1)).order.id).toBe(declined.order.id)
    expect(shop.captures()).toBe(1)
  })

  test('F5: an answer that was lost after the money was taken: the next attempt takes no second sum', async () => {
    const { buy } = await cartOf(shop, 'ann')
    await atOnce([() => buy('answer-is-lost', 0, { paymentToken: 'tok_timeout_after' })])
    await atOnce([0, 1].map((n) => () => buy('another-key', n)))
    await shop.advance(10 * 60_000)
    await shop.runJobs()
    const { order } = await buy('a-third-key', 1)
    expect(order).toMatchObject({ state: 'placed', money: { state: 'paid', amounts: { captured: 1900 } } })
    expect([await everyOrder(shop), shop.captures()]).toMatchObject([[{ state: 'placed' }], 1])
  })

  test('F6: two sites sell at once, one of them with a name that begins like the other: no number is given twice', async () => {
    const variants = await Promise.all(['1', '10'].map((site) => openSite(shop, site)))
    const carts = await Promise.all(
      names(40).map((who, n) => {
        const [site, variantId] = variants[n % 2] ?? ['', '']
        return cartOf(shop, who, { site, variantId, server: n >> 1 })
      }),
    )
    const { answers, refused } = await atOnce(
      carts.map(
        ({ buy }) =>
          () =>
            buy('a-number-each'),
      ),
    )
    expect(refused).toEqual([])
    expect(new Set(answers.map(({ order }) => order.number)).size).toBe(40)
  })

  test('F6: every server draws a number that is taken, several times over: each order gets one of its own', async () => {
    const carts = await Promise.all(names(12).map((who, server) => cartOf(shop, who, { server })))
    shop.repeatNumbers()
    const { answers, refused } = await atOnce(
      carts.map(
        ({ buy }) =>
          () =>
            buy('a-number-each'),
      ),
    )
    expect(refused).toEqual([])
    const numbers = answers.map(({ order }) => order.number)
    // All zeros drawn: the number was given once, or nobody drew it.
    expect(numbers).toContain('2222-2222')
    expect([new Set(numbers).size, shop.captures()]).toEqual([12, 12])
  })

  test('F8: forty carts with the same two things in both orders: forty orders', async () => {
    const [first, second] = shop.variants.workshops
    const carts = await Promise.all(
      names(40).map((who, n) =>
        cartOf(shop, who, { lines: n % 2 ? [first, second] : [second, first], server: n >> 1 }),
      ),
    )
    const { answers, refused } = await atOnce(
      carts.map(
        ({ buy }) =>
          () =>
            buy('in-any-order'),
      ),
    )
    expect([answers.length, refused]).toEqual([40, []])
    expect(shop.captures()).toBe(40)
  })

  test('F9: a processor that does not answer one buyer keeps no other waiting', async () => {
    const slow = await cartOf(shop, 'slow')
    let isAnswered = false
    const buying = slow.buy('slow-processor', 0, { paymentToken: 'tok_slow' }).finally(() => {
      isAnswered = true
    })
    const carts = await Promise.all(names(20).map((who, server) => cartOf(shop, who, { server })))
    const { answers, refused } = await atOnce(
      carts.map(
        ({ buy }) =>
          () =>
            buy('not-kept-waiting'),
      ),
    )
    expect([answers.length, refused, isAnswered]).toEqual([20, [], false])
    shop.answerSlowCalls()
    await buying.catch(() => {})
    await shop.advance(10 * 60_000)
    await shop.runJobs()
    expect((await slow.buy('asks-again', 1)).order).toMatchObject({ state: 'placed', money: { state: 'paid' } })
    expect(shop.captures()).toBe(21)
  })

  test('F10: another way to pay that is chosen while the first one is under way: one of them is charged', async () => {
    const { buy } = await cartOf(shop, 'ann')
    const buying = atOnce([() => buy('slow-processor', 0, { paymentToken: 'tok_slow' })])
    await until(() => everyOrder(shop).then(({ length }) => length > 0))
    const choosing = atOnce(
      ['card-2', 'invoice', 'card'].map((paymentAccount, n) => () => {
        const paymentToken = paymentAccount === 'invoice' ? undefined : 'tok_approve'
        return buy(`by-${paymentAccount}`, n, { paymentAccount, paymentToken })
      }),
    )
    // Who meets the first attempt on the same server waits for its end; others are refused at once.
    await Promise.race([choosing, sleep(200)])
    shop.answerSlowCalls()
    await buying
    const { answers, refused } = await choosing
    expect(refused.filter((code) => code !== 'payment_in_progress')).toEqual([])
    await shop.advance(10 * 60_000)
    await shop.runJobs()
    const orders = await everyOrder(shop)
    expect(orders).toMatchObject([{ state: 'placed' }])
    for (const { order } of answers) expect(order.number).toBe(orders[0]?.number)
    expect(shop.captures()).toBe(1)
  })

  test('a cart that is changed while it is bought: what is charged is what was seen', async () => {
    const { cartId, buy } = await cartOf(shop, 'ann')
    const { answers } = await atOnce<unknown>([
      () => buy('while-it-changes'),
      () => shop.customer('ann', 1).carts.updateLine({ cartId, lineId: 'line-0', quantity: 3 }),
      () => buy('while-it-changes', 1),
    ])
    expect(answers.length).toBeGreaterThan(0)
    const orders = await everyOrder(shop)
    for (const { total } of orders) expect(total).toBe(1900)
    expect(shop.captures()).toBe(orders.length)
  })
})

/** Opens a site that sells a book; answers its id and the variant's. */
async function openSite(shop: RaceShop, id: string): Promise<[string, string]> {
  const site = { id, name: `Site ${id}`, seller: 'acme-ltd', country: 'DE', currencies: ['EUR'] }
  await shop.admin().sites.create(site)
  await shop.admin().sites.update({ id, priceLists: ['eur'], paymentAccounts: ['card'] })
  const product = await shop.admin(0, id).products.create({
    ...{ type: 'book', title: `Book of ${id}`, publication: {} },
    variants: [{ name: 'print', prices: [{ priceList: 'eur', amount: 1900 }] }],
  })
  return [id, product.variants[0]?.id ?? '']
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(10)
}
