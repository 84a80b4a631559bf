import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestSchema, testSchema } from '../testing/test-schema.ts'

interface Line {
  readonly url: string
  /** From now on nothing passes, and no connection ends. */
  freeze(): void
  end(): void
}

/** A line to a server that can be frozen, as the server itself may be. */
async function lineTo(url: string): Promise<Line> {
  const { hostname, port } = new URL(url)
  const sockets: Socket[] = []
  let isFrozen = false
  const pass = (from: Socket, to: Socket) => {
    sockets.push(from.on('error', () => {}))
    from.on('data', (data) => isFrozen || to.write(data))
    from.on('end', () => isFrozen || to.end())
  }
  const line = createServer({ allowHalfOpen: true }, (client) => {
    const server = connect(Number(port), hostname)
    pass(client, server)
    pass(server, client)
  }).listen(0, '127.0.0.1')
  await once(line, 'listening')
  const address = line.address()
  if (address === null || typeof address === 'string') throw new Error('It listens at a port.')
  const through = new URL(url)
  through.port = String(address.port)
  return {
    url: String(through),
    freeze() {
      isFrozen = true
    },
    end() {
      line.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

let schema: TestSchema
let line: Line
beforeEach(async () => {
  schema = testSchema()
  line = await lineTo(schema.url)
})
afterEach(async () => {
  line.end()
  await schema.end()
})

test('a storage whose server is frozen is closed all the same', async () => {
  const storage = schema.open({ url: line.url, timeoutMs: 1000 })
  await storage.migrate([])
  storage.jobs.subscribe(() => {})
  const isHeard = `select count(*)::int as n from pg_stat_activity
    where application_name = 'bursar ${schema.schema}' and query like 'listen%'`
  await expect.poll(() => schema.query(isHeard)).toEqual([{ n: 1 }])
  line.freeze()
  const asked = storage.jobs.nextRunAt().catch((error: Error) => error.name)
  const begun = performance.now()
  await storage.close()
  expect(performance.now() - begun).toBeLessThan(4000)
  expect(await asked).toBe('StorageUnavailableError')
})

test('a query to a frozen server is given up at its time limit, and nobody knows whether it was done', async () => {
  const storage = schema.open({ url: line.url, timeoutMs: 1000 })
  await storage.migrate([])
  line.freeze()
  await expect(storage.jobs.nextRunAt()).rejects.toMatchObject({
    name: 'StorageUnavailableError',
    outcome: 'unknown',
    message: expect.stringContaining('Query read timeout'),
  })
})
