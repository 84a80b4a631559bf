import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EventAnswer } from '@bursar/core'
import { signTestEvent, TEST_SIGNATURE_HEADER, testAccount, testRuntime } from '@bursar/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestProcessor, testProcessor } from './test-processor.ts'

const secrets: Readonly<Record<string, string>> = { pac_one: 'secret of one', pac_two: 'secret of two' }
const accounts = {
  pac_one: testAccount('pac_one', { webhook: 'secret of one' }),
  pac_two: testAccount('pac_two', { webhook: 'secret of two' }),
}
type AccountId = keyof typeof accounts

/** Two sites of one shop, each with the address of its own account; node:http, as a shop would be reached. */
function shopServer(processor: () => TestProcessor) {
  const received: { path: string; answer: EventAnswer }[] = []
  let isDown = false
  const server = createServer(async (request, response) => {
    if (isDown) return void response.writeHead(503).end()
    const path = request.url ?? ''
    const account = path.endsWith('two') ? accounts.pac_two : accounts.pac_one
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const answer = await processor().parseEvent(account, await bytesOf(request), headers)
    received.push({ path, answer })
    response.writeHead(answer.outcome === 'bad_signature' ? 400 : 204).end()
  })
  return {
    received,
    types: () => received.flatMap(({ answer }) => (answer.outcome === 'event' ? [answer.event.type] : [])),
    setDown: (value: boolean) => {
      isDown = value
    },
    start: () => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)),
    address: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // listening on TCP
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

async function bytesOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

let shop = shopServer(() => processor)
let processor = testProcessor({ file: ':memory:' })
let runtime = testRuntime()
/** Where the webhooks of an account go, so that a test can cross them. */
let pathOf: (account: string) => string = (account) => `/webhooks/${account}`

beforeEach(async () => {
  runtime = testRuntime()
  pathOf = (account) => `/webhooks/${account}`
  shop = shopServer(() => processor)
  await shop.start()
  processor = testProcessor({
    file: ':memory:',
    runtime,
    webhook: {
      urlOf: (account) => `${shop.address()}${pathOf(account)}`,
      secretsOf: (account) => [secrets[account] ?? 'unknown'],
    },
  })
})

afterEach(async () => {
  await processor.stopCourier()
  await shop.stop()
})

const pay = (token: string, account: AccountId = 'pac_one', key = 'key-1') =>
  processor.open(accounts[account], {
    key,
    paymentId: 'pay-1',
    orderId: 'ord-1',
    orderNumber: 'T-1',
    amount: { amount: 4900, currency: 'EUR' },
    quoteHash: 'a'.repeat(64),
    capture: 'automatic',
    paymentToken: token,
  })

describe('webhooks', () => {
  test('reach the address of their account, signed with its secret, and name the payment and its key', async () => {
    await pay('tok_approve', 'pac_one')
    await pay('tok_approve', 'pac_two')
    expect(await processor.deliverDue()).toEqual({ accepted: 4, failed: 0 })
    expect(shop.received.map(({ path }) => path)).toEqual([
      '/webhooks/pac_one',
      '/webhooks/pac_one',
      '/webhooks/pac_two',
      '/webhooks/pac_two',
    ])
    const [payment] = processor.payments()
    expect(shop.received[1]?.answer).toMatchObject({
      outcome: 'event',
      event: { type: 'payment.captured', reference: payment?.reference, key: 'key-1', mode: 'test' },
    })
    const { events } = await processor.listSince(accounts.pac_one, null)
    expect(shop.received.slice(0, 2).map(({ answer }) => answer)).toEqual(
      events.map((event) => ({ outcome: 'event', event })),
    )
    expect(await processor.deliverDue()).toEqual({ accepted: 0, failed: 0 })
  })

  test('of one account sent to the address of the other are refused, both ways', async () => {
    pathOf = (account) => (account === 'pac_one' ? '/webhooks/pac_two' : '/webhooks/pac_one')
    await pay('tok_approve', 'pac_one')
    await pay('tok_approve', 'pac_two')
    expect(await processor.deliverDue()).toEqual({ accepted: 0, failed: 4 })
    expect(shop.received.map(({ answer }) => answer.outcome)).toEqual(Array(4).fill('bad_signature'))
  })

  test('that fail are sent again, later each time, with a signature of the new time', async () => {
    await pay('tok_approve')
    shop.setDown(true)
    expect(await processor.deliverDue()).toEqual({ accepted: 0, failed: 2 })
    expect(await processor.deliverDue()).toEqual({ accepted: 0, failed: 0 })
    await runtime.advance(1000)
    expect(await processor.deliverDue()).toEqual({ accepted: 0, failed: 2 })
    await runtime.advance(24 * 60 * 60 * 1000)
    shop.setDown(false)
    expect(await processor.deliverDue()).toEqual({ accepted: 2, failed: 0 })
    expect(shop.types()).toEqual(['payment.created', 'payment.captured'])
  })

  test('are given up after three days', async () => {
    await pay('tok_approve')
    shop.setDown(true)
    let tries = 0
    for (let hour = 0; hour < 24 * 4; hour += 1) {
      tries += (await processor.deliverDue()).failed
      await runtime.advance(60 * 60 * 1000)
    }
    shop.setDown(false)
    expect(tries).toBeGreaterThan(100)
    expect(await processor.deliverDue()).toEqual({ accepted: 0, failed: 0 })
  })

  test('of tok_twice are sent twice', async () => {
    await pay('tok_twice')
    await processor.deliverDue()
    expect(shop.types().sort()).toEqual(['payment.captured', 'payment.captured', 'payment.created', 'payment.created'])
    const ids = shop.received.flatMap(({ answer }) => (answer.outcome === 'event' ? [answer.event.eventId] : []))
    expect(new Set(ids).size).toBe(2)
  })

  test('of tok_out_of_order arrive newest first', async () => {
    await pay('tok_out_of_order')
    await processor.deliverDue()
    await runtime.advance(1000)
    await processor.deliverDue()
    expect(shop.types()).toEqual(['payment.captured', 'payment.created'])
  })

  test('can be scripted to be dropped and delayed; the list has them all', async () => {
    processor.script('webhook', 'drop')
    processor.script('webhook', 'delay')
    await pay('tok_approve')
    await processor.deliverDue()
    expect(shop.types()).toEqual([])
    await runtime.advance(60 * 60 * 1000)
    await processor.deliverDue()
    expect(shop.types()).toEqual(['payment.captured'])
    const { events } = await processor.listSince(accounts.pac_one, null)
    expect(events.map(({ type }) => type)).toEqual(['payment.created', 'payment.captured'])
  })

  test('leave by themselves while the courier runs', async () => {
    processor.startCourier(50)
    await pay('tok_approve')
    await expect
      .poll(async () => {
        await runtime.advance(50)
        return shop.types()
      })
      .toEqual(['payment.created', 'payment.captured'])
    await processor.stopCourier()
    await pay('tok_approve', 'pac_one', 'key-2')
    await runtime.advance(1000)
    expect(shop.types()).toHaveLength(2)
  })

  test('wait in the log where there is nowhere to send them', async () => {
    const silent = testProcessor({ file: ':memory:', runtime })
    expect(await silent.deliverDue()).toEqual({ accepted: 0, failed: 0 })
    silent.close()
  })
})

describe('a signature', () => {
  const body = (own: object = {}) =>
    JSON.stringify({ id: 'evt_1', account: 'pac_one', mode: 'test', type: 't', payment: 'pay_1', key: 'k', ...own })
  const parse = async (rawBody: string, signature: string) => {
    const headers = new Headers({ [TEST_SIGNATURE_HEADER]: signature })
    return (await processor.parseEvent(accounts.pac_one, new TextEncoder().encode(rawBody), headers)).outcome
  }

  test('may be one of several, as while a secret is replaced', async () => {
    const both = await signTestEvent({ secrets: ['old', 'secret of one'], rawBody: body(), at: runtime.now() })
    expect(await parse(body(), both)).toBe('event')
    const neither = await signTestEvent({ secrets: ['old', 'older'], rawBody: body(), at: runtime.now() })
    expect(await parse(body(), neither)).toBe('bad_signature')
  })

  test('holds for 300 seconds and not for 301', async () => {
    const signature = await signTestEvent({ secrets: ['secret of one'], rawBody: body(), at: runtime.now() })
    await runtime.advance(300_000)
    expect(await parse(body(), signature)).toBe('event')
    await runtime.advance(1000)
    expect(await parse(body(), signature)).toBe('bad_signature')
  })

  test('is that of HMAC-SHA256 over the time, a dot and the body', async () => {
    const signature = await signTestEvent({ secrets: ['key'], rawBody: 'body', at: '1970-01-01T00:00:01.000Z' })
    // printf '1.body' | openssl dgst -sha256 -hmac key
    expect(signature).toBe('t=1,v1=91b5374b153842ad05b2c4eab9349b8321b14703165bd3fb8b034dfb8be98ae5')
  })

  test('of a body that names the other account, or of a live event, opens nothing', async () => {
    const sign = (rawBody: string) => signTestEvent({ secrets: ['secret of one'], rawBody, at: runtime.now() })
    const ofOther = body({ account: 'pac_two' })
    expect(await parse(ofOther, await sign(ofOther))).toBe('bad_signature')
    const live = body({ mode: 'live' })
    expect(await parse(live, await sign(live))).toBe('ignored')
    expect(await parse('[]', await sign('[]'))).toBe('ignored')
  })

  test.each(['', 't=1', 'v1=00', 't=x,v1=00', `t=1,v1=${'0'.repeat(63)}`, `t=1,v0=${'0'.repeat(64)}`])(
    'is not %j',
    async (signature) => expect(await parse(body(), signature)).toBe('bad_signature'),
  )
})
