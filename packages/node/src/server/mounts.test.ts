import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { afterEach, describe, expect, test } from 'vitest'
import { createHandler } from '../handler/index.ts'
import { type FakeCommerce, fakeCommerce } from '../testing/fake-commerce.ts'
import { listen } from '../testing/listen.ts'
import { toNodeListener } from './to-node-listener.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(listener: Parameters<typeof listen>[0]): Promise<string> {
  const { url, close } = await listen(listener)
  closing.push(close)
  return url
}

const json = { 'content-type': 'application/json' }
const EVENT = new Uint8Array([123, 34, 255, 0, 10, 125])

const addLine = (url: string): Promise<Response> =>
  fetch(`${url}/v1/carts/crt_1/lines?`, {
    method: 'POST',
    headers: { ...json, 'idempotency-key': 'key-12345' },
    body: JSON.stringify({ lineId: 'l1', variantId: 'var_ü' }),
  })

const sendEvent = (url: string): Promise<Response> =>
  fetch(`${url}/v1/webhooks/pac_1`, { method: 'POST', headers: { ...json, 'x-signature': 's' }, body: EVENT })

/** A mount works when a read, a command with its body and headers, and a webhook's bytes reach the shop. */
async function expectWhole(url: string, commerce: FakeCommerce): Promise<void> {
  expect(await (await fetch(`${url}/v1/products?limit=5`)).text()).toBe('{}')
  expect((await addLine(url)).status).toBe(200)
  expect((await sendEvent(url)).status).toBe(204)
  expect((await fetch(`${url}/v1/nothing`)).headers.get('content-type')).toBe('application/problem+json')
  expect(commerce.invocations).toMatchObject([
    { operation: 'products.list', input: { limit: 5 } },
    {
      operation: 'carts.addLine',
      input: { cartId: 'crt_1', lineId: 'l1', variantId: 'var_ü' },
      options: { idempotencyKey: 'key-12345' },
    },
  ])
  expect(commerce.webhooks).toEqual([{ account: 'pac_1', bytes: EVENT, signature: 's' }])
}

describe('bare node:http', () => {
  test('at the root', async () => {
    const commerce = fakeCommerce()
    const url = await start(toNodeListener(createHandler(commerce)))
    await expectWhole(url, commerce)
  })

  // As on-headers 1.0 does, of which compression and express-session are made.
  test('where something sets the headers that writeHead is given, one by one', async () => {
    const commerce = fakeCommerce()
    const listener = toNodeListener(createHandler(commerce))
    const url = await start((incoming, outgoing) => {
      const writeHead = outgoing.writeHead.bind(outgoing)
      const setEach = (status: number, headers: object = {}): typeof outgoing => {
        const fields: Iterable<[string, string]> = Array.isArray(headers) ? headers : Object.entries(headers)
        for (const [name, value] of fields) outgoing.setHeader(name, value)
        return writeHead(status)
      }
      Object.assign(outgoing, { writeHead: setEach })
      return listener(incoming, outgoing)
    })
    await expectWhole(url, commerce)
    expect((await fetch(`${url}/v1/products?limit=5`)).headers.get('cache-control')).toBe('no-store')
  })

  test('the process keeps its own Request and Response', async () => {
    const { Request: before } = globalThis
    const url = await start(toNodeListener(createHandler(fakeCommerce())))
    await fetch(`${url}/v1/site`)
    expect(globalThis.Request).toBe(before)
  })

  test('10 MB: refused before they are read, and the server lives', async () => {
    const commerce = fakeCommerce()
    const url = await start(toNodeListener(createHandler(commerce)))
    const body = new Uint8Array(10 * 1024 * 1024).fill(0x20)
    const response = await fetch(`${url}/v1/carts`, { method: 'POST', headers: json, body })
    expect([response.status, await response.json()]).toMatchObject([413, { code: 'body_too_large' }])
    expect((await fetch(`${url}/v1/site`)).status).toBe(200)
  })

  test('10 MB in pieces of unknown number: cut while they come', async () => {
    const commerce = fakeCommerce()
    const url = await start(toNodeListener(createHandler(commerce)))
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 64 * 1024
        controller.enqueue(new Uint8Array(64 * 1024).fill(0x20))
        if (sent >= 10 * 1024 * 1024) controller.close()
      },
    })
    const response = await fetch(`${url}/v1/carts`, { method: 'POST', headers: json, body, duplex: 'half' })
    expect([response.status, await response.json()]).toMatchObject([413, { code: 'body_too_large' }])
    expect(commerce.invocations).toEqual([])
  })

  test('a Host that is none', async () => {
    const url = await start(toNodeListener(createHandler(fakeCommerce())))
    const { hostname, port } = new URL(url)
    const { request } = await import('node:http')
    const status = await new Promise((resolve, reject) => {
      const call = request({ hostname, port, path: '/v1/site', headers: { host: 'a b/c?' } }, (answer) => {
        answer.resume()
        resolve([answer.statusCode, answer.headers['content-type']])
      })
      call.on('error', reject).end()
    })
    expect(status).toEqual([400, 'application/problem+json'])
  })

  test('X-Forwarded-Host names the site only where a proxy is trusted', async () => {
    const commerce = fakeCommerce()
    const forwarded = { 'x-forwarded-host': 'other.test' }
    const direct = await start(toNodeListener(createHandler(commerce)))
    await fetch(`${direct}/v1/site`, { headers: forwarded })
    const behind = await start(toNodeListener(createHandler(commerce), { trustsForwardedHost: true }))
    await fetch(`${behind}/v1/site`, { headers: forwarded })
    expect(commerce.invocations.map(({ principal }) => principal.site)).toEqual(['main', 'other'])
  })
})

describe('Express 5', () => {
  test('before the body parser', async () => {
    const commerce = fakeCommerce()
    const app = express()
    app.use('/shop', toNodeListener(createHandler(commerce)))
    app.use(express.json())
    app.post('/own', (request, response) => void response.json({ got: request.body as unknown }))
    const url = await start(app)
    await expectWhole(`${url}/shop`, commerce)
    const own = await fetch(`${url}/own`, { method: 'POST', headers: json, body: '{"a":1}' })
    expect(await own.json()).toEqual({ got: { a: 1 } })
  })

  test.each([
    ['toNodeListener', toNodeListener],
    ['@hono/node-server', (handler: ReturnType<typeof createHandler>) => getRequestListener(handler)],
  ])('after the body parser: refused with a sentence that says so (%s)', async (_name, mount) => {
    const commerce = fakeCommerce()
    const app = express()
    app.use(express.json(), express.raw({ type: '*/*' }))
    app.use('/shop', mount(createHandler(commerce)))
    const url = await start(app)
    const event = (): Promise<Response> =>
      fetch(`${url}/shop/v1/webhooks/pac_1`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: 'event',
      })
    for (const response of [await addLine(`${url}/shop`), await event()]) {
      expect(response.status).toBe(500)
      expect(await response.json()).toMatchObject({
        code: 'body_already_read',
        detail: expect.stringContaining('before any body parser'),
      })
    }
    expect([commerce.invocations, commerce.webhooks]).toEqual([[], []])
    expect((await fetch(`${url}/shop/v1/site`)).status).toBe(200)
  })
})

test('Fastify 5: a scope of its own that parses nothing', async () => {
  const commerce = fakeCommerce()
  const app = fastify()
  const listener = toNodeListener(createHandler(commerce, { basePath: '/shop' }))
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _body, done) => done(null))
    scope.all('/shop/*', (request, reply) => {
      reply.hijack()
      return listener(request.raw, reply.raw)
    })
  })
  app.post('/own', async ({ body }) => ({ got: body }))
  closing.push(() => app.close())
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  await expectWhole(`${url}/shop`, commerce)
  const own = await fetch(`${url}/own`, { method: 'POST', headers: json, body: '{"a":1}' })
  expect(await own.json()).toEqual({ got: { a: 1 } })
})

test('Hono: mount', async () => {
  const commerce = fakeCommerce()
  const app = new Hono()
  app.mount('/shop', createHandler(commerce))
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  await expectWhole(`http://127.0.0.1:${port}/shop`, commerce)
})

describe('the address of who asks', () => {
  const three = '203.0.113.9, 192.0.2.7, 198.51.100.1'

  test.each([
    ['is that of the connection', 0, three, '127.0.0.1'],
    ['is what the nearest proxy added', 1, three, '198.51.100.1'],
    ['is what the outer one of two proxies added', 2, three, '192.0.2.7'],
    ['is that of the connection, where it did not come through all proxies', 2, '192.0.2.7', '127.0.0.1'],
    ['is that of the connection, where a proxy added nothing', 1, '', '127.0.0.1'],
    ['has no port', 1, '192.0.2.7:50123', '192.0.2.7'],
    ['has no port, of IPv6 neither', 1, '[2001:db8::7]:50123', '2001:db8::7'],
    ['is IPv6 without its brackets', 1, '[2001:db8::7]', '2001:db8::7'],
    ['is IPv6 as it is', 1, '2001:db8::7', '2001:db8::7'],
  ])('%s', async (_how, proxies, forwarded, address) => {
    const seen: unknown[] = []
    const url = await start(
      toNodeListener(
        async (_request, info) => {
          seen.push(info?.address)
          return new Response()
        },
        { proxies },
      ),
    )
    await fetch(url, { headers: { 'x-forwarded-for': forwarded } })
    expect(seen).toEqual([address])
  })
})
