import { SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { atOnce, cartOf, everyOrder, guestCart, names } from './race-buyers.ts'
import { HOST } from './race-commerce.ts'
import { RACE_KINDS } from './race-kinds.ts'
import { type RaceShop, raceShop } from './race-shop.ts'

const BUYERS = process.env.BURSAR_LARGE === '1' ? 1000 : 200

/** What there is only so much of: seats, uses, money. The numbers are those of the failures that shops have had. */
describe.each(Object.entries(RACE_KINDS))('%s', (_name, serve) => {
  let shop: RaceShop
  beforeEach(async () => {
    shop = await raceShop(serve)
  })
  // Each race ends with an examination of the books.
  afterEach(() => shop.end())

  test('F21, F56: ten buyers of the last seat: one gets it, nobody else is charged', async () => {
    const carts = await Promise.all(
      names(10).map((who, server) => cartOf(shop, who, { variantId: shop.variants.seat, server })),
    )
    const { answers, refused } = await atOnce(
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

  test('four programs at once that credit one payment: one does, and the others may be bought without it', async () => {
    const book = await cartOf(shop, 'ann')
    expect((await book.buy('the-book')).order.total).toBe(1900)
    const carts = await Promise.all(
      shop.variants.programs.map((variantId, server) => cartOf(shop, 'ann', { variantId, server })),
    )
    expect(carts.map(({ quote }) => quote.total)).toEqual([3100, 3100, 3100, 3100])
    const { answers, refused } = await atOnce(carts.map((cart, n) => () => cart.buy(`program-${n}`)))
    expect(answers.map(({ order }) => order.total)).toEqual([3100])
    expect(refused).toEqual(['price_changed', 'price_changed', 'price_changed'])
    const without = { expectedTotal: { amount: 2500, currency: 'EUR' } }
    const late = await atOnce(carts.map((cart, n) => () => cart.buy(`without-${n}`, n, without)))
    expect(late.answers.map(({ order }) => order.total).sort()).toEqual([2500, 2500, 2500, 3100])
  })

  test('F56: five seats, twenty-five buyers of whom some do not pay: five seats, and what is not paid is sold again', async () => {
    const carts = await Promise.all(
      names(25).map((who, server) => cartOf(shop, who, { variantId: shop.variants.five, server })),
    )
    const idle = await cartOf(shop, 'idler', { variantId: shop.variants.five })
    const waiting = await idle.buy('never-paid', 0, { paymentToken: 'tok_requires_action' })
    const { answers, refused } = await atOnce(
      carts.map(
        ({ buy }) =>
          () =>
            buy('one-of-five'),
      ),
    )
    expect([answers.length, refused]).toEqual([4, Array.from({ length: 21 }, () => 'sold_out')])
    await shop.admin().orders.cancel({ orderId: waiting.order.id, reason: 'not paid' })
    const late = await cartOf(shop, 'late', { variantId: shop.variants.five })
    expect((await late.buy('what-came-back', 1)).order.state).toBe('placed')
    const { refused: none } = await atOnce(
      carts.map(
        ({ buy }) =>
          () =>
            buy('one-more-try'),
      ),
    )
    expect(none).toEqual(Array.from({ length: 21 }, () => 'sold_out'))
    expect(shop.captures()).toBe(5)
  })

  test(`F51, F52: ${BUYERS} buyers for ten uses of a code: ten get the price, and the others may buy without it`, {
    timeout: 120_000,
  }, async () => {
    const carts = await Promise.all(names(BUYERS).map((who, server) => cartOf(shop, who, { code: 'TENUSES', server })))
    expect(new Set(carts.map(({ quote }) => quote.total))).toEqual(new Set([1710]))
    const { answers, refused } = await atOnce(
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
    const whole = { expectedTotal: { amount: 1900, currency: 'EUR' } }
    const late = await atOnce(
      carts.slice(0, 20).map(
        ({ buy }) =>
          () =>
            buy('at-the-whole-price', 0, whole),
      ),
    )
    expect(late.refused).toEqual([])
    expect(shop.captures()).toBe(10 + late.answers.filter(({ order }) => order.total === 1900).length)
  })

  test(`F51: ${BUYERS} buyers for the last of a budget: exactly what is left is given, and what is not paid comes back`, {
    timeout: 120_000,
  }, async () => {
    const carts = await Promise.all(names(BUYERS).map((who, server) => cartOf(shop, who, { code: 'GRANT', server })))
    expect(new Set(carts.map(({ quote }) => quote.total))).toEqual(new Set([1710]))
    // One takes its share and does not pay.
    const idle = await cartOf(shop, 'idler', { code: 'GRANT' })
    const waiting = await idle.buy('never-paid', 0, { paymentToken: 'tok_requires_action' })
    const { answers, refused } = await atOnce(
      carts.map(
        ({ buy }) =>
          () =>
            buy('of-the-budget'),
      ),
    )
    // 10.00 are five times 1.90, of which one waits, and 0.50 that are too little for the price that was seen.
    expect(answers.map(({ order }) => order.total)).toEqual([1710, 1710, 1710, 1710])
    expect([...new Set(refused)]).toEqual(['price_changed'])
    const less = { expectedTotal: { amount: 1850, currency: 'EUR' } }
    const rest = await atOnce(
      carts.slice(0, 20).map(
        ({ buy }) =>
          () =>
            buy('the-rest-of-it', 0, less),
      ),
    )
    expect(rest.answers.filter(({ order }) => order.total === 1850)).toHaveLength(1)
    await shop.admin().orders.cancel({ orderId: waiting.order.id, reason: 'not paid' })
    const late = await atOnce(
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

  test('F53: one checkout in eight threads, of the last seat with the only use of a code: it is theirs, and none is refused', async () => {
    const { buy } = await cartOf(shop, 'ann', { variantId: shop.variants.seat, code: 'ONEUSE' })
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => buy('the-only-use', n)))
    expect(new Set(answers.map(({ order }) => order.id)).size).toBe(1)
    expect(answers.map(({ order }) => [order.state, order.total])).toEqual(answers.map(() => ['placed', 4410]))
    expect(shop.captures()).toBe(1)
  })

  test('F53: a thread that opened the cart before another one bought it, and prices it afterwards, is told of the order', async () => {
    const { buy } = await cartOf(shop, 'ann', { variantId: shop.variants.seat, code: 'ONEUSE' })
    const gate = shop.close('opened')
    const winner = buy('the-only-use', 0)
    const [first = ''] = await gate.held(1)
    const loser = buy('the-only-use', 1)
    // One server takes them one after the other.
    if (shop.servers > 1) await gate.held(2)
    gate.release(first)
    const { order } = await winner
    gate.open()
    expect(order).toMatchObject({ state: 'placed', total: 4410 })
    expect((await loser).order).toMatchObject({ id: order.id, state: 'placed', total: 4410 })
    expect([(await everyOrder(shop)).length, shop.captures()]).toEqual([1, 1])
  })

  test('F54: a declined card keeps the use for its buyer, and an order that is cancelled gives it back', async () => {
    const ann = await cartOf(shop, 'ann', { code: 'ONEUSE' })
    const bob = await cartOf(shop, 'bob', { code: 'ONEUSE', server: 1 })
    const declined = await ann.buy('first-card', 0, { paymentToken: 'tok_decline' })
    expect((await atOnce([() => bob.buy('it-is-taken')])).refused).toEqual(['price_changed'])
    await shop.admin(1).orders.cancel({ orderId: declined.order.id, reason: 'gave up' })
    expect((await bob.buy('it-is-free', 1)).order).toMatchObject({ state: 'placed', total: 1710 })
    expect((await atOnce([() => ann.buy('it-is-gone', 1)])).answers).toEqual([])
    expect(shop.captures()).toBe(1)
  })

  test('F55: one use for each customer, and three orders that wait for their money: one has the price', async () => {
    const carts = await Promise.all([0, 1, 2].map((server) => cartOf(shop, 'ann', { code: 'ONCEEACH', server })))
    const { answers, refused } = await atOnce(
      carts.map(
        ({ buy }, n) =>
          () =>
            buy(`three-carts-${n}`, n, { paymentToken: 'tok_requires_action' }),
      ),
    )
    expect([answers.map(({ order }) => order.total), new Set(refused)]).toEqual([[1710], new Set(['price_changed'])])
  })

  test('one use for each customer, and eight guests of one new address at once: they are one person, of whom one has the price', async () => {
    await shop.admin().sites.update({ id: 'main', allowsGuests: true })
    const carts = await Promise.all(
      Array.from({ length: 8 }, (_, server) => {
        const email = server % 2 === 0 ? 'eve@example.org' : 'Eve@Example.org'
        return guestCart(shop, email, { code: 'ONCEEACH', server })
      }),
    )
    expect(new Set(carts.map(({ quote }) => quote.total))).toEqual(new Set([1710]))
    const { answers, refused } = await atOnce(
      carts.map(
        ({ buy }, n) =>
          () =>
            buy(`eight-guests-${n}`),
      ),
    )
    expect(answers.map(({ order }) => order.total)).toEqual([1710])
    expect([refused.length, ...new Set(refused)]).toEqual([7, 'price_changed'])
    expect((await shop.admin().customers.find({ email: 'eve@example.org' })).items).toHaveLength(1)
  })

  test('F51: eight carts with one discount that the host signed: all see it, one buys with it', async () => {
    const token = await new SignJWT({ jti: 'once', bursar_discount: { promotion: 'signed', percent: '10' } })
      .setProtectedHeader({ alg: 'HS256', typ: 'bursar-discount+jwt' })
      .setIssuer(HOST.issuer)
      .setAudience('main')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(HOST.secret))
    const carts = await Promise.all(names(8).map((who, server) => cartOf(shop, who, { server })))
    const applied = await Promise.all(
      carts.map(({ cartId }, n) => shop.customer(`buyer-${n}`, n).carts.applyDiscount({ cartId, token })),
    )
    expect(new Set(applied.map(({ cart }) => cart.codes.join())).size).toBe(1)
    expect(applied.map(({ quote }) => quote.total)).toEqual(applied.map(() => 1710))
    const reduced = { expectedTotal: { amount: 1710, currency: 'EUR' } }
    const { answers, refused } = await atOnce(
      carts.map(
        ({ buy }, n) =>
          () =>
            buy('the-one-discount', n, reduced),
      ),
    )
    expect(answers.map(({ order }) => order.total)).toEqual([1710])
    expect(refused).toEqual(Array.from({ length: 7 }, () => 'price_changed'))
    expect(shop.captures()).toBe(1)
  })

  test('a hundred codes of one person at once, in carts of their own: ten wrong ones are answered, and then no right one', async () => {
    const carts = await Promise.all(names(100).map((_, server) => cartOf(shop, 'eve', { server })))
    const guess = (code: string, n: number) =>
      shop.customer('eve', n).carts.applyCode({ cartId: carts[n % carts.length]?.cartId ?? '', code })
    const isRight = (n: number) => n % 10 === 0
    const { refused } = await atOnce(carts.map((_, n) => () => guess(isRight(n) ? 'TENUSES' : `WRONG${n}`, n)))
    let wrong = refused.filter((code) => code === 'code_not_valid').length
    expect(wrong).toBeLessThanOrEqual(10)
    expect(refused.filter((code) => code !== 'code_not_valid' && code !== 'rate_limited')).toEqual([])
    // What right ones gave back is there for ten in all.
    await expect
      .poll(
        async () => {
          if (wrong < 10)
            wrong += (await atOnce([() => guess('WRONGAGAIN', 1)])).refused.includes('code_not_valid') ? 1 : 0
          return wrong
        },
        { timeout: 20_000 },
      )
      .toBe(10)
    const { refused: late } = await atOnce(
      Array.from({ length: 10 }, (_, n) => () => guess(isRight(n) ? 'TENUSES' : 'WRONGATLAST', n)),
    )
    expect(late).toEqual(Array.from({ length: 10 }, () => 'rate_limited'))
    await shop.advance(10 * 60_000)
    expect((await guess('TENUSES', 1)).quote.total).toBe(1710)
  })

  test('F65: one person, one course, three tabs with a cart each: it is bought once', async () => {
    const carts = await Promise.all(
      [0, 1, 2].map((server) => cartOf(shop, 'ann', { variantId: shop.variants.five, server })),
    )
    const { answers, refused } = await atOnce(
      carts.map(
        ({ buy }, n) =>
          () =>
            buy(`three-tabs-${n}`, n),
      ),
    )
    expect(new Set(answers.map(({ order }) => order.id)).size).toBe(1)
    expect(answers.length + refused.length).toBe(3)
    expect(shop.captures()).toBe(1)
    const { refused: again } = await atOnce([() => cartOf(shop, 'ann', { variantId: shop.variants.five, server: 1 })])
    expect(again).toEqual(['not_sellable'])
  })
})
