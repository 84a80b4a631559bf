import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createHandler } from '../handler/index.ts'
import { fakeCommerce } from '../testing/fake-commerce.ts'
import { listen } from '../testing/listen.ts'
import { memoryLogger } from '../testing/memory-logger.ts'
import { toNodeListener } from './to-node-listener.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function shop() {
  const commerce = fakeCommerce()
  const logger = memoryLogger()
  const { url, close } = await listen(toNodeListener(createHandler(commerce, { logger })))
  closing.push(close)
  return { commerce, logger, port: Number(new URL(url).port) }
}

const BODY = JSON.stringify({ lineId: 'l1', variantId: 'var_ü' })
const LENGTH = Buffer.byteLength(BODY)

const head = (...headers: string[]): string =>
  [
    'POST /v1/carts/crt_1/lines HTTP/1.1',
    'Host: shop.test',
    'Content-Type: application/json',
    'Connection: close',
    ...headers,
    '',
    '',
  ].join('\r\n')

/** Sends pieces with a pause between them; answers what came back until the server closed. */
async function exchange(port: number, pieces: readonly (string | Buffer)[], hangUp = false): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const answer: Buffer[] = []
  socket.on('data', (chunk) => answer.push(chunk))
  socket.on('error', () => {})
  for (const piece of pieces) {
    socket.write(piece)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  if (hangUp) socket.destroy()
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
  return Buffer.concat(answer).toString()
}

const chunk = (text: Buffer | string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`

describe('a body of a declared length', () => {
  test('arrives whole, though it comes in pieces that cut a character', async () => {
    const { commerce, port } = await shop()
    const bytes = Buffer.from(BODY)
    const cut = bytes.indexOf(Buffer.from('ü')) + 1
    const pieces = [head(`Content-Length: ${LENGTH}`), bytes.subarray(0, cut), bytes.subarray(cut)]
    expect(await exchange(port, pieces)).toMatch(/^HTTP\/1.1 200/)
    expect(commerce.invocations).toMatchObject([{ input: { cartId: 'crt_1', lineId: 'l1', variantId: 'var_ü' } }])
  })

  test('is refused before it is sent, where that is more than 256 kB', async () => {
    const { commerce, port } = await shop()
    const answer = await exchange(port, [head('Content-Length: 262145')])
    expect(answer).toMatch(/^HTTP\/1.1 413/)
    expect(answer).toContain('"code":"body_too_large"')
    expect(commerce.invocations).toEqual([])
  })

  test('that breaks off reaches no operation', async () => {
    const { commerce, logger, port } = await shop()
    await exchange(port, [head(`Content-Length: ${LENGTH}`), BODY.slice(0, 10)], true)
    await expect.poll(() => logger.lines).toMatchObject([{ fields: { status: 400, error: 'invalid_input' } }])
    expect(commerce.invocations).toEqual([])
  })
})

describe('a body in chunks', () => {
  test('arrives whole', async () => {
    const { commerce, port } = await shop()
    const pieces = [head('Transfer-Encoding: chunked'), chunk(BODY.slice(0, 9)), chunk(BODY.slice(9)), '0\r\n\r\n']
    expect(await exchange(port, pieces)).toMatch(/^HTTP\/1.1 200/)
    expect(commerce.invocations).toMatchObject([{ input: { variantId: 'var_ü' } }])
  })

  test('is refused at 256 kB, though it never ends', async () => {
    const { commerce, port } = await shop()
    const pieces = [head('Transfer-Encoding: chunked'), chunk(Buffer.alloc(300 * 1024, ' '))]
    const answer = await exchange(port, pieces)
    expect(answer).toMatch(/^HTTP\/1.1 413/)
    expect(answer).toContain('"code":"body_too_large"')
    expect(commerce.invocations).toEqual([])
  })
})
