import { operations, type Principal } from '@bursar/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customer, type RealShop, realShop, staff } from './real-shop.ts'

/** What no one from outside may ever be answered: each stands in a record of the operator `acme`. */
const MARKS = ['Book of acme', 'ann@acme.example', 'Acme Ltd', 'TENOFF']
const TERMS = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }]
const ann = customer('main', 'ann')

let shop: RealShop
let ids: Record<string, string>
beforeAll(async () => {
  shop = await realShop()
  const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
  const person = await admin.customers.put({ hostId: 'ann', email: 'ann@acme.example', name: 'Ann' })
  const lines = [{ lineId: 'a', variantId: shop.variants.course }]
  const made = await shop.ask({ method: 'POST', path: '/v1/carts', as: ann, body: { lines } })
  const cartId: string = made.json.cart.id
  const bought = await shop.ask({
    ...{ method: 'POST', path: `/v1/carts/${cartId}/checkout`, as: ann },
    body: {
      expectedTotal: { amount: made.json.quote.total, currency: made.json.quote.currency },
      consents: TERMS,
      paymentToken: 'tok_approve',
    },
    headers: { 'idempotency-key': 'ann-buys-once' },
  })
  await shop.runJobs()
  const open = await shop.ask({ method: 'POST', path: '/v1/carts', as: ann, body: { lines } })
  const key = await admin.apiKeys.create({ name: 'LMS', scopes: ['admin'] })
  const grants = await admin.grants.list({ limit: 10, state: 'delivered' })
  const products = await admin.products.list({ limit: 1 })
  ids = {
    cartId: open.json.cart.id,
    orderId: bought.json.order.id,
    paymentId: bought.json.payment.id,
    customerId: person.record.id,
    productId: products.items[0]?.product.id ?? '',
    grantId: grants.items[0]?.record.id ?? '',
    keyId: key.id,
    secret: key.secret,
  }
})
afterAll(() => shop.end())

/** Ids that a route's `{id}` may stand for: a record of each kind. */
const RECORDS: Record<string, string> = {
  'admin.sellers': 'acme-ltd',
  'admin.sites': 'main',
  'admin.priceLists': 'eur',
  'admin.promotions': 'ten',
  'admin.paymentAccounts': 'card',
}

function addressOf(noun: string, path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
    if (name === 'id') return RECORDS[noun] ?? ids.keyId ?? 'none'
    if (name === 'idOrSlug') return ids.productId ?? 'none'
    return ids[name] ?? 'a'
  })
}

const STRANGERS: readonly (readonly [
  who: string,
  site: string,
  as: Principal | null,
  headers: Record<string, string>,
])[] = [
  ['a shopper of another operator', 'other', null, {}],
  ['the same customer id at another operator', 'other', customer('other', 'ann'), {}],
  ...(['admin', 'catalog', 'marketing', 'support', 'finance', 'reader'] as const).map(
    (role) => [`staff:${role} of another operator`, 'other', staff('other', role), {}] as const,
  ),
]

test.each(operations.map(({ name, noun, route }) => [name, noun, route] as const))(
  '%s: nobody of another operator reads or changes anything',
  async (_name, noun, route) => {
    for (const [who, site, as, headers] of STRANGERS) {
      const before = acmeRows()
      const request = { method: route.method, path: addressOf(noun, route.path), site, as }
      const answer = await shop.ask({
        ...request,
        headers: { ...headers, 'idempotency-key': `${who}-${route.path}`.replaceAll(/[^a-z]/gi, '-').slice(0, 190) },
        ...(route.method === 'GET' ? {} : { body: {} }),
      })
      expect(answer.status, `${who}: ${answer.text}`).toBeLessThan(500)
      for (const mark of MARKS) expect(answer.text, who).not.toContain(mark)
      expect(acmeRows(), who).toBe(before)
    }
  },
)

test('a principal of one site is refused at another: an API key of acme, and a session of main', async () => {
  const key = { authorization: `Bearer ${ids.secret}` }
  expect((await shop.ask({ path: '/v1/admin/orders', headers: key })).status).toBe(200)
  expect((await shop.ask({ path: '/v1/admin/orders', site: 'other', headers: key })).status).toBe(401)
  expect((await shop.ask({ path: '/v1/me/orders', site: 'second', as: ann })).status).toBe(401)
  expect((await shop.ask({ path: '/v1/me/orders', site: 'other', as: ann })).status).toBe(401)
})

test('carts, orders, deliveries and their lists of one site are not found from another site of the same operator', async () => {
  const there = { site: 'second', as: customer('second', 'ann') }
  for (const path of [`/v1/carts/${ids.cartId}`, `/v1/orders/${ids.orderId}`]) {
    expect((await shop.ask({ path, ...there })).status).toBe(404)
  }
  expect((await shop.ask({ path: '/v1/me/orders', ...there })).json.items).toEqual([])
  const support = { site: 'second', as: staff('second', 'support') }
  expect((await shop.ask({ path: `/v1/admin/orders/${ids.orderId}`, ...support })).status).toBe(404)
  expect((await shop.ask({ path: '/v1/admin/orders', ...support })).json.items).toEqual([])
  expect((await shop.ask({ path: '/v1/admin/grants?state=delivered', ...support })).json.items).toEqual([])
  const here = await shop.ask({ path: '/v1/admin/grants?state=delivered', as: staff('main', 'support') })
  expect(here.json.items).toHaveLength(1)
})

test('an unknown site is a clear refusal', async () => {
  const answer = await shop.ask({ path: '/v1/products', site: 'none' })
  expect([answer.status, answer.json.code]).toEqual([404, 'site_unknown'])
})

/** All rows that belong to acme. */
function acmeRows(): string {
  return shop
    .tables()
    .split('\n')
    .map((line) => (line.startsWith('[') ? JSON.stringify((JSON.parse(line) as Row[]).filter(isAcme)) : line))
    .join('\n')
}

type Row = Record<string, unknown>
const isAcme = (row: Row): boolean => row._op === 'acme' || row.op === 'acme'
