import { operations, type Principal, type Route, type ServiceScope, type StaffRole } from '@bursar/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentedOperations, type OpenapiDocument, sampleOf } from './openapi-bodies.ts'
import { customer, type RealAnswer, type RealShop, realShop } from './real-shop.ts'

type Operation = (typeof operations)[number]
/** Two sites of one operator, and one of another. */
const SITES = ['main', 'second', 'other'] as const
const ROLES = ['admin', 'catalog', 'marketing', 'support', 'finance', 'reader'] as const
const SCOPES = ['shop', 'read', 'admin'] as const

/** Somebody who calls: what they send, and who they are at a site; `stranger` where their credentials are not for it. */
interface Caller {
  readonly name: string
  readonly as?: Principal
  readonly headers?: Record<string, string>
  at(site: string): Principal | 'stranger'
}

let shop: RealShop
let document: OpenapiDocument
let callers: Caller[]
const bodies = new Map<string, unknown>()
/** Carts and an order of the customer `ann` at `main`. */
let anns: Record<string, string>

beforeAll(async () => {
  shop = await realShop()
  document = (await shop.ask({ path: '/openapi.json' })).json
  for (const { method, path, schema } of documentedOperations(document)) {
    bodies.set(`${method} ${path}`, schema === null ? undefined : sampleOf(document, schema))
  }
  const lines = [{ lineId: 'a', variantId: shop.variants.book }]
  const cart = await shop.ask({ method: 'POST', path: '/v1/carts', as: customer('main', 'ann'), body: { lines } })
  const bought = await shop.ask({
    ...{ method: 'POST', path: `/v1/carts/${cart.json.cart.id}/checkout`, as: customer('main', 'ann') },
    body: {
      ...{
        expectedTotal: { amount: cart.json.quote.total, currency: cart.json.quote.currency },
        paymentToken: 'tok_approve',
      },
      consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
    },
    headers: { 'idempotency-key': 'ann-buys-a-book' },
  })
  await shop.runJobs()
  const open = await shop.ask({ method: 'POST', path: '/v1/carts', as: customer('main', 'ann'), body: { lines } })
  const anonymous = await shop.ask({ method: 'POST', path: '/v1/carts', body: { lines } })
  anns = { cartId: open.json.cart.id, orderId: bought.json.order.id }
  callers = await everyKind(anonymous.json.token)
})
afterAll(async () => {
  await shop.runJobs()
  await shop.end()
})

async function everyKind(cartToken: string): Promise<Caller[]> {
  const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
  const keyOf = (scope: ServiceScope) => admin.apiKeys.create({ name: scope, scopes: [scope] })
  const revoked = await keyOf('admin')
  await admin.apiKeys.revoke({ id: revoked.id })
  return [
    { name: 'anonymous', at: (site) => ({ type: 'shopper', site }) },
    {
      name: 'shopper with a cart',
      headers: { 'bursar-cart-token': cartToken },
      at: (site) => ({ type: 'shopper', site, cartToken }),
    },
    ...['ann', 'eve'].map((who) => signedIn(`customer ${who}`, customer('main', who))),
    staffWith('without a role', []),
    ...ROLES.flatMap((role) => [
      staffWith(`${role} everywhere`, [{ role }]),
      staffWith(`${role} of main`, [{ role, site: 'main' }]),
      staffWith(`${role} of second`, [{ role, site: 'second' }]),
    ]),
    ...(await Promise.all(SCOPES.map(async (scope) => service(scope, (await keyOf(scope)).secret)))),
    ...(await Promise.all(SCOPES.map(async (scope) => service(scope, (await keyOf(scope)).secret, 'ann')))),
    { name: 'revoked key', headers: { authorization: `Bearer ${revoked.secret}` }, at: () => 'stranger' },
    { name: 'wrong key', headers: { authorization: `Bearer ${revoked.secret}x` }, at: () => 'stranger' },
  ]
}

/** A session belongs to the site that it was made at. */
const signedIn = (name: string, as: Principal): Caller => ({
  ...{ name, as },
  at: (site) => (site === as.site ? as : 'stranger'),
})
const staffWith = (name: string, roles: readonly StaffRole[]): Caller =>
  signedIn(`staff ${name}`, { type: 'staff', site: 'main', staffId: 'sam', roles })

/** A key belongs to its operator. */
function service(scope: ServiceScope, secret: string, actingFor?: string): Caller {
  return {
    name: `service ${scope}${actingFor === undefined ? '' : ' for a customer'}`,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(actingFor === undefined ? {} : { 'bursar-acting-for': actingFor }),
    },
    at: (site) =>
      site === 'other' ? 'stranger' : { type: 'service', site, serviceId: 'key_x', scopes: [scope], actingFor },
  }
}

/** The rights as design and docs say them, written down once more: nobody may what the contract does not name them for. */
function expected(route: Route, who: Principal | 'stranger'): 'yes' | 'unauthenticated' | 'forbidden' {
  if (who === 'stranger') return 'unauthenticated'
  const { who: named, scope = 'shop', reach = 'site' } = route
  if (who.type === 'shopper') return named.includes('shopper') ? 'yes' : 'unauthenticated'
  if (who.type === 'staff') {
    const held = who.roles.filter(({ site }) => site === undefined || (site === who.site && reach === 'site'))
    return held.some(({ role }) => named.includes(`staff:${role}`)) ? 'yes' : 'forbidden'
  }
  if (who.type !== 'service') return named.includes(who.type) ? 'yes' : 'forbidden'
  const reaches = who.scopes.some((own) => own === scope || own === 'admin')
  const isForSomebody = who.actingFor !== undefined || !named.includes('customer') || named.includes('shopper')
  return named.includes('service') && reaches && isForSomebody ? 'yes' : 'forbidden'
}

let calls = 0
function call({ route }: Operation, caller: Pick<Caller, 'as' | 'headers'>, site: string, ids: Record<string, string>) {
  calls += 1
  return shop.ask({
    ...{ method: route.method, site },
    path: route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'none'),
    body: bodies.get(`${route.method} ${route.path}`),
    ...(caller.as === undefined ? {} : { as: caller.as }),
    headers: { ...caller.headers, ...(route.key === undefined ? {} : { 'idempotency-key': `a-new-key-${calls}` }) },
  })
}

const said = ({ status, json }: RealAnswer): [number, string | null] => [status, json?.code ?? null]

describe.each(operations.map((operation) => [operation.name, operation] as const))('%s', (_name, operation) => {
  test('by every kind of caller at every site: the refused get 401 or 403, and change nothing', async () => {
    const before = shop.tables()
    let refused = 0
    for (const site of SITES) {
      for (const caller of callers) {
        const may = expected(operation.route, caller.at(site))
        if (may === 'yes') continue
        refused += 1
        const answer = await call(operation, caller, site, {})
        expect(said(answer), `${caller.name} at ${site}`).toEqual([may === 'forbidden' ? 403 : 401, may])
        expect(answer.json.reference, `${caller.name} at ${site}`).toMatch(/^[0-9A-Z]{8}$/)
      }
    }
    expect(refused).toBeGreaterThan(0)
    expect(shop.tables()).toBe(before)
  })

  test('by those who may: the body of the contract is taken, and nobody is refused for who they are', async () => {
    let asked = 0
    for (const site of SITES) {
      for (const caller of callers) {
        if (expected(operation.route, caller.at(site)) !== 'yes') continue
        asked += 1
        // Staff of one site change that site only.
        const ids: Record<string, string> = operation.noun === 'admin.sites' ? { id: site } : {}
        const answer = await call(operation, caller, site, ids)
        expect([401, 403, 500], `${caller.name} at ${site}: ${answer.text}`).not.toContain(answer.status)
      }
    }
    expect(asked).toBeGreaterThan(0)
  })
})

test('a member of staff of one site changes that site and no other, and gets no key that opens all', async () => {
  const as: Principal = { type: 'staff', site: 'main', staffId: 'sam', roles: [{ role: 'admin', site: 'main' }] }
  const rename = (id: string) => shop.ask({ method: 'PATCH', path: `/v1/admin/sites/${id}`, as, body: { name: 'New' } })
  expect((await rename('main')).status).toBe(200)
  const before = shop.tables()
  expect(said(await rename('second'))).toEqual([403, 'forbidden'])
  const body = { name: 'all of it', scopes: ['admin'] }
  expect(said(await shop.ask({ method: 'POST', path: '/v1/admin/api-keys', as, body }))).toEqual([403, 'forbidden'])
  expect(shop.tables()).toBe(before)
})

const ofSomebody = operations.filter(({ route }) => /\{(cartId|orderId)\}/.test(route.path))

test('there are operations on carts and orders', () => {
  expect(ofSomebody.length).toBeGreaterThan(10)
})

test.each(ofSomebody.map((operation) => [operation.name, operation] as const))(
  '%s: what is somebody else’s is not there, and stays as it is',
  async (_name, operation) => {
    const others: [string, string, Pick<Caller, 'as' | 'headers'>][] = [
      ['another customer', 'main', { as: customer('main', 'eve') }],
      ['the same customer at another site', 'second', { as: customer('second', 'ann') }],
      ['the same id at another operator', 'other', { as: customer('other', 'ann') }],
      ...callers
        .filter(({ name }) => ['anonymous', 'shopper with a cart', 'service shop'].includes(name))
        .map((caller): [string, string, Caller] => [caller.name, 'main', caller]),
      ...['admin', 'support'].flatMap((role) =>
        (['second', 'other'] as const).map((site): [string, string, Pick<Caller, 'as'>] => [
          ...([`staff ${role} at ${site}`, site] as const),
          { as: { type: 'staff', site, staffId: 'sam', roles: [{ role: role as StaffRole['role'] }] } },
        ]),
      ),
    ]
    const before = shop.tables()
    let asked = 0
    for (const [who, site, caller] of others) {
      const answer = await call(operation, caller, site, anns)
      if (answer.status === 401 || answer.status === 403) continue
      asked += 1
      expect(said(answer), who).toEqual([404, 'not_found'])
    }
    expect(asked).toBeGreaterThan(0)
    expect(shop.tables()).toBe(before)
  },
)
