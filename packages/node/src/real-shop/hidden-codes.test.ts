import { createOpenApiDocument, operations, type StaffRole } from '@bursar/core'
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
let shopKey: string

const { paths: described, components } = JSON.parse(JSON.stringify(await createOpenApiDocument()))
/** Does a schema hold steps of a price? They name the codes that gave them. */
function holdsSteps(schema: unknown, seen = new Set<string>()): boolean {
  const text = JSON.stringify(schema)
  const names = Array.from(text.matchAll(/#\/components\/schemas\/(\w+)/g), ([, name]) => String(name))
  const isNew = (name: string) => !seen.has(name) && seen.add(name)
  return (
    text.includes('"adjustments"') || names.some((name) => isNew(name) && holdsSteps(components.schemas[name], seen))
  )
}
/** A person's copy of their data is whole, and each that is made is audited. */
const WHOLE = 'admin.customers.export'
const telling = operations.filter(
  ({ name, route: { path, method, status = 200 } }) =>
    name !== WHOLE && holdsSteps(described[path][method.toLowerCase()].responses[status]),
)
/** What is asked with more than the path says. */
const BODIES: Record<string, object> = {
  'admin.orders.cancel': { reason: 'never paid' },
  'admin.orders.claim': { hostId: 'ann' },
}

/** What Ann ordered, and how the answer said it. */
interface Ordered {
  readonly cartId: string
  readonly orderId: string
  readonly paymentId: string
  readonly text: string
}

const ids = ({ cartId, orderId, paymentId }: Ordered): Record<string, string> => ({ cartId, orderId, paymentId })

/** Ann orders with the code, and pays later. */
async function order(): Promise<Ordered> {
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
  return { cartId, orderId: bought.json.order.id, paymentId: bought.json.payment.id, text: bought.text }
}

beforeAll(async () => {
  shop = await realShop()
  const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
  const code = await admin.codes.create({ code: CODE, promotionId: 'ten' } as never) // as HTTP would send it
  readKey = (await admin.apiKeys.create({ name: 'reports', scopes: ['read'] })).secret
  shopKey = (await admin.apiKeys.create({ name: 'pages', scopes: ['shop', 'read'] })).secret
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

  test.each(telling)('is not told by $name to who may not look codes up', async ({ name, route }) => {
    const roles = MAY_NOT.filter((role) => route.who.includes(`staff:${role}`))
    const callers: Partial<RealRequest>[] = roles.map((role) => ({ as: staff('main', role) }))
    for (const caller of [...callers, { headers: { authorization: `Bearer ${shopKey}` } }]) {
      const made = await order()
      expect(made.text).toContain(CODE)
      const path = route.path.replace(/\{(\w+)\}/g, (_, parameter: string) => ids(made)[parameter] ?? 'none')
      const body = route.method === 'GET' ? undefined : (BODIES[name] ?? {})
      const { status, text } = await shop.ask({ method: route.method, path, ...caller, body })
      expect(text).not.toContain(CODE)
      if ('as' in caller || /^orders\.(get|refresh)/.test(name))
        expect([status, text]).toEqual([200, expect.stringContaining('SE…')])
    }
  })
})
