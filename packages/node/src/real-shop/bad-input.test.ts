import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { customer, type RealRequest, type RealShop, realShop } from './real-shop.ts'

/** A number of the test range of a network: right by its digit sum, nobody's. */
const CARD = '4242 4242 4242 4242'
const ann = customer('main', 'ann')
const TERMS = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }]

let shop: RealShop
let cart: { id: string; version: number; total: number }
beforeAll(async () => {
  shop = await realShop()
  const lines = [{ lineId: 'a', variantId: shop.variants.book }]
  const { json } = await shop.ask({ method: 'POST', path: '/v1/carts', as: ann, body: { lines } })
  cart = { id: json.cart.id, version: json.cart.version, total: json.quote.total }
  await spend('ONCEONLY')
})
afterAll(() => shop.end())

/** Uses the last use of a code. */
async function spend(code: string): Promise<void> {
  const bob = customer('main', 'bob')
  const lines = [{ lineId: 'a', variantId: shop.variants.book }]
  const made = await shop.ask({ method: 'POST', path: '/v1/carts', as: bob, body: { lines } })
  const path = `/v1/carts/${made.json.cart.id}`
  const priced = await shop.ask({ method: 'POST', path: `${path}/codes`, as: bob, body: { code } })
  const body = { expectedTotal: priced.json.quote.total, consents: TERMS, paymentToken: 'tok_approve' }
  const headers = { 'idempotency-key': 'spend-the-last-use' }
  const bought = await shop.ask({ method: 'POST', path: `${path}/checkout`, as: bob, body, headers })
  expect(bought.json.order.state).toBe('placed')
  await shop.runJobs()
}

/** Refused as problem+json, with a reference, and nothing that is stored has changed. */
async function expectRefused(request: RealRequest, status: number, code: string): Promise<Record<string, unknown>> {
  const before = shop.tables()
  const answer = await shop.ask({ as: ann, ...request })
  expect([answer.status, answer.json?.code]).toEqual([status, code])
  expect(answer.type).toContain('application/problem+json')
  expect(answer.json).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) })
  expect(answer.json.reference).toMatch(/^[0-9A-Z]{8}$/)
  expect(shop.tables()).toBe(before)
  return answer.json
}

const addLine = (change: object): RealRequest => ({
  method: 'POST',
  path: `/v1/carts/${cart.id}/lines`,
  body: { lineId: 'b', variantId: shop.variants.book, ...change },
})
const checkout = (body: object, key: string | null = 'a-key-of-its-own'): RealRequest => ({
  method: 'POST',
  path: `/v1/carts/${cart.id}/checkout`,
  body: { expectedTotal: cart.total, consents: TERMS, paymentToken: 'tok_approve', ...body },
  headers: key === null ? {} : { 'idempotency-key': key },
})
const applyCode = (code: string): RealRequest => ({
  method: 'POST',
  path: `/v1/carts/${cart.id}/codes`,
  body: { code },
})

describe('a line', () => {
  test.each([-1, 0, 1.5, 1001, 1e300, '2', null])('of the quantity %s', async (quantity) => {
    const { issues } = await expectRefused(addLine({ quantity }), 400, 'invalid_input')
    expect(issues).toMatchObject([{ path: 'quantity' }])
  })
  test.each(['price', 'total', 'unitPrice', 'discount', 'somethingElse'])('with the field %s', async (field) => {
    const { issues } = await expectRefused(addLine({ [field]: 1 }), 400, 'invalid_input')
    expect(issues).toMatchObject([{ path: field }])
  })
  test.each(['hidden', 'archived', 'closed'] as const)('of a variant that is %s', async (which) => {
    await expectRefused(addLine({ variantId: shop.variants[which] }), 409, 'not_sellable')
  })
  test('of a variant that does not exist', async () => {
    await expectRefused(addLine({ variantId: 'var_none' }), 409, 'not_sellable')
  })
  test('of a stale version of the cart', async () => {
    const request = { ...addLine({}), headers: { 'if-match': `"${cart.version + 7}"` } }
    await expectRefused(request, 409, 'version_conflict')
  })
})

describe('a currency', () => {
  test('that the site does not sell in', async () => {
    const request = { method: 'PATCH', path: `/v1/carts/${cart.id}`, body: { currency: 'JPY' } }
    await expectRefused(request, 409, 'currency_not_offered')
  })
  test('that is none', async () => {
    await expectRefused(
      { method: 'PATCH', path: `/v1/carts/${cart.id}`, body: { currency: 'EURO' } },
      400,
      'invalid_input',
    )
  })
  test('in which nothing has a price: the line stays, refused in the quote, never converted', async () => {
    const lines = [{ lineId: 'a', variantId: shop.variants.book }]
    const body = { currency: 'USD', lines: lines.map(({ variantId }) => ({ variantId })) }
    const { json } = await shop.ask({ method: 'POST', path: '/v1/quotes', as: ann, body })
    expect(json.quotes[0].lines[0]).toMatchObject({ total: 0, refusal: 'no_price' })
  })
})

describe('a code', () => {
  test.each([
    ['that nobody made', 'NEVERMADE', 'not_valid'],
    ['that has expired', 'PASTONE', 'expired'],
    ['that is not valid yet', 'LATERONE', 'not_yet_valid'],
    ['of which no use is left', 'ONCEONLY', 'used_up'],
  ])('%s', async (_what, code, reason) => {
    const problem = await expectRefused(applyCode(code), 409, 'code_not_valid')
    expect(problem.reason).toBe(reason)
  })
})

describe('somebody else’s', () => {
  test.each([
    ['another customer', customer('main', 'eve'), 'main'],
    ['a shopper', null, 'main'],
    ['the same customer at another site', customer('second', 'ann'), 'second'],
    ['the same id at another operator', customer('other', 'ann'), 'other'],
  ])('cart is not there for %s', async (_who, as, site) => {
    for (const request of [
      { path: `/v1/carts/${cart.id}` },
      addLine({}),
      checkout({}),
      { method: 'DELETE', path: `/v1/carts/${cart.id}/lines/a` },
    ]) {
      await expectRefused({ ...request, as, site }, 404, 'not_found')
    }
  })
})

describe('a purchase', () => {
  test('without a key', () => expectRefused(checkout({}, null), 400, 'idempotency_key_required'))
  test('without a consent', () => expectRefused(checkout({ consents: [] }), 409, 'consent_required'))
  test('at another total', async () => {
    const problem = await expectRefused(checkout({ expectedTotal: 1 }), 409, 'price_changed')
    expect(problem.data).toMatchObject({ quote: { total: cart.total } })
  })
  test('by an account that is not offered', () =>
    expectRefused(checkout({ paymentAccount: 'none' }), 409, 'payment_account_unknown'))
  test('with a key that was used for another request', async () => {
    const lines = [{ lineId: 'a', variantId: shop.variants.free }]
    const made = await shop.ask({ method: 'POST', path: '/v1/carts', as: ann, body: { lines } })
    const request = { ...checkout({}, 'used-before'), path: `/v1/carts/${made.json.cart.id}/checkout` }
    const first = await shop.ask({ ...request, as: ann, body: { expectedTotal: 0, consents: TERMS } })
    expect(first.status).toBe(200)
    await shop.runJobs()
    await expectRefused(request, 409, 'idempotency_key_reused')
  })
})

describe('a body', () => {
  const request = { method: 'POST', path: '/v1/carts' }
  test('of 10 MB', () =>
    expectRefused({ ...request, body: `{"a":"${'x'.repeat(10_000_000)}"}` }, 413, 'body_too_large'))
  test('of 20,000 levels', () =>
    expectRefused({ ...request, body: `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}` }, 400, 'invalid_input'))
  test('that is no JSON', () => expectRefused({ ...request, body: '{"lines":' }, 400, 'invalid_input'))
  test('that names a prototype', () =>
    expectRefused({ ...request, body: '{"__proto__":{"isAdmin":true}}' }, 400, 'invalid_input'))
})

describe('a card number', () => {
  test('in any text of any operation is refused, and stands in no log and no table', async () => {
    const { json: document } = await shop.ask({ path: '/openapi.json' })
    let fields = 0
    for (const [path, methods] of Object.entries<Record<string, { requestBody?: unknown }>>(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        for (const [field, body] of bodiesWithCard(document, operation.requestBody)) {
          fields += 1
          const address = path.replaceAll(/\{\w+\}/g, 'anything')
          const as = { type: 'staff', site: 'main', staffId: 'sam', roles: [{ role: 'admin' }] } as const
          for (const who of path.startsWith('/v1/admin') ? [as] : [ann]) {
            const answer = await shop.ask({ method: method.toUpperCase(), path: address, as: who, body })
            expect([path, field, answer.json?.code]).toEqual([path, field, 'card_number_refused'])
            expect(answer.text).not.toContain('4242')
          }
        }
      }
    }
    expect(fields).toBeGreaterThan(100)
    // In an address it is never looked for in the log by its name: it must not be written at all.
    await shop.ask({ path: `/v1/products?search=${encodeURIComponent(CARD)}`, as: ann })
    await shop.ask({ path: `/v1/products/${CARD.replaceAll(' ', '-')}`, as: ann })
    const written = shop.tables() + shop.logged()
    expect(written.replaceAll(/\D/g, '').includes('4242424242424242') && /4242[ -]?4242/.test(written)).toBe(false)
  })
})

interface Schema {
  $ref?: string
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  oneOf?: Schema[]
  anyOf?: Schema[]
  additionalProperties?: Schema | boolean
}

/** For each text of a request's schema: its path, and a body that holds the card's number there. */
function bodiesWithCard(
  document: { components: { schemas: Record<string, Schema> } },
  body: unknown,
): [string, unknown][] {
  const schema = (body as { content?: Record<string, { schema?: Schema }> } | undefined)?.content?.['application/json']
    ?.schema
  return schema === undefined ? [] : texts(document.components.schemas, schema, '', 0)
}

function texts(schemas: Record<string, Schema>, given: Schema, path: string, depth: number): [string, unknown][] {
  const schema = given.$ref === undefined ? given : (schemas[given.$ref.split('/').at(-1) ?? ''] ?? {})
  if (depth > 6) return []
  const below = (next: Schema, name: string, wrap: (value: unknown) => unknown): [string, unknown][] =>
    texts(schemas, next, `${path}/${name}`, depth + 1).map(([at, value]) => [at, wrap(value)])
  if (schema.type === 'string') return [[path, CARD]]
  return [
    ...(schema.oneOf ?? schema.anyOf ?? []).flatMap((arm) => texts(schemas, arm, path, depth + 1)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, next]) =>
      below(next, name, (value) => ({ [name]: value })),
    ),
    ...(schema.items === undefined ? [] : below(schema.items, '0', (value) => [value])),
    ...(typeof schema.additionalProperties === 'object'
      ? below(schema.additionalProperties, 'any', (value) => ({ any: value }))
      : []),
  ]
}
