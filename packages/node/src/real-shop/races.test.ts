import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { customer, ENGINES, type RealAnswer, type RealShop, realShop } from './real-shop.ts'

const TERMS = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }]
describe.each(Object.entries(ENGINES))('on %s', (_name, engine) => {
  let shop: RealShop
  beforeAll(async () => {
    shop = await realShop(engine())
  })
  afterAll(async () => {
    await shop.runJobs()
    expect(await shop.broken()).toEqual([])
    await shop.end()
  })

  /** A cart with one line, priced with a code, ready to be bought. */
  async function cartOf(who: string, options: { code?: string; variantId?: string } = {}) {
    const as = customer('main', who)
    const lines = [{ lineId: 'a', variantId: options.variantId ?? shop.variants.book }]
    const made = await shop.ask({ method: 'POST', path: '/v1/carts', as, body: { lines } })
    const path = `/v1/carts/${made.json.cart.id}`
    const priced =
      options.code === undefined
        ? made
        : await shop.ask({ method: 'POST', path: `${path}/codes`, as, body: { code: options.code } })
    const total: number = priced.json.quote.total
    const buy = (key: string, change: object = {}): Promise<RealAnswer> =>
      shop.ask({
        ...{ method: 'POST', path: `${path}/checkout`, as, headers: { 'idempotency-key': key } },
        body: { expectedTotal: total, consents: TERMS, paymentToken: 'tok_approve', ...change },
      })
    return { as, path, total, buy, id: made.json.cart.id as string }
  }

  const orderIds = (answers: readonly RealAnswer[]): string[] =>
    answers.flatMap(({ status, json }) => (status === 200 ? [json.order.id as string] : []))

  test('one key four times at once is one order', async () => {
    const { buy } = await cartOf('learner-a')
    const answers = await Promise.all([1, 2, 3, 4].map(() => buy('the-same-key-each-time')))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set(orderIds(answers)).size).toBe(1)
  })

  test('four keys at once on one cart are one order and one charge', async () => {
    const { as, id, buy } = await cartOf('learner-b')
    const answers = await Promise.all([1, 2, 3, 4].map((n) => buy(`another-key-${n}`)))
    expect(new Set(orderIds(answers)).size).toBe(1)
    const mine = await shop.ask({ path: '/v1/me/orders', as })
    const live = mine.json.items.filter(
      (order: { cartId: string; state: string }) => order.cartId === id && order.state !== 'cancelled',
    )
    expect(live).toHaveLength(1)
    expect(live[0].money.amounts).toMatchObject({ captured: live[0].total })
  })

  test('forty buyers race for the last ten uses of a code: exactly ten get it', async () => {
    const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
    await admin.promotions.create({
      ...{ id: 'last-ten', name: 'Last ten', requiresCode: true, benefit: { type: 'percent', percent: '10' } },
      limits: { uses: 10, usesPerCustomer: null },
    })
    await admin.codes.create({ code: 'LASTTEN', promotionId: 'last-ten' })
    const carts = await Promise.all(Array.from({ length: 40 }, (_, n) => cartOf(`racer-${n}`, { code: 'LASTTEN' })))
    const answers = await Promise.all(carts.map(({ buy }, n) => buy(`racing-for-a-use-${n}`)))
    expect(orderIds(answers)).toHaveLength(10)
    for (const { status, json } of answers) {
      if (status !== 200)
        expect([status, ['price_changed', 'code_not_valid', 'sold_out'].includes(json.code)]).toEqual([409, true])
    }
  })

  test('an order on account passes before and after its payment', async () => {
    const { buy } = await cartOf('learner-c')
    const bought = await buy('on-account-please', { paymentAccount: 'invoice', paymentToken: undefined })
    expect(bought.json.order).toMatchObject({ state: 'placed', money: { state: 'on_account' } })
    await shop.runJobs()
    expect(await shop.broken()).toEqual([])
    const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
    await admin.payments.capture({ paymentId: bought.json.payment.id }, { idempotencyKey: 'the-money-came' })
    const paid = await admin.orders.get({ orderId: bought.json.order.id })
    expect(paid).toMatchObject({ money: { state: 'paid' } })
    expect(await shop.broken()).toEqual([])
  })

  test('a declined payment can be tried again, and is paid once', async () => {
    const { buy } = await cartOf('learner-d')
    const declined = await buy('first-attempt', { paymentToken: 'tok_decline' })
    expect(declined.json).toMatchObject({ order: { state: 'pending' }, payment: { status: 'failed' } })
    const paid = await buy('second-attempt')
    expect(paid.json.order).toMatchObject({ id: declined.json.order.id, state: 'placed', money: { state: 'paid' } })
    expect((await buy('third-attempt')).json.order.id).toBe(paid.json.order.id)
  })
})
