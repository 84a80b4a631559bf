import { setTimeout as sleep } from 'node:timers/promises'
import type { Change, Collection } from '@bursar/core/storage-adapter'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OwnPostgresServer, startOwnPostgres } from '../testing/postgres-server.ts'
import { postgresStorage } from './postgres-storage.ts'

const notes: Collection<{ readonly writer: number }> = {
  name: 'notes',
  of: 'operator',
  columns: { writer: ({ writer }) => writer },
  numbers: ['writer'],
  unique: {},
  indexes: { writer: ['writer'] },
}
const scope = { operator: 'op' }

let server: OwnPostgresServer
beforeAll(async () => {
  server = await startOwnPostgres()
})
afterAll(() => server.stop())

test('a server killed under load keeps all that was answered, nothing by half, and the shop heals by itself', async () => {
  const storage = postgresStorage({ url: server.url, maxConnections: 6, timeoutMs: 5000 })
  await storage.migrate([notes])
  const answered = new Set<string>()
  const unknown = new Set<string>()
  let isOver = false
  const write = async (writer: number) => {
    for (let n = 0; !isOver; n += 1) {
      const id = `w${writer}-${n}`
      const hold: Change = { do: 'hold', counter: 'all', hold: id, n: 1, limit: 1e9, due: '2999-01-01T00:00:00.000Z' }
      const job: Change = { do: 'enqueue', id: `job-${id}`, queue: 'work', data: null }
      const note: Change = { do: 'insert', in: 'notes', id, body: { writer } }
      try {
        await storage.commit(scope, [note, hold, job])
        answered.add(id)
      } catch (error) {
        expect(error).toMatchObject({ name: 'StorageUnavailableError' })
        if ((error as { outcome: string }).outcome === 'unknown') unknown.add(id)
        await sleep(20)
      }
    }
  }
  const writers = Array.from({ length: 6 }, (_, writer) => write(writer))
  await sleep(300)
  const before = answered.size
  await server.kill()
  await sleep(200)
  await server.restart()
  const until = performance.now() + 20_000
  while (answered.size < before + 20 && performance.now() < until) await sleep(50)
  isOver = true
  await Promise.all(writers)
  expect(before).toBeGreaterThan(10)
  expect(answered.size).toBeGreaterThan(before + 10)

  const stored = new Set<string>()
  let cursor: string | undefined
  do {
    const page = await storage.list(scope, { in: 'notes', index: 'writer', equals: [], limit: 1000, cursor })
    for (const { id } of page.items) stored.add(id)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect([...answered].filter((id) => !stored.has(id))).toEqual([])
  expect([...stored].filter((id) => !answered.has(id) && !unknown.has(id))).toEqual([])
  const [counter] = await storage.read(scope, [{ counter: 'all' }])
  expect(counter).toMatchObject({ held: stored.size })
  const jobs = new Set<string>()
  for (let after: string | undefined; ; ) {
    const page = await storage.jobs.list({ state: 'waiting', limit: 1000, cursor: after })
    for (const { id } of page.items) jobs.add(id)
    if (page.nextCursor === null) break
    after = page.nextCursor
  }
  expect(jobs.size).toBe(stored.size)
  await storage.close()
})
