import { BursarError, type Principal } from '@bursar/core'
import { afterEach, expect, test, vi } from 'vitest'
import { memoryRateLimits } from '../rate-limits/index.ts'
import { fakeCommerce } from '../testing/fake-commerce.ts'
import { createHandler } from './create-handler.ts'
import type { HandlerOptions } from './handler-options.ts'
import { MOST_WAITING } from './in-turns.ts'

const TWO = { acts: 2, seconds: 60 }

afterEach(() => vi.useRealTimers())

function setup(limits = { codes: TWO, carts: TWO, payments: TWO }, options: HandlerOptions = {}) {
  const commerce = fakeCommerce()
  const handler = createHandler(commerce, { rateLimits: memoryRateLimits(limits), ...options })
  const ask = (path: string, { body, headers = {}, address = '192.0.2.7', signal }: Ask = {}) => {
    const init = { method: 'POST', body: JSON.stringify(body ?? {}), headers: { ...JSON_TYPE, ...headers } }
    const request = new Request(`https://shop.test${path}`, {
      ...(body === undefined ? {} : init),
      signal: signal ?? null,
    })
    return handler(request, {
      ...(address === null ? {} : { address }),
    })
  }
  return { commerce, ask }
}

interface Ask {
  body?: unknown
  headers?: Record<string, string>
  address?: string | null
  signal?: AbortSignal
}

const JSON_TYPE = { 'content-type': 'application/json' }
const WRONG = { code: 'WRONG' }
const CODES = '/v1/carts/crt_1/codes'
const refuse = () => {
  throw new BursarError('code_not_valid')
}

test('wrong codes are counted by address, and one too many is told when to come again', async () => {
  const { commerce, ask } = setup()
  commerce.answer = refuse
  for (let n = 0; n < 2; n += 1) expect((await ask(CODES, { body: WRONG })).status).toBe(409)
  const limited = await ask(CODES, { body: WRONG })
  expect(limited.status).toBe(429)
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(50)
  expect(await limited.json()).toMatchObject({ code: 'rate_limited', reason: 'codes' })
  expect(commerce.invocations).toHaveLength(2)
  expect((await ask(CODES, { body: WRONG, address: '192.0.2.8' })).status).toBe(409)
})

test('codes that are valid are not counted, nor what failed for another reason', async () => {
  const { commerce, ask } = setup()
  for (let n = 0; n < 5; n += 1) expect((await ask(CODES, { body: { code: 'TENOFF' } })).status).toBe(200)
  commerce.answer = () => {
    throw new BursarError('cart_not_open')
  }
  for (let n = 0; n < 5; n += 1) expect((await ask(CODES, { body: WRONG })).status).toBe(409)
})

test('valid codes that come all at once keep nobody out', async () => {
  const { commerce, ask } = setup()
  const body = { code: 'TENOFF' }
  let answer = () => {}
  const looked = new Promise<void>((resolve) => {
    answer = resolve
  })
  commerce.answer = () => looked
  const all = Array.from({ length: 5 }, () => ask(CODES, { body }))
  // They may all be valid, so another try is soon worth it.
  const refused = await Promise.any(all.slice(2))
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  answer()
  expect((await Promise.all(all)).map(({ status }) => status)).toEqual([200, 200, 429, 429, 429])
  for (let n = 0; n < 5; n += 1) expect((await ask(CODES, { body })).status).toBe(200)
  // Those that are not are counted as before.
  commerce.answer = refuse
  const guesses = await Promise.all(Array.from({ length: 5 }, () => ask(CODES, { body: WRONG })))
  expect(guesses.map(({ status }) => status).sort()).toEqual([409, 409, 429, 429, 429])
  expect(Number((await ask(CODES, { body })).headers.get('retry-after'))).toBeGreaterThan(50)
})

test('more codes than a question may name are refused for that, and count for nothing', async () => {
  const { commerce, ask } = setup({ codes: { acts: 30, seconds: 60 }, carts: TWO, payments: TWO })
  const { paths } = JSON.parse(await (await ask('/openapi.json')).text())
  const { maxItems } = paths['/v1/quotes'].post.requestBody.content['application/json'].schema.properties.codes
  commerce.answer = ({ input }) => {
    if ((input as { codes: string[] }).codes.length > maxItems) throw new BursarError('invalid_input')
    return { quotes: [{ codes: [] }] }
  }
  const quote = async (length: number) => {
    const codes = Array.from({ length }, () => 'CODE')
    return (await ask('/v1/quotes', { body: { lines: [], codes } })).status
  }
  expect([await quote(31), await quote(maxItems + 1), await quote(maxItems + 1)]).toEqual([400, 400, 400])
  expect([await quote(maxItems), await quote(11), await quote(10), await quote(1)]).toEqual([200, 429, 200, 429])
})

test('a price that is asked for with codes tells of them too', async () => {
  const { commerce, ask } = setup()
  commerce.answer = () => ({ quotes: [{ codes: [] }] })
  const body = { lines: [], codes: ['ONE', 'TWO'] }
  expect((await ask('/v1/quotes', { body })).status).toBe(200)
  expect((await ask('/v1/quotes', { body })).status).toBe(429)
  expect((await ask('/v1/quotes', { body: { lines: [] } })).status).toBe(200)
})

test('so does a link', async () => {
  const { commerce, ask } = setup()
  commerce.buy = async () => ({ location: 'https://learn.test/?bursar_error=code_not_valid', cartId: 'crt_1' })
  const link = '/v1/buy?variant=v&return=https%3A%2F%2Flearn.test%2F'
  const headers = { 'bursar-cart-token': 'tok' }
  const follow = async (query: string) => (await ask(`${link}${query}`, { headers })).status
  // One that makes no cart counts its code alone.
  expect([await follow('&code=A'), await follow('&code=B')]).toEqual([302, 302])
  expect(await follow('&code=C')).toBe(429)
})

test('a link that makes a cart is counted, whatever token comes with it', async () => {
  const { commerce, ask } = setup()
  commerce.buy = async () => ({ location: 'https://learn.test/', cartId: 'crt_1', token: 'new' })
  const link = '/v1/buy?variant=v&return=https%3A%2F%2Flearn.test%2F'
  const follow = async () => (await ask(link, { headers: { 'bursar-cart-token': 'opens-nothing' } })).status
  expect([await follow(), await follow(), await follow(), await follow()]).toEqual([302, 302, 302, 429])
})

test('carts that are made are counted, of a customer by who they are', async () => {
  const { ask } = setup()
  const make = async (options: Ask = {}) => (await ask('/v1/carts', { body: {}, ...options })).status
  expect([await make(), await make(), await make()]).toEqual([201, 201, 429])
  const headers = { authorization: 'Bearer learner-1' }
  const asCustomer = [await make({ headers }), await make({ headers, address: '192.0.2.99' }), await make({ headers })]
  expect(asCustomer).toEqual([201, 201, 429])
  expect([await make({ address: null }), await make({ address: null }), await make({ address: null })]).toEqual(
    Array.from({ length: 3 }, () => 201),
  )
})

test('cards that are tried are counted until one is good, before the processor hears of the next', async () => {
  const { commerce, ask } = setup()
  const pay = async () =>
    (await ask('/v1/carts/crt_1/checkout', { body: {}, headers: { 'idempotency-key': 'k' } })).status
  const answers = (status: string) => {
    commerce.answer = () => ({ order: {}, payment: { status } })
  }
  for (const status of ['captured', 'processing', 'requires_action', 'authorized', 'created']) {
    answers(status)
    expect(await pay()).toBe(200)
  }
  commerce.answer = () => ({ order: {}, payment: null })
  expect([await pay(), await pay(), await pay()]).toEqual([200, 200, 200])
  commerce.answer = () => {
    throw new BursarError('price_changed')
  }
  expect([await pay(), await pay(), await pay()]).toEqual([409, 409, 409])
  // However many pay at once, nobody keeps the others out.
  answers('captured')
  expect(await Promise.all(Array.from({ length: 9 }, pay))).toEqual(Array.from({ length: 9 }, () => 200))
  answers('failed')
  expect([await pay(), await pay(), await pay()]).toEqual([200, 200, 200])
  const before = commerce.invocations.length
  expect([await pay(), await pay()]).toEqual([429, 429])
  expect(commerce.invocations).toHaveLength(before)
})

test('cards that are tried all at once are refused as soon as too many were declined', async () => {
  const { commerce, ask } = setup()
  commerce.answer = async () => {
    await new Promise(setImmediate)
    return { order: {}, payment: { status: 'failed' } }
  }
  const pay = async () =>
    (await ask('/v1/carts/crt_1/checkout', { body: {}, headers: { 'idempotency-key': 'k' } })).status
  const answers = await Promise.all(Array.from({ length: 100 }, pay))
  const tried = answers.filter((status) => status === 200).length
  expect(tried).toBeLessThanOrEqual(2 * TWO.acts)
  expect(answers.filter((status) => status === 429)).toHaveLength(100 - tried)
  expect(commerce.invocations).toHaveLength(tried)
})

test('links that are followed all at once make few carts more than they may', async () => {
  const { commerce, ask } = setup()
  let made = 0
  commerce.buy = async () => {
    await new Promise(setImmediate)
    made += 1
    return { location: 'https://learn.test/', cartId: 'crt_1', token: 'new' }
  }
  const link = '/v1/buy?variant=v&return=https%3A%2F%2Flearn.test%2F'
  const answers = await Promise.all(Array.from({ length: 100 }, async () => (await ask(link)).status))
  expect(made).toBeLessThanOrEqual(2 * TWO.acts)
  expect(answers.filter((status) => status === 429)).toHaveLength(100 - made)
})

test('a class that pays at once waits for each other, and nobody of it is kept out', async () => {
  const { commerce, ask } = setup({ codes: TWO, carts: TWO, payments: { acts: 50, seconds: 60 } })
  let [underWay, most] = [0, 0]
  commerce.answer = async () => {
    underWay += 1
    most = Math.max(most, underWay)
    await new Promise(setImmediate)
    underWay -= 1
    return { order: {}, payment: { status: 'captured' } }
  }
  const pay = async () => (await ask(CHECKOUT, PAYMENT)).status
  expect(new Set(await Promise.all(Array.from({ length: 100 }, pay)))).toEqual(new Set([200]))
  expect(most).toBe(50)
})

const CHECKOUT = '/v1/carts/crt_1/checkout'
const PAYMENT = { body: {}, headers: { 'idempotency-key': 'k' } }
const turn = () => new Promise(setImmediate)

/** A shop whose processor answers when it is told to. */
function slowShop(options: HandlerOptions = {}) {
  const { commerce, ask } = setup(undefined, options)
  const { promise, resolve } = Promise.withResolvers<void>()
  commerce.answer = async ({ operation }) => {
    if (operation !== 'carts.checkout') return {}
    await promise
    return { order: {}, payment: { status: 'captured' } }
  }
  const charged = () => commerce.invocations.filter(({ operation }) => operation === 'carts.checkout').length
  return { ask, charged, answer: resolve }
}

test('a shopper beside a network that queues is answered, and of those that queue too many are told to come again', async () => {
  const { ask, charged, answer } = slowShop({ maxInFlight: 5 })
  const all: Promise<Response>[] = []
  // As they come: what has just come has a place of its own for a moment.
  for (let n = 0; n < TWO.acts + MOST_WAITING + 3; n += 1) {
    all.push(ask(CHECKOUT, PAYMENT))
    await turn()
    await turn()
  }
  expect((await ask('/v1/site', { address: '192.0.2.8' })).status).toBe(200)
  for (const refused of await Promise.all(all.splice(-3))) {
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', reason: 'payments' })
  }
  expect(charged()).toBe(TWO.acts)
  answer()
  expect(new Set((await Promise.all(all)).map(({ status }) => status))).toEqual(new Set([200]))
})

test('a processor that never answers keeps nobody out for longer than half a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { ask, charged } = slowShop()
  for (let n = 0; n < TWO.acts; n += 1) void ask(CHECKOUT, PAYMENT)
  await turn()
  const late = ask(CHECKOUT, PAYMENT)
  await turn()
  vi.advanceTimersByTime(10_000)
  expect((await late).status).toBe(429)
  vi.advanceTimersByTime(20_000)
  void ask(CHECKOUT, PAYMENT)
  await turn()
  expect(charged()).toBe(TWO.acts + 1)
})

test('who is gone before their turn pays nothing, and who is gone later takes no place with them', async () => {
  const { ask, charged, answer } = slowShop()
  const callers = Array.from({ length: TWO.acts + 1 }, () => new AbortController())
  const all = callers.map(({ signal }) => ask(CHECKOUT, { ...PAYMENT, signal }))
  await turn()
  const last = ask(CHECKOUT, PAYMENT)
  for (const caller of callers) caller.abort()
  await turn()
  expect(charged()).toBe(TWO.acts)
  answer()
  expect((await last).status).toBe(200)
  expect((await Promise.all(all)).map(({ status }) => status)).toEqual([200, 200, 429])
  expect(charged()).toBe(TWO.acts + 1)
})

test('the addresses of one network are one', async () => {
  const { commerce, ask } = setup()
  commerce.answer = () => ({ order: {}, payment: { status: 'failed' } })
  const pay = async (end: number) => {
    const headers = { 'idempotency-key': `k${end}` }
    return (await ask('/v1/carts/crt_1/checkout', { body: {}, headers, address: `2001:db8::${end}` })).status
  }
  expect([await pay(1), await pay(2), await pay(3), await pay(4), await pay(5)]).toEqual([200, 200, 200, 429, 429])
  commerce.answer = refuse
  const guess = async (end: number) => (await ask(CODES, { body: WRONG, address: `2001:db8::${end}` })).status
  expect([await guess(1), await guess(2), await guess(3)]).toEqual([409, 409, 429])
})

test('machines and staff are not counted', async () => {
  const { commerce, ask } = setup()
  const service: Principal = { type: 'service', site: 'main', serviceId: 'lms', scopes: ['shop'], actingFor: 'l1' }
  commerce.authenticate = async () => service
  for (let n = 0; n < 5; n += 1) expect((await ask('/v1/carts', { body: {} })).status).toBe(201)
})
