import { setTimeout as sleep } from 'node:timers/promises'
import { BursarError, operations, StorageUnavailableError } from '@bursar/core'
import { describe, expect, test, vi } from 'vitest'
import { type FakeCommerce, fakeCommerce } from '../testing/fake-commerce.ts'
import { type MemoryLogger, memoryLogger } from '../testing/memory-logger.ts'
import { createHandler } from './create-handler.ts'

interface Call {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream
}

interface Setup {
  commerce: FakeCommerce
  logger: MemoryLogger
  call(path: string, init?: Call): Promise<Response>
}

function setup(): Setup {
  const commerce = fakeCommerce()
  const logger = memoryLogger()
  const handler = createHandler(commerce, { logger })
  const call = (path: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Response> =>
    handler(
      new Request(`https://shop.test${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body, duplex: 'half' }),
      }),
    )
  return { commerce, logger, call }
}

const json = { 'content-type': 'application/json' }
const LINE = JSON.stringify({ lineId: 'l1', variantId: 'var_1', quantity: 2 })

async function problemOf(response: Response): Promise<Record<string, unknown>> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem = (await response.json()) as Record<string, unknown>
  expect(problem.status).toBe(problem.code === 'no_such_address' ? undefined : response.status)
  expect(problem.reference).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/)
  return problem
}

describe('operations', () => {
  test('every operation of the contract has its address, and reaches it by its name', async () => {
    const { commerce, call } = setup()
    for (const { name, route } of operations) {
      const path = route.path.replaceAll(/\{\w+\}/g, 'some-id')
      const body = ['POST', 'PATCH', 'PUT'].includes(route.method) ? { headers: json, body: '{}' } : {}
      const response = await call(path, { method: route.method, ...body })
      expect([name, response.status]).toEqual([name, route.status ?? 200])
    }
    expect(commerce.invocations.map(({ operation }) => operation)).toEqual(operations.map(({ name }) => name))
  })

  test('path, body, key and version become input and options', async () => {
    const { commerce, call } = setup()
    const headers = { ...json, 'idempotency-key': 'key-12345', 'if-match': '"3"', 'bursar-cart-token': 'tok' }
    await call('/v1/carts/crt_1/lines', { method: 'POST', headers, body: LINE })
    expect(commerce.invocations).toEqual([
      {
        operation: 'carts.addLine',
        principal: { type: 'shopper', site: 'main', cartToken: 'tok' },
        input: { cartId: 'crt_1', lineId: 'l1', variantId: 'var_1', quantity: 2 },
        options: { idempotencyKey: 'key-12345', ifVersion: 3 },
      },
    ])
  })

  test.each([
    ['3', 3],
    ['"3"', 3],
    ['W/"3"', 3],
    ['*', undefined],
  ])('If-Match: %s', async (header, version) => {
    const { commerce, call } = setup()
    await call('/v1/carts/crt_1/lines/l1', { method: 'DELETE', headers: { 'if-match': header } })
    expect(commerce.invocations[0]?.options.ifVersion).toBe(version)
  })

  test.each(['"three"', '-1', '"1", "2"', ''])('If-Match: %s is refused', async (header) => {
    const { commerce, call } = setup()
    const response = await call('/v1/carts/crt_1/lines/l1', { method: 'DELETE', headers: { 'if-match': header } })
    expect(await problemOf(response)).toMatchObject({ code: 'invalid_input', issues: [{ path: 'If-Match' }] })
    expect(commerce.invocations).toEqual([])
  })

  test('a query is decoded by the schema of the input', async () => {
    const { commerce, call } = setup()
    await call('/v1/products?limit=5&search=one%20two')
    expect(commerce.invocations[0]?.input).toEqual({ limit: 5, search: 'one two' })
  })

  test('a field of the body may not name what the path names', async () => {
    const { commerce, call } = setup()
    const body = JSON.stringify({ cartId: 'crt_2', lineId: 'l1', variantId: 'var_1' })
    const response = await call('/v1/carts/crt_1/lines', { method: 'POST', headers: json, body })
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'invalid_input' })
    expect(commerce.invocations).toEqual([])
  })

  test('the version of an answer is its ETag', async () => {
    const { commerce, call } = setup()
    commerce.answer = () => ({ cart: { id: 'crt_1', version: 7 }, quote: {} })
    expect((await call('/v1/carts/crt_1')).headers.get('etag')).toBe('"7"')
    commerce.answer = () => ({ record: {}, version: 2 })
    expect((await call('/v1/admin/promotions/pro_1')).headers.get('etag')).toBe('"2"')
  })

  test('the site comes from Bursar-Site, else from the host', async () => {
    const { commerce, call } = setup()
    await call('/v1/site')
    await call('/v1/site', { headers: { 'bursar-site': 'other' } })
    expect(commerce.invocations.map(({ principal }) => principal.site)).toEqual(['main', 'other'])
  })

  test('HEAD answers as GET does, without a body', async () => {
    const { call } = setup()
    const response = await call('/v1/site', { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  test('an address below a base path', async () => {
    const handler = createHandler(fakeCommerce(), { basePath: '/shop' })
    expect((await handler(new Request('https://shop.test/shop/v1/site'))).status).toBe(200)
    expect((await handler(new Request('https://shop.test/v1/site'))).status).toBe(404)
  })

  test('the document of a mounted shop names the addresses below its base path', async () => {
    const handler = createHandler(fakeCommerce(), { basePath: '/shop' })
    const found = 'https://shop.test/shop/openapi.json'
    const { servers } = (await (await handler(new Request(found))).json()) as { servers: [{ url: string }] }
    const server = new URL(servers[0].url, found).href.replace(/\/$/, '')
    expect((await handler(new Request(`${server}/v1/site`))).status).toBe(200)
  })
})

describe('problems', () => {
  test('an error of the shop is told with all its details', async () => {
    const { commerce, logger, call } = setup()
    commerce.answer = () => {
      throw new BursarError('not_sellable', { message: 'It is over.', reason: 'no_price', data: { variant: 'var_1' } })
    }
    const problem = await problemOf(await call('/v1/carts/crt_1/lines', { method: 'POST', headers: json, body: LINE }))
    expect(problem).toMatchObject({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'It is over.',
      code: 'not_sellable',
      reason: 'no_price',
      data: { variant: 'var_1' },
    })
    expect(logger.lines.at(-1)?.fields).toMatchObject({ error: 'not_sellable', reference: problem.reference ?? '' })
  })

  test('an unexpected error tells its caller nothing, and the log all under the same reference', async () => {
    const { commerce, logger, call } = setup()
    commerce.answer = () => {
      throw new TypeError('secret of the house', { cause: new Error('deeper, for 4111 1111 1111 1111') })
    }
    const response = await call('/v1/site')
    const text = await response.clone().text()
    const problem = await problemOf(response)
    expect(problem).toMatchObject({ status: 500, code: 'internal' })
    expect(text).not.toContain('secret')
    const [details, line] = logger.lines
    expect(details?.fields).toMatchObject({
      reference: problem.reference ?? '',
      error: 'internal',
      cause: { error: 'TypeError', message: 'secret of the house', cause: { message: 'deeper, for [card]' } },
    })
    expect(line).toMatchObject({ level: 'warn', message: 'request' })
  })

  test('a thrown value that is no error is an unexpected one', async () => {
    const { commerce, call } = setup()
    commerce.answer = () => {
      throw 'a text'
    }
    expect(await problemOf(await call('/v1/site'))).toMatchObject({ status: 500, code: 'internal' })
  })

  test('a storage that is down is 503 with the time to wait', async () => {
    const { commerce, call } = setup()
    commerce.answer = () => {
      throw new StorageUnavailableError('no disk', { outcome: 'nothing' })
    }
    const response = await call('/v1/site')
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await problemOf(response)).toMatchObject({ status: 503, code: 'unavailable' })
  })

  test('an unknown address, a path with an empty part, a foreign site', async () => {
    const { call } = setup()
    const nowhere = await call('/v1/nothing')
    expect(nowhere.status).toBe(404)
    expect(await problemOf(nowhere)).toMatchObject({ title: 'Not Found', code: 'no_such_address' })
    const other = await call('/v1/carts//lines', { method: 'POST' })
    expect(await problemOf(other)).toMatchObject({ code: 'no_such_address' })
    const stranger = createHandler(fakeCommerce())
    const response = await stranger(new Request('https://nobody.test/v1/site'))
    expect(await problemOf(response)).toMatchObject({ status: 404, code: 'site_unknown' })
  })

  test('a method that an address does not know names those that it knows', async () => {
    const { call } = setup()
    const response = await call('/v1/carts/crt_1', { method: 'PUT' })
    expect(response.headers.get('allow')).toBe('GET, PATCH')
    expect(await problemOf(response)).toMatchObject({ status: 405, code: 'method_not_allowed' })
    const options = await call('/v1/carts/crt_1', { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, PATCH'])
  })

  test('a caller who is refused is told how to sign in, and the body is not read', async () => {
    const { commerce, call } = setup()
    const headers = { ...json, authorization: 'Bearer wrong' }
    const response = await call('/v1/carts', { method: 'POST', headers, body: 'no json' })
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(await problemOf(response)).toMatchObject({ status: 401, code: 'unauthenticated' })
    expect(commerce.invocations).toEqual([])
  })
})

describe('bodies', () => {
  const post = (call: Setup['call'], body: NonNullable<Call['body']>, headers: Record<string, string> = json) =>
    call('/v1/carts', { method: 'POST', headers, body })

  test('10 MB are refused after little more than 256 kB of them', async () => {
    const { commerce, call } = setup()
    let sent = 0
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          sent += 64 * 1024
          controller.enqueue(new Uint8Array(64 * 1024).fill(0x20))
          if (sent >= 10 * 1024 * 1024) controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    expect(await problemOf(await post(call, body))).toMatchObject({ status: 413, code: 'body_too_large' })
    expect(sent).toBeLessThanOrEqual(256 * 1024 + 2 * 64 * 1024)
    expect(commerce.invocations).toEqual([])
  })

  test('a declared length is believed when it is too much', async () => {
    const { call } = setup()
    const response = await post(call, '{}', { ...json, 'content-length': '10000000' })
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'body_too_large' })
  })

  test('exactly 256 kB are taken, one byte more is not', async () => {
    const { commerce, call } = setup()
    const fit = JSON.stringify({ currency: 'EUR' }).padEnd(256 * 1024)
    expect((await post(call, fit)).status).toBe(201)
    expect(await problemOf(await post(call, `${fit} `))).toMatchObject({ status: 413 })
    expect(commerce.invocations).toHaveLength(1)
  })

  test('32 levels are taken, 33 are not, nor 20,000', async () => {
    const { call } = setup()
    const nested = (levels: number): string => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
    const deep = async (levels: number): Promise<unknown> => (await problemOf(await post(call, nested(levels)))).detail
    expect(await post(call, nested(32)).then((response) => response.text())).not.toContain('nested')
    expect(await deep(33)).toBe('The body is nested deeper than 32 levels.')
    expect(await deep(20_000)).toBe('The body is nested deeper than 32 levels.')
  })

  test('brackets in texts are no levels', async () => {
    const { commerce, call } = setup()
    await post(call, JSON.stringify({ currency: `\\"${'['.repeat(50)}` }))
    expect(commerce.invocations[0]?.input).toEqual({ currency: `\\"${'['.repeat(50)}` })
  })

  test.each([
    ['bad JSON', '{"a":', 'The body is not valid JSON.'],
    ['bad UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 'The body is not valid UTF-8.'],
  ])('%s', async (_name, body, detail) => {
    const { call } = setup()
    expect(await problemOf(await post(call, body))).toMatchObject({ status: 400, code: 'invalid_input', detail })
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
    'application/json2',
  ])('the type %s', async (type) => {
    const { call } = setup()
    const response = await post(call, '{}', { 'content-type': type })
    expect(await problemOf(response)).toMatchObject({ status: 415, code: 'unsupported_media_type' })
  })

  test('a body that is packed, or has no type, is of no use', async () => {
    const { call } = setup()
    const packed = await post(call, '{}', { ...json, 'content-encoding': 'gzip' })
    expect(await problemOf(packed)).toMatchObject({ status: 415 })
    const untyped = await post(call, new TextEncoder().encode('{}'), {})
    expect(await problemOf(untyped)).toMatchObject({ status: 415 })
  })

  test('no body at all is an empty input', async () => {
    const { commerce, call } = setup()
    await call('/v1/admin/products/prd_1/archive', { method: 'POST' })
    expect(commerce.invocations[0]?.input).toEqual({ productId: 'prd_1' })
  })

  test('a body that is no object', async () => {
    const { commerce, call } = setup()
    expect(await problemOf(await post(call, '[]'))).toMatchObject({ status: 400, code: 'invalid_input' })
    expect(commerce.invocations).toEqual([])
  })

  test('a body that somebody read before', async () => {
    const commerce = fakeCommerce()
    const handler = createHandler(commerce)
    const request = new Request('https://shop.test/v1/carts', { method: 'POST', headers: json, body: '{}' })
    await request.text()
    expect(await problemOf(await handler(request))).toMatchObject({ status: 500, code: 'body_already_read' })
    const emptied = new Request('https://shop.test/v1/webhooks/pac_1', {
      method: 'POST',
      headers: { 'content-length': '2' },
    })
    expect(await problemOf(await handler(emptied))).toMatchObject({ code: 'body_already_read' })
    expect(commerce.webhooks).toEqual([])
  })

  test('a body that breaks off', async () => {
    const { call } = setup()
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) })
    expect(await problemOf(await post(call, body))).toMatchObject({
      status: 400,
      detail: expect.stringContaining('broke'),
    })
  })
})

describe('browsers of other origins', () => {
  const preflight = { origin: 'https://learn.test', 'access-control-request-method': 'POST' }

  test('a listed origin may read answers, refusals too', async () => {
    const { call } = setup()
    for (const path of ['/v1/site', '/v1/nothing']) {
      const { headers } = await call(path, { headers: { origin: 'https://learn.test' } })
      expect(headers.get('access-control-allow-origin')).toBe('https://learn.test')
      expect(headers.get('access-control-allow-credentials')).toBe('true')
      expect(headers.get('access-control-expose-headers')).toBe('ETag, Retry-After, Bursar-Request-Id')
      expect(headers.get('vary')).toContain('Origin')
    }
  })

  test.each(['https://evil.test', 'https://learn.test.evil.test', 'http://learn.test', 'null'])(
    '%s may not',
    async (origin) => {
      const { commerce, call } = setup()
      const read = await call('/v1/site', { headers: { origin } })
      expect(read.headers.get('access-control-allow-origin')).toBeNull()
      expect(read.headers.get('access-control-allow-credentials')).toBeNull()
      const write = await call('/v1/carts', { method: 'POST', headers: { ...json, origin }, body: '{}' })
      expect(await problemOf(write)).toMatchObject({ status: 403, reason: 'origin_not_listed' })
      expect(commerce.invocations.map(({ operation }) => operation)).toEqual(['site.get'])
    },
  )

  test('the origins of one site are not those of another', async () => {
    const { call } = setup()
    const response = await call('/v1/site', { headers: { origin: 'https://learn.test', 'bursar-site': 'other' } })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('a preflight of a listed origin allows what the path takes', async () => {
    const { commerce, call } = setup()
    const { status, headers } = await call('/v1/carts/crt_1/lines', { method: 'OPTIONS', headers: preflight })
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe('https://learn.test')
    expect(headers.get('access-control-allow-methods')).toBe('POST')
    expect(headers.get('access-control-allow-headers')).toContain('Idempotency-Key')
    expect(commerce.invocations).toEqual([])
  })

  test('a preflight of any other allows nothing', async () => {
    const { call } = setup()
    const { headers } = await call('/v1/carts', {
      method: 'OPTIONS',
      headers: { ...preflight, origin: 'https://evil.test' },
    })
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('access-control-allow-methods')).toBeNull()
  })

  test('on a host that is no site, the request itself is judged, by the site that it names', async () => {
    const handler = createHandler(fakeCommerce())
    const ask = await handler(new Request('https://api.test/v1/carts', { method: 'OPTIONS', headers: preflight }))
    expect(ask.headers.get('access-control-allow-origin')).toBe('https://learn.test')
    const post = (site: string): Promise<Response> =>
      handler(
        new Request('https://api.test/v1/carts', {
          method: 'POST',
          headers: { ...json, origin: 'https://learn.test', 'bursar-site': site },
          body: '{}',
        }),
      )
    expect((await post('main')).status).toBe(201)
    expect((await post('other')).status).toBe(403)
  })

  test('on another site’s host too, where the request will name its own', async () => {
    const { call } = setup()
    const asks = async (headers: string) => {
      const asked = { ...preflight, origin: 'https://micro.test', 'access-control-request-headers': headers }
      const answer = await call('/v1/carts', { method: 'OPTIONS', headers: asked })
      return answer.headers.get('access-control-allow-origin')
    }
    expect(await asks('bursar-site,content-type')).toBe('https://micro.test')
    expect(await asks('content-type')).toBeNull()
    const foreign = await call('/v1/carts', {
      ...{ method: 'POST', body: '{}' },
      headers: { ...json, origin: 'https://micro.test', 'bursar-site': 'main' },
    })
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([403, null])
  })
})

describe('the cookie of an anonymous cart', () => {
  const cookie = 'a=b; __Host-bursar_cart=token-of-the-cookie; c=d'
  const tokenOf = ({ commerce }: Pick<Setup, 'commerce'>): unknown => {
    const principal = commerce.invocations.at(-1)?.principal
    return principal?.type === 'shopper' ? principal.cartToken : 'no shopper'
  }

  test.each([
    ['a page of the same origin', { 'sec-fetch-site': 'same-origin' }],
    ['a navigation', {}],
    ['a listed origin', { origin: 'https://learn.test', 'sec-fetch-site': 'same-site' }],
  ])('counts for %s', async (_name, headers: Record<string, string>) => {
    const test = setup()
    await test.call('/v1/carts/crt_1', { headers: { cookie, ...headers } })
    expect(tokenOf(test)).toBe('token-of-the-cookie')
  })

  test('counts for a change by the own page', async () => {
    const test = setup()
    const headers = { ...json, cookie, origin: 'https://shop.test' }
    await test.call('/v1/carts/crt_1/lines', { method: 'POST', headers, body: LINE })
    expect(tokenOf(test)).toBe('token-of-the-cookie')
  })

  test('does not count for a change of which nobody says where it comes from', async () => {
    const test = setup()
    await test.call('/v1/carts/crt_1/lines', { method: 'POST', headers: { ...json, cookie }, body: LINE })
    expect(tokenOf(test)).toBeUndefined()
  })

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['an origin that is not listed', { origin: 'https://evil.test' }],
  ])('does not count for %s', async (_name, headers: Record<string, string>) => {
    const test = setup()
    await test.call('/v1/carts/crt_1', { headers: { cookie, ...headers } })
    expect(tokenOf(test)).toBeUndefined()
  })

  test.each([
    ['a page of the same origin', { 'sec-fetch-site': 'same-origin', origin: 'https://shop.test' }, true],
    ['who says nothing', {}, true],
    ['a page of the same site', { 'sec-fetch-site': 'same-site', origin: 'https://learn.test' }, false],
    ['a page of a listed origin elsewhere', { 'sec-fetch-site': 'cross-site', origin: 'https://learn.test' }, false],
  ])('keeps the token of a new cart for %s: %s %s', async (_name, headers: Record<string, string>, isKept) => {
    const { commerce, call } = setup()
    commerce.answer = () => ({ cart: { id: 'crt_1', version: 1 }, token: 'new-token-of-43-chars' })
    const made = await call('/v1/carts', { method: 'POST', headers: { ...json, ...headers }, body: '{}' })
    expect(made.status).toBe(201)
    expect(made.headers.get('set-cookie')?.split(';')[0] ?? null).toBe(
      isKept ? '__Host-bursar_cart=new-token-of-43-chars' : null,
    )
    const later = await call('/v1/carts/crt_1', { headers })
    expect(later.headers.get('set-cookie')).toBeNull()
  })

  test('is not set for a customer’s new cart, which has no token', async () => {
    const { commerce, call } = setup()
    commerce.answer = () => ({ cart: { id: 'crt_1', version: 1 } })
    const { headers } = await call('/v1/carts', { method: 'POST', headers: json, body: '{}' })
    expect(headers.get('set-cookie')).toBeNull()
  })

  test.each([
    ['another site of the domain planted alone', 'bursar_cart=token-that-was-planted', undefined],
    ['another site planted first', `bursar_cart=token-that-was-planted; ${cookie}`, 'token-of-the-cookie'],
    ['comes twice', `${cookie}; __Host-bursar_cart=token-that-was-planted`, undefined],
    ['comes twice alike', `${cookie}; ${cookie}`, 'token-of-the-cookie'],
    ['another name ends with', 'x-__Host-bursar_cart=token-that-was-planted', undefined],
  ])('that %s', async (_name, cookies, token) => {
    const test = setup()
    const headers = { ...json, cookie: cookies, origin: 'https://shop.test' }
    await test.call('/v1/carts/crt_1/lines', { method: 'POST', headers, body: LINE })
    expect(tokenOf(test)).toBe(token)
    await test.call('/v1/carts/crt_1', { headers: { cookie: cookies } })
    expect(tokenOf(test)).toBe(token)
  })

  test('of the name before shows a guest the order that they paid, and opens no cart', async () => {
    const test = setup()
    const headers = { ...json, cookie: 'bursar_cart=token-of-the-cookie', origin: 'https://shop.test' }
    for (const order of ['', '/payment/refresh', '/claim']) {
      const method = order === '' ? 'GET' : 'POST'
      await test.call(`/v1/orders/ord_1${order}`, { method, headers, ...(order === '' ? {} : { body: '{}' }) })
      expect(tokenOf(test)).toBe('token-of-the-cookie')
    }
    await test.call('/v1/carts/crt_1/checkout', { method: 'POST', headers, body: '{}' })
    expect(test.commerce.invocations.at(-1)?.principal).not.toHaveProperty('cartToken', 'token-of-the-cookie')
  })

  test.each([
    ['a plain line', {}, 'bursar_cart=token-of-the-cookie', 'token-of-the-cookie'],
    ['two on a plain line', {}, 'bursar_cart=token-of-the-cookie; bursar_cart=token-that-was-planted', undefined],
    ['a server that passes it on', {}, cookie, 'token-of-the-cookie'],
    ['a proxy', { 'x-forwarded-proto': 'https' }, cookie, 'token-of-the-cookie'],
    ['a proxy, planted', { 'x-forwarded-proto': 'https' }, 'bursar_cart=token-that-was-planted', undefined],
  ])('by %s', async (_name, headers: Record<string, string>, cookies, token) => {
    const commerce = fakeCommerce()
    const request = new Request('http://shop.test/v1/carts/crt_1', { headers: { ...headers, cookie: cookies } })
    await createHandler(commerce)(request)
    expect(tokenOf({ commerce })).toBe(token)
  })

  test('goes behind the header', async () => {
    const test = setup()
    await test.call('/v1/carts/crt_1', { headers: { cookie, 'bursar-cart-token': 'token-of-the-header' } })
    expect(tokenOf(test)).toBe('token-of-the-header')
  })
})

describe('GET /v1/buy', () => {
  const link = '/v1/buy?variant=var_1&code=SAVE10&return=https%3A%2F%2Flearn.test%2Fcart&quantity=2&utm_source=mail'

  test('puts the variant in the cart, keeps its token in a cookie and sends the shopper on', async () => {
    const { commerce, call } = setup()
    const { status, headers } = await call(link)
    expect([status, headers.get('location')]).toEqual([302, 'https://learn.test/cart?bursar_cart=crt_1'])
    expect(headers.get('set-cookie')).toBe(
      '__Host-bursar_cart=new-token-of-43-chars; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure',
    )
    expect(commerce.purchases).toEqual([
      {
        principal: { type: 'shopper', site: 'main', cartToken: undefined },
        input: { variant: 'var_1', code: 'SAVE10', returnUrl: 'https://learn.test/cart', quantity: 2 },
      },
    ])
  })

  test('goes on with the cart of the cookie, from wherever the link was followed', async () => {
    const { commerce, call } = setup()
    const cookie = '__Host-bursar_cart=token-of-the-cookie'
    const { headers } = await call(link, { headers: { cookie, 'sec-fetch-site': 'cross-site' } })
    expect(commerce.purchases[0]?.principal).toMatchObject({ cartToken: 'token-of-the-cookie' })
    expect(headers.get('set-cookie')).toBeNull()
  })

  test('a HEAD does not buy', async () => {
    const { commerce, call } = setup()
    const response = await call(link, { method: 'HEAD' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET'])
    expect(commerce.purchases).toEqual([])
  })

  test('says what is missing', async () => {
    const { call } = setup()
    const problem = await problemOf(await call('/v1/buy?quantity=-1'))
    expect(problem.issues).toMatchObject([{ path: 'variant' }, { path: 'return' }, { path: 'quantity' }])
  })

  test('the cookie is not Secure where the shop is not', async () => {
    const handler = createHandler(fakeCommerce())
    const { headers } = await handler(new Request(`http://shop.test${link}`))
    expect(headers.get('set-cookie')).not.toContain('Secure')
  })

  test.each([
    ['https', true],
    ['https,http', true],
    ['https , http, http', true],
    ['http,https', false],
    ['http', false],
  ])('behind proxies that came by %s, as the shopper did, it is Secure: %s', async (proto, isSecure) => {
    const handler = createHandler(fakeCommerce())
    const { headers } = await handler(
      new Request(`http://shop.test${link}`, { headers: { 'x-forwarded-proto': proto } }),
    )
    expect(headers.get('set-cookie')?.endsWith('; Secure')).toBe(isSecure)
  })
})

describe('webhooks', () => {
  test('hand on the bytes as they came', async () => {
    const { commerce, call } = setup()
    const body = new Uint8Array([0, 255, 10, 13, 200])
    const response = await call('/v1/webhooks/pac_1', { method: 'POST', headers: { 'x-signature': 's' }, body })
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(commerce.webhooks).toEqual([{ account: 'pac_1', bytes: body, signature: 's' }])
  })

  test('are bounded at 1 MB, and refused for an unknown account', async () => {
    const { commerce, call } = setup()
    const large = { method: 'POST', body: new Uint8Array(1024 * 1024 + 1) }
    expect(await problemOf(await call('/v1/webhooks/pac_1', large))).toMatchObject({
      status: 413,
      detail: 'The body is larger than 1 MB.',
    })
    const unknown = await call('/v1/webhooks/unknown', { method: 'POST', body: '{}' })
    expect(await problemOf(unknown)).toMatchObject({ status: 404, code: 'not_found' })
    expect(commerce.webhooks).toEqual([])
  })

  test('of an unknown account are refused before their body is read', async () => {
    const pull = vi.fn()
    const body = new ReadableStream({ pull }, { highWaterMark: 0 })
    const refused = await setup().call('/v1/webhooks/unknown', { method: 'POST', body })
    expect([refused.status, pull.mock.calls]).toEqual([404, []])
  })
})

describe('the rest', () => {
  test('/openapi.json has an ETag and is kept', async () => {
    const { call } = setup()
    const response = await call('/openapi.json')
    const document = (await response.json()) as { openapi: string; paths: object }
    expect(document.openapi).toMatch(/^3\.1/)
    expect(document.paths).toHaveProperty(['/v1/carts/{cartId}/lines'])
    const etag = response.headers.get('etag') ?? ''
    expect(response.headers.get('cache-control')).toContain('max-age')
    const again = await call('/openapi.json', { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  test('/v1/site/theme.css is the look of the site that was asked, with an ETag', async () => {
    const { commerce, call } = setup()
    commerce.answer = ({ principal }) => ({ theme: principal.site === 'main' ? { accent: '#7a1f3d' } : {} })
    const response = await call('/v1/site/theme.css')
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(await response.text()).toContain('--bursar-accent:#7a1f3d;')
    const etag = response.headers.get('etag') ?? ''
    const again = await call('/v1/site/theme.css', { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    for (const named of [`W/${etag}`, `"other", W/${etag}`, '*']) {
      expect((await call('/v1/site/theme.css', { headers: { 'if-none-match': named } })).status).toBe(304)
    }
    const ofOther = { host: 'other.test', 'if-none-match': etag }
    expect(await (await call('/v1/site/theme.css', { headers: ofOther })).text()).not.toContain('#7a1f3d')
  })

  test('health: the process lives, the storage is ready or not', async () => {
    const { commerce, logger, call } = setup()
    expect((await call('/health/live')).status).toBe(200)
    expect((await call('/health/ready')).status).toBe(200)
    expect(logger.lines).toEqual([])
    commerce.isReady = async () => false
    expect(await problemOf(await call('/health/ready'))).toMatchObject({ status: 503, code: 'unavailable' })
    commerce.isReady = () => Promise.reject(new Error('no disk'))
    expect((await call('/health/ready')).status).toBe(500)
    expect((await call('/health/live')).status).toBe(200)
  })

  test.each([
    ['is busy for a moment', 3, 0, 200, 4],
    ['is down', 99, 0, 503, 5],
    ['says nothing for long', 1, 300, 503, 1],
  ])('health: a storage that %s', async (_, refusals, afterMs, status, times) => {
    const { commerce, call } = setup()
    let asked = 0
    commerce.isReady = async () => {
      asked += 1
      if (asked > refusals) return true
      await sleep(afterMs)
      return false
    }
    expect((await call('/health/ready')).status).toBe(status)
    expect(asked).toBe(times)
  })

  test('a request id is taken over if it is harmless, else made', async () => {
    const { logger, call } = setup()
    const given = await call('/v1/site', { headers: { 'bursar-request-id': 'req-from-outside' } })
    expect(given.headers.get('bursar-request-id')).toBe('req-from-outside')
    expect(logger.lines.at(-1)?.fields.requestId).toBe('req-from-outside')
    const made = await call('/v1/site', { headers: { 'bursar-request-id': 'x"} {"level":"error' } })
    expect(made.headers.get('bursar-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('answers are not kept, framed or sniffed', async () => {
    const { call } = setup()
    const { headers } = await call('/v1/site')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  test('one line per request: the route, not the address; who, where and how long', async () => {
    const { logger, call } = setup()
    await call('/v1/carts/crt_1/codes/SAVE10?x=y', { method: 'DELETE', headers: { authorization: 'Bearer right' } })
    expect(logger.lines).toHaveLength(1)
    expect(logger.lines[0]).toMatchObject({
      level: 'info',
      message: 'request',
      fields: {
        method: 'DELETE',
        route: '/v1/carts/{cartId}/codes/{codeId}',
        site: 'main',
        operator: 'opr_a',
        principal: 'customer',
        ms: expect.any(Number),
      },
    })
    expect(JSON.stringify(logger.lines)).not.toContain('SAVE10')
  })
})
