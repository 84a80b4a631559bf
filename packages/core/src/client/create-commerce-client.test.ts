import { describe, expect, test } from 'vitest'
import { UNAVAILABLE } from '../errors/client-codes.ts'
import { type BursarError, isBursarError } from '../errors/index.ts'
import { survivingBytes } from '../testing/surviving-bytes.ts'
import { createAdminClient } from './admin.ts'
import { createCommerceClient, type Send } from './index.ts'

interface Sent {
  address: string
  init: RequestInit
}

const server = (answer: () => Response | Promise<Response>): { sent: Sent[]; fetch: Send } => {
  const sent: Sent[] = []
  const fetch: Send = async (address, init) => {
    sent.push({ address, init })
    return answer()
  }
  return { sent, fetch }
}

const json = (body: unknown, init: ResponseInit = {}): Response => new Response(JSON.stringify(body), init)
/** As the server says what went wrong; something of the host's may have passed it on under another type. */
const problemOf = (body: object, status: number, type = 'application/problem+json'): Response =>
  json({ status, ...body }, { status, headers: { 'content-type': type } })

const baseUrl = 'https://shop.example/api/'

const thrown = async (act: () => Promise<unknown>): Promise<BursarError> => {
  const error = await act().then(
    () => new Error('It did not throw.'),
    (reason) => reason,
  )
  if (!isBursarError(error)) throw error
  return error
}

const errorFor = (answer: () => Response | Promise<Response>): Promise<BursarError> =>
  thrown(() => createCommerceClient({ baseUrl, fetch: server(answer).fetch }).carts.get({ cartId: 'crt_1' }))

describe('a request', () => {
  test('has the route’s address, the input’s rest as its body, and the options as headers', async () => {
    const { sent, fetch } = server(() => json({ cart: {} }, { status: 201 }))
    const client = createCommerceClient({
      baseUrl,
      fetch,
      site: 'main',
      cartToken: () => 'secret',
      token: async () => 'jwt',
      headers: { 'x-own': '1' },
    })
    const answer = await client.carts.addLine(
      { cartId: 'crt_1', lineId: 'a', variantId: 'var_1' },
      { idempotencyKey: 'abcdefgh', ifVersion: 3 },
    )
    expect(answer).toEqual({ cart: {} })
    expect(sent).toMatchObject([
      {
        address: 'https://shop.example/api/v1/carts/crt_1/lines',
        init: {
          method: 'POST',
          body: '{"lineId":"a","variantId":"var_1"}',
          headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            'bursar-site': 'main',
            'bursar-cart-token': 'secret',
            authorization: 'Bearer jwt',
            'idempotency-key': 'abcdefgh',
            'if-match': '"3"',
            'x-own': '1',
          },
        },
      },
    ])
  })

  test('carries the cart token of the call before that of the client', async () => {
    const { sent, fetch } = server(() => json({ cart: {} }))
    await createCommerceClient({ baseUrl, fetch, cartToken: 'of-client' }).carts.get(
      { cartId: 'crt_1' },
      { cartToken: 'of-call' },
    )
    expect(sent[0]?.init.headers).toMatchObject({ 'bursar-cart-token': 'of-call' })
  })

  test('without options carries nothing but what it accepts', async () => {
    const { sent, fetch } = server(() => json({ items: [] }))
    const client = createCommerceClient({ baseUrl: '/shop', fetch, cartToken: () => null, token: () => undefined })
    await client.products.list({ search: 'a b&c', limit: 5, type: undefined })
    expect(sent[0]?.address).toBe('/shop/v1/products?search=a+b%26c&limit=5')
    expect(sent[0]?.init).toMatchObject({ method: 'GET', headers: { accept: 'application/json' } })
    expect(sent[0]?.init.body).toBeUndefined()
  })

  test('of DELETE has no body', async () => {
    const { sent, fetch } = server(() => json({}))
    await createCommerceClient({ baseUrl, fetch }).carts.removeLine({ cartId: 'crt_1', lineId: 'a' })
    expect(sent[0]?.init.body).toBeUndefined()
    expect(sent[0]?.address).toBe('https://shop.example/api/v1/carts/crt_1/lines/a')
  })

  test('of the admin goes to the admin’s address', async () => {
    const { sent, fetch } = server(() => json({}))
    await createAdminClient({ baseUrl, fetch }).jobs.retry({ id: 'job_1' })
    expect(sent[0]?.address).toBe('https://shop.example/api/v1/admin/jobs/job_1/retry')
  })

  test.each(['', '.', '..', '\ud800', undefined, 5])(
    '%j cannot stand in an address: what no input may hold goes in its place, for the server to refuse',
    async (lineId) => {
      const { sent, fetch } = server(() => json({}))
      const client = createCommerceClient({ baseUrl, fetch })
      await client.carts.updateLine({ cartId: 'crt_1', lineId: lineId as string, quantity: 2 })
      expect(sent.map(({ address }) => address)).toEqual(['https://shop.example/api/v1/carts/crt_1/lines/%00'])
    },
  )

  test('that cannot be made is a mistake of the program, not a server that does not answer', async () => {
    const { sent, fetch } = server(() => json({}))
    const headers = { 'x-own': 'two\nlines' }
    await expect(createCommerceClient({ baseUrl, fetch, headers }).site.get()).rejects.toThrow(TypeError)
    await expect(createCommerceClient({ baseUrl: '/shop' }).site.get()).rejects.toThrow('/shop/v1/site')
    expect(sent).toEqual([])
    for (const create of [createCommerceClient, createAdminClient]) {
      expect(() => create(JSON.parse('{}'))).toThrow('baseUrl is missing')
    }
  })

  test('escapes what stands in its path', async () => {
    const { sent, fetch } = server(() => json({}))
    await createCommerceClient({ baseUrl, fetch }).products.get({ idOrSlug: '../a?b#c ü' })
    expect(sent[0]?.address).toBe('https://shop.example/api/v1/products/..%2Fa%3Fb%23c%20%C3%BC')
  })
})

describe('an answer', () => {
  test('of status 204 is nothing', async () => {
    const { fetch } = server(() => new Response(null, { status: 204 }))
    expect(await createCommerceClient({ baseUrl, fetch }).site.get()).toBeUndefined()
  })

  test('that is a problem becomes the error that the server threw', async () => {
    const problem = {
      title: 'Conflict',
      status: 409,
      detail: 'The price has changed.',
      code: 'price_changed',
      issues: [{ path: 'expectedTotal', message: 'is old' }],
      reason: 'promotion_ended',
      data: { total: 5 },
      reference: 'ABCDEFGH',
      retryAfter: 2,
    }
    const error = await errorFor(() => problemOf(problem, 409))
    expect(error).toMatchObject({
      code: 'price_changed',
      status: 409,
      message: 'The price has changed.',
      issues: problem.issues,
      reason: 'promotion_ended',
      data: { total: 5 },
      reference: 'ABCDEFGH',
      retryAfter: 2,
      isRetryable: false,
    })
    expect(isBursarError(error, 'price_changed')).toBe(true)
  })

  test('with a code that this version does not know keeps code, status and sentence', async () => {
    const error = await errorFor(() => problemOf({ code: 'gift_expired', detail: 'Too late.' }, 422))
    expect([error.code, error.status, error.message, error.isRetryable]).toEqual([
      'gift_expired',
      422,
      'Too late.',
      false,
    ])
    expect((await errorFor(() => problemOf({ code: 'moon_full' }, 503))).isRetryable).toBe(true)
  })

  test.each([
    [502, 'unavailable', true],
    [503, 'unavailable', true],
    [504, 'unavailable', true],
    [522, 'unavailable', true],
    [429, 'rate_limited', true],
    [500, 'internal', false],
    [401, 'unauthenticated', false],
    [403, 'unavailable', true],
    [404, 'unavailable', true],
    [408, 'unavailable', true],
    [200, 'unavailable', true],
    [302, 'unavailable', true],
  ])(
    'of status %i that is a page and no JSON is %s; is it worth another try: %s',
    async (status, code, isRetryable) => {
      const error = await errorFor(() => new Response('<html>', { status, headers: { 'retry-after': '7' } }))
      expect([error.code, error.retryAfter, error.isRetryable]).toEqual([code, 7, isRetryable])
    },
  )

  test.each([200, 403, 404, 408])(
    'that is the page of something between is none, whatever its status says: %i, which the cause tells, and the shopper is not told',
    async (status) => {
      const error = await errorFor(() => new Response('<!doctype html><title>Sign in</title>', { status }))
      expect([error.code, error.status, error.message]).toEqual(['unavailable', 503, UNAVAILABLE[2]])
      expect(error.cause).toMatchObject({ status })
    },
  )

  test.each([
    [403, { error: 'Forbidden' }],
    [403, { message: 'Forbidden' }],
    [404, { code: 'rest_no_route', message: 'No route was found.', data: { status: 404 } }],
    [404, { detail: 'Not found.' }],
    [409, { code: 5 }],
  ])('that is JSON of something else is none either, nor what it says: %i %o', async (status, body) => {
    const error = await errorFor(() => Response.json(body, { status }))
    expect([error.code, error.status, error.message, error.data]).toEqual([
      'unavailable',
      503,
      UNAVAILABLE[2],
      undefined,
    ])
    expect((await errorFor(() => problemOf({ ...body, code: 5 }, status))).code).toBe('unavailable')
  })

  test.each(['application/json', 'application/problem+json; charset=utf-8'])(
    'that something of the host’s passed on as %s is the server’s word still',
    async (type) => {
      const error = await errorFor(() => problemOf({ code: 'sold_out', detail: 'No places are left.' }, 409, type))
      expect([error.code, error.status, error.message]).toEqual(['sold_out', 409, 'No places are left.'])
    },
  )

  test('that is the page of a gateway which wants a sign-in says so', async () => {
    const error = await errorFor(() => new Response('<!doctype html>', { status: 401 }))
    expect([error.code, error.status]).toEqual(['unauthenticated', 401])
  })

  test.each([
    ['Mon, 30 Nov 2026 07:30:20 GMT', 20],
    ['Mon, 30 Nov 2026 07:29:00 GMT', undefined],
    ['soon', undefined],
    ['0', undefined],
  ])('says when to try again by a date too, by the clock of the server: %s', async (retryAfter, seconds) => {
    const headers = { 'retry-after': retryAfter, date: 'Mon, 30 Nov 2026 07:30:00 GMT' }
    expect((await errorFor(() => new Response('', { status: 503, headers }))).retryAfter).toBe(seconds)
  })

  test.each([
    () => Promise.reject(new Error('The session does not answer.')),
    () => {
      throw new Error('The session does not answer.')
    },
  ])('is unavailable where the token cannot be had, with its cause', async (token) => {
    const { sent, fetch } = server(() => json({}))
    const error = await thrown(() => createCommerceClient({ baseUrl, fetch, token }).site.get())
    expect([error.code, error.isRetryable, (error.cause as Error).message]).toEqual([
      'unavailable',
      true,
      'The session does not answer.',
    ])
    expect(sent).toEqual([])
  })

  test('that never comes is unavailable, with its cause', async () => {
    const cause = new TypeError('fetch failed')
    const error = await errorFor(() => Promise.reject(cause))
    expect([error.code, error.isRetryable, error.cause]).toEqual(['unavailable', true, cause])
  })

  test('that breaks off in its body is unavailable', async () => {
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error('reset')) })
    expect((await errorFor(() => new Response(broken))).code).toBe('unavailable')
  })

  test('that takes too long is unavailable', async () => {
    const fetch: Send = (_, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    const error = await thrown(() => createCommerceClient({ baseUrl, fetch, timeoutMs: 5 }).site.get())
    expect([error.code, (error.cause as Error).name]).toEqual(['unavailable', 'TimeoutError'])
  })

  test('that the caller no longer waits for is the caller’s own reason', async () => {
    const fetch: Send = (_, { signal }) => Promise.reject(signal?.reason)
    const signal = AbortSignal.abort(new Error('left the page'))
    await expect(createCommerceClient({ baseUrl, fetch }).site.get({}, { signal })).rejects.toThrow('left the page')
  })
})

test.each(['token', 'fetch'] as const)(
  'is unavailable after the time-out where the host’s own %s never answers',
  async (what) => {
    const never = () => new Promise<never>(() => {})
    const host = { fetch: async () => json({}), [what]: never }
    const client = createCommerceClient({ baseUrl: 'https://shop.example', timeoutMs: 20, ...host })
    await expect(client.site.get()).rejects.toMatchObject({ code: 'unavailable' })
  },
)

test.each(['token', 'fetch'] as const)(
  'is given up where its caller does while the host’s own %s hangs',
  async (what) => {
    const never = () => new Promise<never>(() => {})
    const host = { fetch: async () => json({}), [what]: never }
    const client = createCommerceClient({ baseUrl: 'https://shop.example', timeoutMs: 3_600_000, ...host })
    const caller = new AbortController()
    const asked = client.site.get({}, { signal: caller.signal })
    caller.abort(new Error('The page was left.'))
    await expect(asked).rejects.toThrow('The page was left.')
  },
)

test('a version that is none is not left out of the request: it is the server that refuses it', async () => {
  const versions: (string | null)[] = []
  const fetch = async (_url: unknown, { headers }: RequestInit = {}) => {
    versions.push(new Headers(headers).get('if-match'))
    return json({})
  }
  const client = createCommerceClient({ baseUrl: 'https://shop.example', fetch })
  for (const ifVersion of [Number.NaN, -1, 0, 3]) {
    await client.carts.removeLine({ cartId: 'crt_1', lineId: 'a' }, { ifVersion }).catch(() => {})
  }
  expect(versions).toEqual(['"NaN"', '"-1"', '"0"', '"3"'])
})

test('no answer is held until the time-out', async () => {
  const text = JSON.stringify({ name: 'x'.repeat(20_000) })
  const fetch = async () => new Response(text, { headers: { 'content-type': 'application/json' } })
  const client = createCommerceClient({ baseUrl: 'https://shop.example', fetch, timeoutMs: 3_600_000 })
  const held = await survivingBytes(300, async () => {
    await client.site.get()
  })
  expect(held).toBeLessThan(300 * 5000)
})
