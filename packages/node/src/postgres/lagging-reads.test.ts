import { createServer, type Socket } from 'node:net'
import type { Logger } from '@bursar/core'
import { StorageUnavailableError } from '@bursar/core/storage-adapter'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testSchema } from '../testing/test-schema.ts'
import type { Rows } from './database.ts'
import { laggingReads } from './lagging-reads.ts'

const ROWS: Rows = [[['row']]]
const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} }

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

test('while a replica hangs, one read at a time waits for it, and all others have the primary at once', async () => {
  let tries = 0
  const replica = {
    run: async (): Promise<Rows> => {
      tries += 1
      await new Promise((resolve) => setTimeout(resolve, 2000))
      throw new StorageUnavailableError('no answer', { outcome: 'unknown' })
    },
  }
  const read = laggingReads({ primary: { run: async () => ROWS }, replica, logger: silent })
  const first = [read([]), read([]), read([])]
  await vi.advanceTimersByTimeAsync(2000)
  expect(await Promise.all(first)).toEqual([ROWS, ROWS, ROWS])
  expect(tries).toBe(3)
  for (let second = 0; second < 20; second += 1) {
    let answered = 0
    for (let n = 0; n < 3; n += 1) read([]).then(() => (answered += 1))
    await vi.advanceTimersByTimeAsync(1)
    expect(answered).toBeGreaterThanOrEqual(2)
    await vi.advanceTimersByTimeAsync(999)
  }
  expect(tries).toBe(6)
})

test('a replica that is connected to and says nothing costs a list two seconds, once', {
  timeout: 30_000,
}, async () => {
  vi.useRealTimers()
  const sockets: Socket[] = []
  const silence = createServer((socket) => void sockets.push(socket.on('error', () => {}).resume()))
  await new Promise<void>((resolve) => silence.listen(0, '127.0.0.1', resolve))
  const address = silence.address()
  if (address === null || typeof address === 'string') throw new Error('It listens at a port.')
  const schema = testSchema()
  const storage = schema.open({ readUrl: `postgres://a:b@127.0.0.1:${address.port}/c`, logger: silent })
  await storage.migrate([
    { name: 'notes', of: 'operator', columns: { text: () => 't' }, unique: {}, indexes: { text: ['text'] } },
  ])
  const times: number[] = []
  for (let n = 0; n < 3; n += 1) {
    const begun = performance.now()
    await storage.list({ operator: 'op' }, { in: 'notes', index: 'text', equals: [], limit: 1, mayLag: true })
    times.push(performance.now() - begun)
  }
  expect(times[0]).toBeLessThan(2500)
  expect(Math.max(...times.slice(1))).toBeLessThan(900)
  await schema.end()
  for (const socket of sockets) socket.destroy()
  silence.close()
})
