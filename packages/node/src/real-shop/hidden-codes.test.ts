import { operations, type StaffRole } from '@bursar/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { customer, type RealRequest, type RealShop, realShop, staff } from './real-shop.ts'

const CODE = 'SECRETGIFT'
const TERMS = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }]
const ann = customer('main', 'ann')
/** Who may look codes up, and who may not. */
const MAY: readonly StaffRole['role'][] = ['admin', 'marketing']
const MAY_NOT: readonly StaffRole['role'][] = ['catalog', 'support', 'finance', 'reader']

let shop: RealShop
let paths: Record<string, string>
let bodies: Record<string, string>
let readKey: string

/** Ann orders with the code, and pays later. */
async function order(): Promise<{ cartId: string; orderId: string; text: string }> {
  const lines = [{ lineId: 'a', variantId: shop.variants.book }]
  const { json } = await shop.ask({ method: 'POST', path: '/v1/carts', as: ann, body: { lines } })
  const cartId: string = json.cart.id
  const coded = await shop.ask({ method: 'POST', path: `/v1/carts/${cartId}/codes`, as: ann, body: { code: CODE } })
  const { total, currency } = coded.json.quote
  const bought = await shop.ask({
    ...{ method: 'POST', path: `/v1/carts/${cartId}/checkout`, as: ann },
    headers: { 'idempotency-key': `key-of-${cartId}` },
    body: { expectedTotal: { amount: total, currency }, paymentAccount: 'invoice', consents: TERMS },
  })
  return { cartId, orderId: bought.json.order.id, text: bought.text }
}

beforeAll(async () => {
  shop = await realShop()
  const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
  const code = await admin.codes.create({ code: CODE, promotionId: 'ten' } as never) // as HTTP would send it
  readKey = (await admin.apiKeys.create({ name: 'reports', scopes: ['read'] })).secret
  const { cartId, orderId } = await order()
  const { json } = await shop.ask({ method: 'POST', path: '/v1/carts', as: ann, body: { lines: [] } })
  paths = { cartId, orderId, openCart: json.cart.id }
  bodies = { id: code.record.id }
})
afterAll(() => shop.end())

/** All that is answered to somebody who reads whatever there is to be read in the admin. */
async function allThatIsRead(who: Partial<RealRequest>): Promise<string> {
  const reads = operations.filter(({ name, route }) => name.startsWith('admin.') && route.method === 'GET')
  const answers = await Promise.all(
    reads.map(({ route }) => {
      const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => paths[name] ?? bodies[name] ?? 'none')
      return shop.ask({ path, ...who })
    }),
  )
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(5)
  return answers.map(({ text }) => text).join('\n')
}

describe('a code that somebody used', () => {
  test.each(MAY_NOT)('is read nowhere by %s, who may not look codes up', async (role) => {
    const text = await allThatIsRead({ as: staff('main', role) })
    expect(text).not.toContain(CODE)
    expect(text).toContain('10 % off with SE…')
  })

  test('is read nowhere by a key for reports', async () => {
    const text = await allThatIsRead({ headers: { authorization: `Bearer ${readKey}` } })
    expect(text).not.toContain(CODE)
    expect(text).toContain('10 % off with SE…: -1.90')
    expect(text).toContain('Code SE…: applied')
  })

  test.each(MAY)('is read by %s, who may', async (role) => {
    const text = await allThatIsRead({ as: staff('main', role) })
    expect(text).toContain(`10 % off with ${CODE}: -1.90`)
    expect(text).not.toContain('SE…')
  })

  test('is read by its learner', async () => {
    const { orderId } = paths
    for (const path of [`/v1/orders/${orderId}`, '/v1/me/orders']) {
      expect((await shop.ask({ path, as: ann })).text).toContain(`10 % off with ${CODE}`)
    }
  })

  test('is not told to support by what they do with an order, either', async () => {
    const { orderId, text } = await order()
    expect(text).toContain(CODE)
    const cancelled = await shop.ask({
      ...{ method: 'POST', path: `/v1/admin/orders/${orderId}/cancel`, as: staff('main', 'support') },
      body: { reason: 'never paid' },
    })
    expect([cancelled.status, cancelled.json.state]).toEqual([200, 'cancelled'])
    expect(cancelled.text).not.toContain(CODE)
  })
})
