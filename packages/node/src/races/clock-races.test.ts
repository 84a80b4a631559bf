import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { atOnce, cartOf, everyOrder, secretOf } from './race-buyers.ts'
import { RACE_KINDS } from './race-kinds.ts'
import { type RaceShop, raceShop } from './race-shop.ts'

const TEN_MINUTES = 10 * 60_000

/** Two servers, of which the clock of one jumps ten minutes ahead while somebody buys. */
describe.each(Object.entries(RACE_KINDS).filter(([name]) => name.includes('two')))('%s', (_name, serve) => {
  let shop: RaceShop
  beforeEach(async () => {
    shop = await raceShop(serve)
  })
  // Each race ends with an examination of the books.
  afterEach(() => shop.end())

  test('between the checkout and its webhook: the server that is ahead takes no event for new, and the order is paid once', async () => {
    const { buy } = await cartOf(shop, 'ann', { variantId: shop.variants.seat, server: 1 })
    const bought = await buy('with-3-d-secure', 1, { paymentToken: 'tok_requires_action' })
    await shop.advanceServer(1, TEN_MINUTES)
    await shop.processor.confirm(secretOf(bought), 'approve')
    const due = shop.processor.dueDeliveries()
    expect(due.length).toBeGreaterThan(1)
    // Ten minutes are more than a signature may be old; whoever sends it tries again, and comes to the other one.
    for (const event of due) await expect(shop.sendInOrder([event], 1)).rejects.toThrow(/bad_signature|signature/)
    for (const event of due) await shop.sendInOrder([event], 0)
    await shop.runJobs()
    for (const server of [0, 1]) {
      expect(await shop.customer('ann', server).orders.get({ orderId: bought.order.id })).toMatchObject({
        state: 'placed',
        delivery: 'delivered',
        money: { state: 'paid', amounts: { captured: 4900 } },
      })
    }
    await shop.advanceServer(0, TEN_MINUTES)
    await shop.runJobs()
    expect([shop.captures(), shop.enrolments()]).toEqual([1, 1])
  })

  test('before the webhook, and nobody but the server that is ahead asks for the money: the order is paid once', async () => {
    const { buy } = await cartOf(shop, 'ann', { variantId: shop.variants.seat })
    const bought = await buy('with-3-d-secure', 0, { paymentToken: 'tok_requires_action' })
    await shop.processor.confirm(secretOf(bought), 'approve')
    await shop.advanceServer(1, TEN_MINUTES)
    const refresh = (server: number) => shop.customer('ann', server).orders.refreshPayment({ orderId: bought.order.id })
    await Promise.all([shop.runJobs(), refresh(0), refresh(1), shop.runJobs()])
    await shop.runJobs()
    expect(await everyOrder(shop)).toMatchObject([{ state: 'placed' }])
    expect([shop.captures(), shop.enrolments()]).toEqual([1, 1])
  })

  test('while a seat is held, beyond the end of the hold: the seat is sold once, and who loses it is not charged', async () => {
    await shop.admin().sites.update({ id: 'main', checkoutMinutes: 5 })
    const ann = await cartOf(shop, 'ann', { variantId: shop.variants.seat })
    const bob = await cartOf(shop, 'bob', { variantId: shop.variants.seat, server: 1 })
    const bought = await ann.buy('with-3-d-secure', 0, { paymentToken: 'tok_requires_action' })
    await shop.advanceServer(1, TEN_MINUTES)
    // By the clock of the other server it has ended, but nobody has closed what ann pays with.
    expect((await atOnce([() => bob.buy('too-early', 1)])).refused).toEqual(['sold_out'])
    await atOnce<unknown>([
      () => shop.processor.confirm(secretOf(bought), 'approve'),
      () => shop.runJobs(),
      () => bob.buy('at-the-same-time', 1),
    ])
    await atOnce<unknown>([() => shop.sendWebhooks(1), () => shop.runJobs()])
    await shop.advanceServer(0, TEN_MINUTES)
    await shop.runJobs()
    await atOnce([() => bob.buy('at-last', 1)])
    await shop.runJobs()
    const orders = await everyOrder(shop)
    expect(orders.filter(({ state }) => state === 'placed')).toHaveLength(1)
    expect([shop.captures(), shop.enrolments()]).toEqual([1, 1])
  })
})
