import { describe, expect, test } from 'vitest'
import { fakeCommerce } from '../testing/fake-commerce.ts'
import { memoryLogger } from '../testing/memory-logger.ts'
import { createHandler } from './create-handler.ts'
import type { Handler } from './handler-options.ts'

/** A body that has not come by then is late. */
const isLate = () => new Promise((resolve) => setImmediate(resolve))
/** Has all answers wait until what it gives is called. */
function holdAnswers(commerce: ReturnType<typeof fakeCommerce>): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  commerce.answer = async () => {
    await promise
    return { slow: true }
  }
  return resolve
}

const ask = (path: string, init: RequestInit = {}) => new Request(`https://shop.test${path}`, init)

test('what comes above the bound is refused at once, unread, and what comes after is answered', async () => {
  const commerce = fakeCommerce()
  const release = holdAnswers(commerce)
  const logger = memoryLogger()
  const handler = createHandler(commerce, { maxInFlight: 2, logger })
  const underWay = [handler(ask('/v1/site')), handler(ask('/v1/products'))]
  const body = new ReadableStream({
    pull: () => {
      throw new Error('nobody reads this')
    },
  })
  const init: RequestInit = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/json' } }
  const refused = await handler(ask('/v1/carts', init))
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('1')
  expect(await refused.json()).toMatchObject({
    code: 'unavailable',
    reason: 'too_many_requests_at_once',
    retryAfter: 1,
  })
  expect(logger.lines.map(({ level, message }) => `${level} ${message}`)).toEqual(['warn request'])
  expect((await handler(ask('/health/live'))).status).toBe(200)
  expect((await handler(ask('/health/ready'))).status).toBe(200)

  release()
  for (const answer of await Promise.all(underWay)) expect(await answer.json()).toEqual({ slow: true })
  expect((await handler(ask('/v1/site'))).status).toBe(200)
})

test('who is still sending does not count, and is refused where others have taken the place meanwhile', async () => {
  const commerce = fakeCommerce()
  const handler = createHandler(commerce, { maxInFlight: 2 })
  const slow = async () => {
    const [asked, sent] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()]
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
      asked.resolve()
      controller.enqueue(new TextEncoder().encode(await sent.promise))
      controller.close()
    }
    const body = new ReadableStream({ pull }, { highWaterMark: 0 })
    const headers = { 'content-type': 'application/json' }
    const answer = handler(ask('/v1/carts', { method: 'POST', body, duplex: 'half', headers } as RequestInit))
    await asked.promise
    await isLate()
    return { ...sent, answer }
  }
  const [late, broken, third, fourth, fifth] = [await slow(), await slow(), await slow(), await slow(), await slow()]
  expect((await handler(ask('/v1/site'))).status).toBe(200)

  const release = holdAnswers(commerce)
  const underWay = [handler(ask('/v1/site')), handler(ask('/v1/site'))]
  late.resolve('{}')
  expect((await late.answer).status).toBe(503)
  broken.reject(new Error('gone'))
  expect((await broken.answer).status).toBe(400)
  release()
  for (const answer of await Promise.all(underWay)) expect(answer.status).toBe(200)
  // Two places are free, no more and no fewer: those that were refused gave none back twice.
  for (const { resolve } of [third, fourth]) resolve('{}')
  for (const { answer } of [third, fourth]) expect((await answer).status).toBe(201)
  const releaseThose = holdAnswers(commerce)
  const full = [handler(ask('/v1/site')), handler(ask('/v1/site'))]
  fifth.resolve('{}')
  expect((await fifth.answer).status).toBe(503)
  releaseThose()
  for (const answer of await Promise.all(full)) expect(answer.status).toBe(200)
})

describe('bodies that are being sent', () => {
  const [KB, MB] = [1024, 1024 * 1024]
  const WEBHOOK = '/v1/webhooks/pac_1'

  /** Has sent so many bytes and not said that they are all; or has announced them, and sends them at its end. */
  function sending(handler: Handler, how: 'sent' | 'announced', bytes: number, path = WEBHOOK) {
    const { promise: end, resolve } = Promise.withResolvers<void>()
    const start = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
      if (how === 'announced') await end
      controller.enqueue(new Uint8Array(bytes).fill(32))
      await end
      controller.close()
    }
    const body = new ReadableStream({ start }, { highWaterMark: 0 })
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    if (how === 'announced') headers['content-length'] = String(bytes)
    const request = ask(path, { method: 'POST', body, duplex: 'half', headers } as RequestInit)
    const answer = handler(request, { incoming: { headers, readableDidRead: false } })
    return { status: async () => (await answer).status, answer, end: resolve }
  }

  test('have 64 MB together of what has come; small ones are bounded by their number', async () => {
    const handler = createHandler(fakeCommerce())
    const kept = Array.from({ length: 64 }, () => sending(handler, 'sent', MB))
    for (let turn = 0; turn < 3; turn += 1) await isLate()
    for (const path of [WEBHOOK, '/v1/carts']) {
      const refused = await sending(handler, 'sent', 17 * KB, path).answer
      expect(refused.status).toBe(503)
      expect(await refused.json()).toMatchObject({ reason: 'too_many_requests_at_once', retryAfter: 1 })
    }
    const small = Array.from({ length: 100 }, () => sending(handler, 'sent', 16 * KB))
    for (const { end } of small) end()
    for (const { status } of small) expect(await status()).toBe(204)

    for (const { end } of kept) end()
    for (const { status } of kept) expect(await status()).toBe(204)
    const after = Array.from({ length: 64 }, () => sending(handler, 'sent', MB))
    for (const { end } of after) end()
    for (const { status } of after) expect(await status()).toBe(204)
  })

  test('take nothing of it for what they announce and do not send', async () => {
    const handler = createHandler(fakeCommerce())
    const idle = Array.from({ length: 80 }, () => sending(handler, 'announced', MB))
    for (let turn = 0; turn < 3; turn += 1) await isLate()
    const sent = sending(handler, 'sent', MB)
    sent.end()
    expect(await sent.status()).toBe(204)
    for (const { end, status } of idle) {
      end()
      expect(await status()).toBe(204)
    }
  })

  test('come whole in the smallest chunks, which are not kept one by one', async () => {
    const commerce = fakeCommerce()
    const handler = createHandler(commerce)
    const bytes = Uint8Array.from({ length: 10_000 }, (_, at) => at % 251)
    const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
      controller.close()
    }
    const body = new ReadableStream({ start })
    const answer = await handler(ask(WEBHOOK, { method: 'POST', body, duplex: 'half' } as RequestInit))
    expect(answer.status).toBe(204)
    expect(commerce.webhooks.map((one) => one.bytes)).toEqual([bytes])
  })
})

test('a place is free again after an error', async () => {
  const commerce = fakeCommerce()
  commerce.answer = () => {
    throw new Error('broken')
  }
  const handler = createHandler(commerce, { maxInFlight: 1 })
  for (let n = 0; n < 3; n += 1) expect((await handler(ask('/v1/site'))).status).toBe(500)
})

test('a bound that answers nobody is refused', () => {
  expect(() => createHandler(fakeCommerce(), { maxInFlight: 0 })).toThrow('maxInFlight must be a whole number from 1')
})
