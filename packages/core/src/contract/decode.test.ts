import { describe, expect, test } from 'vitest'
import { toRequest } from '../client/to-request.ts'
import { isBursarError } from '../errors/index.ts'
import type { AddressText } from './addresses.ts'
import { decodeRequest } from './decode.ts'
import { findOperation, operations } from './operations.ts'
import { parseInput } from './parse-input.ts'
import { decodeOptions, parseOptions } from './parse-options.ts'
import { schemasOf } from './schemas.ts'

const operation = (name: string) => {
  const found = findOperation(name)
  if (found === undefined) throw new Error(`There is no ${name}.`)
  return found
}

const decode = (name: string, parts: { path?: Record<string, string>; query?: string; body?: unknown }) =>
  decodeRequest(operation(name), { path: parts.path ?? {}, query: new URLSearchParams(parts.query), body: parts.body })

const issuesOf = (act: () => unknown): string[] => {
  try {
    act()
  } catch (error) {
    if (isBursarError(error)) return error.issues.map(({ message }) => message)
    throw error
  }
  return []
}

describe('decodeRequest', () => {
  test('reads whole numbers of a query by the schema, and texts of digits as texts', () => {
    expect(decode('products.list', { query: 'limit=5&search=101&cursor=7' })).toEqual({
      limit: 5,
      search: '101',
      cursor: '7',
    })
  })

  test.each(['', '1.5', '1e3', '0x10', '+1', ' 1', '01', 'NaN', '9'.repeat(30)])(
    'limit=%j is refused by the schema',
    (limit) => {
      const query = new URLSearchParams({ limit }).toString()
      const act = () => parseInput(schemasOf('products.list').input, decode('products.list', { query }))
      expect(issuesOf(act)).toEqual(['limit must be a whole number from 1 to 100.'])
    },
  )

  test('an unknown name of a query is refused by name', () => {
    const act = () => parseInput(schemasOf('products.list').input, decode('products.list', { query: 'colour=red' }))
    expect(issuesOf(act)).toEqual(['colour is not known here: leave it out.'])
  })

  test('what comes more than once is refused', () => {
    expect(issuesOf(() => decode('products.list', { query: 'limit=1&limit=2' }))).toEqual([
      'limit comes more than once.',
    ])
  })

  test('joins path and body', () => {
    expect(decode('carts.addLine', { path: { cartId: 'crt_1' }, body: { lineId: 'a', variantId: 'b' } })).toEqual({
      cartId: 'crt_1',
      lineId: 'a',
      variantId: 'b',
    })
  })

  test('a member of the path may not stand in body or query as well', () => {
    const twice = ['cartId stands in the address already: leave it out.']
    const path = { cartId: 'crt_1' }
    expect(issuesOf(() => decode('carts.addLine', { path, body: { cartId: 'crt_2' } }))).toEqual(twice)
    expect(issuesOf(() => decode('carts.get', { path, query: 'cartId=crt_1' }))).toEqual(twice)
  })

  test('a body has no query beside it', () => {
    expect(issuesOf(() => decode('carts.create', { query: 'currency=EUR', body: {} }))).toEqual([
      'currency stands in the address: put it in the body.',
    ])
  })

  test.each([[null], [[]], ['text'], [5]])('the body %j is no object', (body) => {
    expect(issuesOf(() => decode('carts.create', { body }))).toEqual(['The request must be an object.'])
  })

  test('no body is an empty one, and DELETE has none', () => {
    expect(decode('carts.create', {})).toEqual({})
    expect(decode('carts.removeLine', { path: { cartId: 'crt_1', lineId: 'a' }, body: { price: 1 } })).toEqual({
      cartId: 'crt_1',
      lineId: 'a',
    })
  })

  test('`__proto__` stays a member, for the bounds to refuse', () => {
    const input = decode('carts.create', { body: JSON.parse('{"__proto__": {"currency": "EUR"}}') })
    expect(Object.hasOwn(input as object, '__proto__')).toBe(true)
  })
})

describe('what the client sends, the server reads', () => {
  const samples: Record<string, object> = {
    'products.list': { search: 'a&b=c ü', limit: 20, cursor: 'x+y/z' },
    'products.get': { idOrSlug: 'кулинария-50%', currency: 'EUR' },
    'carts.removeCode': { cartId: 'crt_1', codeId: 'cod_1' },
    'carts.checkout': {
      cartId: 'crt_1',
      expectedTotal: { amount: 0, currency: 'EUR' },
      guest: { email: 'a@b.example' },
    },
    'admin.jobs.list': { state: 'parked', limit: 1 },
    'admin.orders.refundOptions': { orderId: 'ord_1', windowDays: 14, beforeStart: true, withoutWaiver: false },
    'admin.orders.cancel': { orderId: 'ord_1', reason: 'asked for' },
  }

  test.each(Object.entries(samples))('%s', (name, input) => {
    const { route } = operation(name)
    const [address, { body }] = toRequest(`${route.method} ${route.path}` as AddressText, input)
    const url = new URL(address, 'https://a.example')
    const pattern = new RegExp(`^${route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
    const path = Object.fromEntries(
      Object.entries(pattern.exec(url.pathname)?.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]),
    )
    const parts = { path, query: url.searchParams, body: body === undefined ? undefined : JSON.parse(body) }
    expect(decodeRequest(operation(name), parts)).toEqual(input)
  })

  test('every query holds only what an address can say', () => {
    for (const one of operations.filter(({ route }) => route.method === 'GET' || route.method === 'DELETE')) {
      expect(() => decodeRequest(one, { path: {}, query: new URLSearchParams() }), one.name).not.toThrow()
    }
  })
})

describe('options', () => {
  const checkout = operation('carts.checkout').route
  const addLine = operation('carts.addLine').route
  const get = operation('carts.get').route
  const headers = (given: Record<string, string>) => (name: string) => given[name] ?? null

  test('are read from headers', () => {
    expect(decodeOptions(headers({ 'idempotency-key': 'abcdefgh', 'if-match': '"3"' }))).toEqual({
      idempotencyKey: 'abcdefgh',
      ifVersion: 3,
    })
    expect(decodeOptions(headers({ 'if-match': ' 3 ' })).ifVersion).toBe(3)
    expect(decodeOptions(headers({}))).toEqual({ idempotencyKey: undefined, ifVersion: undefined })
  })

  test.each(['*', 'W/"3"', '"a"', '', '"3", "4"'])('If-Match: %s names no version', (match) => {
    expect(issuesOf(() => decodeOptions(headers({ 'if-match': match })))).toEqual([
      'If-Match must be a version such as "3".',
    ])
  })

  test('a required key is asked for', () => {
    expect(() => parseOptions(checkout, {})).toThrow(expect.objectContaining({ code: 'idempotency_key_required' }))
    expect(parseOptions(checkout, { idempotencyKey: 'abcdefgh' })).toMatchObject({ idempotencyKey: 'abcdefgh' })
  })

  test.each(['', 'short', 'with a space', 'a'.repeat(201), 'schlüssel-1'])('%j is no key', (idempotencyKey) => {
    expect(issuesOf(() => parseOptions(addLine, { idempotencyKey }))).toHaveLength(1)
  })

  test('a key where none is taken is ignored, a version is refused', () => {
    expect(parseOptions(get, { idempotencyKey: 'abcdefgh' }).idempotencyKey).toBeUndefined()
    expect(issuesOf(() => parseOptions(get, { ifVersion: 3 }))).toEqual([
      'ifVersion is not known here: this operation compares no version.',
    ])
  })

  test.each([0, -1, 1.5, Number.NaN, 2 ** 60])('%s is no version', (ifVersion) => {
    expect(issuesOf(() => parseOptions(addLine, { ifVersion }))).toHaveLength(1)
  })
})
