import { operations } from '@bursar/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bodiesWith, documentedOperations, type OpenapiDocument, sampleOf } from './openapi-bodies.ts'
import { customer, type RealRequest, type RealShop, realShop, staff } from './real-shop.ts'

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
  const body = {
    expectedTotal: { amount: priced.json.quote.total, currency: priced.json.quote.currency },
    consents: TERMS,
    paymentToken: 'tok_approve',
  }
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
  body: {
    expectedTotal: { amount: cart.total, currency: 'EUR' },
    consents: TERMS,
    paymentToken: 'tok_approve',
    ...body,
  },
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
  test.each([-1, 0, 1.5, 1001, 1e300])('that is changed to the quantity %s', async (quantity) => {
    const path = `/v1/carts/${cart.id}/lines/a`
    const { issues } = await expectRefused({ method: 'PATCH', path, body: { quantity } }, 400, 'invalid_input')
    expect(issues).toMatchObject([{ path: 'quantity' }])
  })
  test.each([-1, 0, 1.5, 1001, 1e300])('of a new cart, of the quantity %s', async (quantity) => {
    const lines = [{ lineId: 'a', variantId: shop.variants.book, quantity }]
    await expectRefused({ method: 'POST', path: '/v1/carts', body: { lines } }, 400, 'invalid_input')
    await expectRefused({ method: 'POST', path: '/v1/quotes', body: { lines } }, 400, 'invalid_input')
  })
  test('of more than one unit of what is sold one at a time', async () => {
    await expectRefused(addLine({ variantId: shop.variants.course, quantity: 2 }), 409, 'quantity_not_allowed')
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

describe('somebody else’s order', () => {
  test.each([
    ['another customer', customer('main', 'eve'), 'main'],
    ['a shopper', null, 'main'],
    ['the same customer at another site', customer('second', 'ann'), 'second'],
    ['the same id at another operator', customer('other', 'ann'), 'other'],
  ])('is not there for %s', async (_who, as, site) => {
    const lines = [{ lineId: 'a', variantId: shop.variants.free }]
    const made = await shop.ask({ method: 'POST', path: '/v1/carts', as: ann, body: { lines } })
    const bought = await shop.ask({
      ...{ method: 'POST', path: `/v1/carts/${made.json.cart.id}/checkout`, as: ann },
      body: { expectedTotal: { amount: 0, currency: 'EUR' }, consents: TERMS },
      headers: { 'idempotency-key': `an-order-of-ann-${site}` },
    })
    await shop.runJobs()
    const path = `/v1/orders/${bought.json.order.id}`
    expect((await shop.ask({ path, as: ann })).status).toBe(200)
    await expectRefused({ path, as, site }, 404, 'not_found')
    await expectRefused({ method: 'POST', path: `${path}/payment/refresh`, as, site }, 404, 'not_found')
  })
})

describe('a purchase', () => {
  test('without a key', () => expectRefused(checkout({}, null), 400, 'idempotency_key_required'))
  test.each(['total', 'price', 'amount', 'quote', 'version', 'idempotencyKey', 'site'])(
    'with the field %s',
    async (field) => {
      const { issues } = await expectRefused(checkout({ [field]: 1 }), 400, 'invalid_input')
      expect(issues).toMatchObject([{ path: field }])
    },
  )
  test.each([-1, 0.5, '1900', null])('at the total %s', async (amount) => {
    await expectRefused(checkout({ expectedTotal: { amount, currency: 'EUR' } }), 400, 'invalid_input')
  })
  test.each([1900, null, { amount: 1900 }, { amount: 1900, currency: 'eur' }])(
    'at the total %j, without a currency',
    async (expectedTotal) => {
      const { issues } = await expectRefused(checkout({ expectedTotal }), 400, 'invalid_input')
      expect(issues).toMatchObject([{ path: expect.stringMatching(/^expectedTotal/) }])
    },
  )
  test('of a stale version of the cart', async () => {
    const request = checkout({})
    const headers = { ...request.headers, 'if-match': `"${cart.version + 7}"` }
    await expectRefused({ ...request, headers }, 409, 'version_conflict')
  })
  test('with a consent that is not given', () =>
    expectRefused(checkout({ consents: [{ ...TERMS[0], given: false }] }), 409, 'consent_required'))
  test('without a consent', () => expectRefused(checkout({ consents: [] }), 409, 'consent_required'))
  test('at another total', async () => {
    const problem = await expectRefused(
      checkout({ expectedTotal: { amount: 1, currency: 'EUR' } }),
      409,
      'price_changed',
    )
    expect(problem.data).toMatchObject({ quote: { total: cart.total } })
  })
  test('at the same figure in another currency', async () => {
    const usd = { amount: cart.total, currency: 'USD' }
    const problem = await expectRefused(checkout({ expectedTotal: usd }), 409, 'price_changed')
    expect(problem.data).toMatchObject({ expectedTotal: usd, total: { amount: cart.total, currency: 'EUR' } })
  })
  test('by an account that is not offered', () =>
    expectRefused(checkout({ paymentAccount: 'none' }), 409, 'payment_account_unknown'))
  test('with a key that was used for another request', async () => {
    const lines = [{ lineId: 'a', variantId: shop.variants.free }]
    const made = await shop.ask({ method: 'POST', path: '/v1/carts', as: ann, body: { lines } })
    const request = { ...checkout({}, 'used-before'), path: `/v1/carts/${made.json.cart.id}/checkout` }
    const first = await shop.ask({
      ...request,
      as: ann,
      body: { expectedTotal: { amount: 0, currency: 'EUR' }, consents: TERMS },
    })
    expect(first.status).toBe(200)
    await shop.runJobs()
    await expectRefused(request, 409, 'idempotency_key_reused')
    const again = { ...request, path: `/v1/carts/${made.json.cart.id}/checkout` }
    await expectRefused(
      { ...again, body: { expectedTotal: { amount: 0, currency: 'EUR' }, consents: [] } },
      409,
      'idempotency_key_reused',
    )
  })
})

describe('a cursor that is none of the list', () => {
  beforeAll(async () => {
    const lines = [{ lineId: 'a', variantId: shop.variants.free }]
    const made = await shop.ask({ method: 'POST', path: '/v1/carts', as: ann, body: { lines } })
    const headers = { 'idempotency-key': 'of-the-cursors' }
    const body = { expectedTotal: { amount: 0, currency: 'EUR' }, consents: TERMS }
    await shop.ask({ method: 'POST', path: `/v1/carts/${made.json.cart.id}/checkout`, as: ann, headers, body })
  })
  test.each([
    ...['/v1/me/orders', '/v1/me/entitlements', '/v1/products', '/v1/products?search=book'],
    ...['/v1/admin/orders', '/v1/admin/orders?state=placed', '/v1/admin/grants?state=queued'],
    ...['/v1/admin/products', '/v1/admin/codes', '/v1/admin/jobs?state=waiting', '/v1/admin/api-keys'],
    ...['/v1/admin/promotions', '/v1/admin/audit-events?record=ten'],
  ])('%s', async (path) => {
    const as = path.startsWith('/v1/admin') ? staff('main', 'admin') : ann
    for (const cursor of ['x', btoa('[]'), btoa('["a","b","c","d","e"]'), btoa('[1,"a\\u0000"]')]) {
      const to = `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`
      const answer = await shop.ask({ path: to, as })
      expect([answer.status, answer.json.code, answer.json.issues?.[0].path]).toEqual([400, 'invalid_input', 'cursor'])
    }
  })
})

test('a command with a key that was used for another command on the cart', async () => {
  const lines = [{ lineId: 'a', variantId: shop.variants.book }]
  const made = await shop.ask({ method: 'POST', path: '/v1/carts', as: ann, body: { lines } })
  const path = `/v1/carts/${made.json.cart.id}/lines/a`
  const headers = { 'idempotency-key': 'set-the-quantity' }
  const first = await shop.ask({ method: 'PATCH', path, as: ann, headers, body: { quantity: 2 } })
  expect(first.status).toBe(200)
  await expectRefused({ method: 'PATCH', path, headers, body: { quantity: 3 } }, 409, 'idempotency_key_reused')
})

test.each(operations.map(({ name, route }) => [name, route] as const))(
  '%s: a member that its schema does not name',
  async (_name, { method, path }) => {
    const { json: document } = await shop.ask({ path: '/openapi.json' })
    const schema = documentedOperations(document).find((one) => one.method === method && one.path === path)?.schema
    const address = path.replaceAll(/\{\w+\}/g, 'anything')
    const as = path.startsWith('/v1/admin') ? staff('main', 'admin') : ann
    const sample = schema ? sampleOf(document, schema) : {}
    const request: RealRequest =
      method === 'GET' || method === 'DELETE'
        ? { method, path: `${address}?somethingElse=1` }
        : { method, path: address, body: { ...(sample as object), somethingElse: 1 } }
    const { issues } = await expectRefused({ ...request, as }, 400, 'invalid_input')
    expect(issues).toEqual(expect.arrayContaining([expect.objectContaining({ path: 'somethingElse' })]))
  },
)

describe('a body', () => {
  const request = { method: 'POST', path: '/v1/carts' }
  test('of 10 MB', () =>
    expectRefused({ ...request, body: `{"a":"${'x'.repeat(10_000_000)}"}` }, 413, 'body_too_large'))
  test('of 33 levels', () =>
    expectRefused({ ...request, body: `{"lines":${'['.repeat(32)}${']'.repeat(32)}}` }, 400, 'invalid_input'))
  test('that is a list, a text or nothing', async () => {
    for (const body of ['[]', '"lines"', 'null']) await expectRefused({ ...request, body }, 400, 'invalid_input')
  })
  test('of 20,000 levels', () =>
    expectRefused({ ...request, body: `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}` }, 400, 'invalid_input'))
  test('that is no JSON', () => expectRefused({ ...request, body: '{"lines":' }, 400, 'invalid_input'))
  test('that names a prototype', () =>
    expectRefused({ ...request, body: '{"__proto__":{"isAdmin":true}}' }, 400, 'invalid_input'))
})

describe('a card number', () => {
  const sam = staff('main', 'admin')
  const forms = [CARD, CARD.replaceAll(' ', '-'), CARD.replaceAll(' ', '')]
  let document: OpenapiDocument
  beforeAll(async () => {
    document = (await shop.ask({ path: '/openapi.json' })).json
  })
  const callerOf = (path: string) => (path.startsWith('/v1/admin') ? sam : ann)
  const addressOf = (path: string, value: string) => path.replaceAll(/\{\w+\}/g, encodeURIComponent(value))

  /** The answer without its reference, eight drawn signs in which any four digits may come. */
  const said = ({ text, json }: { text: string; json: { reference: string } }) =>
    text.replace(`"reference":"${json.reference}"`, '')

  /** Wherever it was tried: it is not in a line of the log, nor in a byte of the file. */
  function expectNowhere(): void {
    const written = shop.tables() + shop.bytes() + shop.logged()
    for (const form of forms) expect(written.includes(form), form).toBe(false)
  }

  test.each(operations.map(({ name, route }) => [name, route] as const))(
    '%s: in any text of the body, and in the name of any member, it is refused',
    async (_name, { method, path }) => {
      const schema = documentedOperations(document).find((one) => one.method === method && one.path === path)?.schema
      const before = shop.tables()
      for (const form of forms) {
        for (const [field, body] of schema ? bodiesWith(document, schema, form) : []) {
          const request = { method, path: addressOf(path, 'anything'), as: callerOf(path), body }
          const answer = await shop.ask({ ...request, headers: { 'idempotency-key': 'key-with-a-card' } })
          expect([field, answer.status, answer.json?.code]).toEqual([field, 400, 'card_number_refused'])
          expect(answer.type).toContain('application/problem+json')
          expect(answer.json.reference).toMatch(/^[0-9A-Z]{8}$/)
          expect(said(answer)).not.toContain('4242')
        }
      }
      expect(shop.tables()).toBe(before)
      expectNowhere()
    },
  )

  test('is looked for in hundreds of fields', () => {
    const fields = documentedOperations(document).flatMap(({ schema }) =>
      schema === null ? [] : bodiesWith(document, schema, CARD),
    )
    expect(fields.length).toBeGreaterThan(200)
  })

  test('in an address is refused, and not written down', async () => {
    for (const { route } of operations) {
      const { method, path } = route
      const hasParameter = path.includes('{')
      if (!hasParameter && method !== 'GET') continue
      for (const form of forms) {
        const query = hasParameter ? '' : `?search=${encodeURIComponent(form)}&limit=${encodeURIComponent(form)}`
        const answer = await shop.ask({ method, path: addressOf(path, form) + query, as: callerOf(path) })
        expect([path, answer.status, answer.json?.code]).toEqual([path, 400, 'card_number_refused'])
        expect(said(answer)).not.toContain('4242')
      }
    }
    expectNowhere()
  })

  test('in a link is refused, and not written down', async () => {
    const before = shop.tables()
    for (const form of forms) {
      for (const field of ['variant', 'code', 'return']) {
        const link = new URLSearchParams({ variant: shop.variants.book, return: 'https://a.example/', [field]: form })
        const answer = await shop.ask({ path: `/v1/buy?${link}`, as: ann })
        expect([field, answer.status, answer.json?.code]).toEqual([field, 400, 'card_number_refused'])
      }
    }
    expect(shop.tables()).toBe(before)
    expectNowhere()
  })

  test('in a header is not written down', async () => {
    for (const form of forms) {
      for (const header of ['idempotency-key', 'bursar-request-id', 'x-request-id', 'bursar-cart-token', 'if-match']) {
        await shop.ask({ ...addLine({}), as: ann, headers: { [header]: form.replaceAll(' ', '-') } })
        await shop.ask({ ...checkout({}, null), as: ann, headers: { [header]: form.replaceAll(' ', '-') } })
      }
      await shop.ask({ path: '/v1/site', site: form })
    }
    expectNowhere()
  })
})
