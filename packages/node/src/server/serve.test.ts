import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { createCommerce, memoryStorage } from '@bursar/core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createHandler } from '../handler/index.ts'
import { memoryRateLimits } from '../rate-limits/index.ts'
import { fakeCommerce } from '../testing/fake-commerce.ts'
import { memoryLogger } from '../testing/memory-logger.ts'
import { type RunningServer, type ServeOptions, serve } from './serve.ts'

const running: RunningServer[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const server of running.splice(0)) await server.close()
})

async function start(options: Partial<ServeOptions> = {}): Promise<RunningServer & { lines: string[] }> {
  const lines: string[] = []
  const server = await serve({
    commerce: fakeCommerce(),
    port: 0,
    announce: (line) => void lines.push(line),
    signals: [],
    ...options,
  })
  running.push(server)
  return { ...server, lines }
}

test('a free port is taken and told', async () => {
  const { url, port, lines } = await start()
  expect(port).toBeGreaterThan(0)
  expect(lines).toEqual([`Bursar listens at ${url}`])
  expect(await (await fetch(`${url}/health/live`)).json()).toEqual({ status: 'ok' })
})

test('the port of the environment', async () => {
  vi.stubEnv('PORT', '0')
  const { url } = await start({ port: undefined })
  expect((await fetch(`${url}/health/live`)).status).toBe(200)
  vi.stubEnv('PORT', 'http')
  await expect(start({ port: undefined })).rejects.toThrow('PORT must be 0 to 65535, not "http".')
})

test('a port that is taken is said to be', async () => {
  const { port } = await start()
  const commerce = fakeCommerce()
  const second = start({ port, commerce })
  await expect(second).rejects.toThrow(`Port ${port} is taken: stop what uses it, or choose another by PORT or --port`)
  expect(commerce.life).toEqual([])
})

/** What is answered to these bytes. */
async function answerTo(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1', () => socket.write(text))
  let answer = ''
  for await (const piece of socket) answer += String(piece)
  return answer
}

test('health is told over HTTP/1.0 without a Host header, as balancers ask, and no shop has that name', async () => {
  const commerce = createCommerce({ storage: memoryStorage() })
  await commerce.migrate()
  const { port } = await start({ commerce })
  for (const path of ['/health/live', '/health/ready']) {
    expect(await answerTo(port, `GET ${path} HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 OK/)
  }
  const site = await answerTo(port, 'GET /v1/site HTTP/1.0\r\n\r\n')
  expect(site).toMatch(/^HTTP\/1\.1 404 /)
  expect(site).toContain('"code":"site_unknown"')
})

test('the reference of a request that cannot be read is in the log', async () => {
  const logger = memoryLogger()
  const { port } = await start({ logger })
  const answer = await answerTo(port, 'GET /v1/site HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n')
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).toMatch(/x-content-type-options: nosniff/i)
  expect(answer).toMatch(/cache-control: no-store/i)
  const reference = /"reference":"(\w{8})"/.exec(answer)?.[1]
  const fields = expect.objectContaining({ status: 400, reference })
  expect(logger.lines).toContainEqual({ level: 'info', message: 'request unreadable', fields })
})

describe('to close', () => {
  test('ends the requests under way, then the jobs, then the shop', async () => {
    const commerce = fakeCommerce()
    const asked = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    commerce.answer = async () => {
      asked.resolve()
      await release.promise
      return { slow: true }
    }
    const server = await start({ commerce })
    const slow = fetch(`${server.url}/v1/site`)
    await asked.promise
    const closed = server.close()
    await expect(fetch(`${server.url}/v1/site`)).rejects.toThrow()
    expect(commerce.life).toEqual(['jobs.start'])
    release.resolve()
    expect(await (await slow).json()).toEqual({ slow: true })
    await closed
    expect(commerce.life).toEqual(['jobs.start', 'jobs.stop', 'close'])
    await server.close()
    await server.closed
    expect(commerce.life).toHaveLength(3)
  })

  test('does not wait for connections that wait themselves', async () => {
    const server = await start({ shutdownMs: 60_000 })
    await (await fetch(`${server.url}/v1/site`)).text()
    const started = performance.now()
    await server.close()
    expect(performance.now() - started).toBeLessThan(5000)
  })

  test('waits for as long as it takes where it is told to wait longer than a timer can', async () => {
    const commerce = fakeCommerce()
    const asked = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    commerce.answer = async () => {
      asked.resolve()
      await release.promise
      return { slow: true }
    }
    const server = await start({ commerce, shutdownMs: Number.POSITIVE_INFINITY })
    const slow = fetch(`${server.url}/v1/site`)
    await asked.promise
    const closed = server.close()
    setTimeout(release.resolve, 100)
    expect(await (await slow).json()).toEqual({ slow: true })
    await closed
  })

  test('waits no longer than it is told', async () => {
    const commerce = fakeCommerce()
    const asked = Promise.withResolvers<void>()
    commerce.answer = () => {
      asked.resolve()
      return new Promise(() => {})
    }
    const server = await start({ commerce, shutdownMs: 100 })
    const never = fetch(`${server.url}/v1/site`).catch(() => 'cut')
    await asked.promise
    await server.close()
    expect(await never).toBe('cut')
    expect(commerce.life).toEqual(['jobs.start', 'jobs.stop', 'close'])
  })

  test('begins nothing that waited for its turn', async () => {
    const commerce = fakeCommerce()
    const [asked, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    commerce.answer = async () => {
      asked.resolve()
      await ended.promise
      return { order: {}, payment: null }
    }
    const rateLimits = memoryRateLimits({ payments: { acts: 1, seconds: 60 } })
    const server = await start({ commerce, handler: createHandler(commerce, { rateLimits }), shutdownMs: 100 })
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'k' }
    const pay = () =>
      fetch(`${server.url}/v1/carts/crt_1/checkout`, { method: 'POST', body: '{}', headers }).catch(() => 'cut')
    const all = [pay(), pay(), pay()]
    await asked.promise
    await server.close()
    expect(await Promise.all(all)).toEqual(['cut', 'cut', 'cut'])
    ended.resolve()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(commerce.invocations).toHaveLength(1)
  })

  test('may take requests for a while, says meanwhile that it is not ready, and ends each connection', async () => {
    const server = await start({ drainMs: 300 })
    const agent = new Agent({ keepAlive: true })
    const ask = async (path: string) => {
      const answer = once(get(`${server.url}${path}`, { agent }), 'response')
      const [{ statusCode, headers }] = await answer
      expect([headers['cache-control'], headers['x-content-type-options']]).toEqual(['no-store', 'nosniff'])
      return { statusCode, connection: headers.connection }
    }
    expect(await ask('/health/ready')).toEqual({ statusCode: 200, connection: 'keep-alive' })
    const closed = server.close()
    expect(await ask('/v1/site')).toEqual({ statusCode: 200, connection: 'close' })
    expect(await ask('/health/ready')).toEqual({ statusCode: 503, connection: 'close' })
    expect(await ask('/health/ready?from=balancer')).toEqual({ statusCode: 503, connection: 'close' })
    expect(await ask('/v1/site?from=/health/ready')).toEqual({ statusCode: 200, connection: 'close' })
    expect(await ask('/health/live')).toEqual({ statusCode: 200, connection: 'close' })
    await closed
    await expect(ask('/v1/site')).rejects.toThrow('ECONNREFUSED')
    agent.destroy()
  })

  test('a signal does', async () => {
    const commerce = fakeCommerce()
    const logger = memoryLogger()
    const server = await start({ commerce, logger, signals: ['SIGUSR2'] })
    process.kill(process.pid, 'SIGUSR2')
    await server.closed
    expect(commerce.life).toEqual(['jobs.start', 'jobs.stop', 'close'])
    expect(logger.lines).toContainEqual({ level: 'info', message: 'stopping', fields: { signal: 'SIGUSR2' } })
    expect(process.listenerCount('SIGUSR2')).toBe(0)
  })
})

test('told twice, it stops in good order all the same, and once', async () => {
  const commerce = fakeCommerce()
  const logger = memoryLogger()
  const asked = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  commerce.answer = async () => {
    asked.resolve()
    await release.promise
    return { slow: true }
  }
  const server = await start({ commerce, logger, signals: ['SIGUSR2'] })
  const slow = fetch(`${server.url}/v1/site`)
  await asked.promise
  process.kill(process.pid, 'SIGUSR2')
  await expect.poll(() => logger.lines.length).toBeGreaterThan(0)
  expect(process.listenerCount('SIGUSR2')).toBe(1) // where nobody hears it, the next one kills
  process.kill(process.pid, 'SIGUSR2')
  await new Promise((resolve) => setTimeout(resolve, 50))
  release.resolve()
  expect(await (await slow).json()).toEqual({ slow: true })
  await server.closed
  expect(logger.lines.filter(({ message }) => message === 'stopping')).toHaveLength(1)
  expect(process.listenerCount('SIGUSR2')).toBe(0)
})

test('the jobs can be left to another process', async () => {
  const commerce = fakeCommerce()
  await start({ commerce, jobs: false })
  expect(commerce.life).toEqual([])
})
