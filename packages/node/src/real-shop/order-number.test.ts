import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { customer, ENGINES, type RealShop, realShop, staff } from './real-shop.ts'

const consents = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const

describe.each(Object.entries(ENGINES))('on %s, staff find an order by its number', (_name, engine) => {
  let shop: RealShop
  const numbers: string[] = []
  beforeAll(async () => {
    shop = await realShop(engine())
    for (const name of ['ann', 'bob']) {
      const { carts } = shop.commerce.as(customer('main', name))
      const { cart, quote } = await carts.create({ lines: [{ lineId: 'a', variantId: shop.variants.course }] })
      const expectedTotal = { amount: quote.total, currency: quote.currency }
      const input = { cartId: cart.id, expectedTotal, consents, paymentToken: 'tok_approve' }
      numbers.push((await carts.checkout(input, { idempotencyKey: `bought-by-${name}` })).order.number)
    }
  })
  afterAll(() => shop.end())

  const list = async (query: string, site = 'main') => {
    const answer = await shop.ask({ path: `/v1/admin/orders?${query}`, site, as: staff(site, 'finance') })
    return answer.status === 200 ? answer.json.items.map((order: { number: string }) => order.number) : answer.status
  }

  test('and it alone', async () => {
    for (const number of numbers) expect(await list(`number=${number}`)).toEqual([number])
    expect(await list(`number=${numbers[0]}x`)).toEqual([])
    expect(await list('number=')).toBe(400)
    expect([200, 400]).toContain(
      (await shop.ask({ path: '/v1/admin/orders?number=%00', as: staff('main', 'finance') })).status,
    )
  })

  test('where it is in the state that is asked for', async () => {
    expect(await list(`number=${numbers[0]}&state=placed`)).toEqual([numbers[0]])
    expect(await list(`number=${numbers[0]}&state=pending`)).toEqual([])
  })

  test('of their own site, in process too', async () => {
    expect(await list(`number=${numbers[0]}`, 'second')).toEqual([])
    const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
    const found = await admin.orders.list({ number: numbers[1] })
    expect(found).toMatchObject({ items: [{ number: numbers[1] }], nextCursor: null })
  })
})
