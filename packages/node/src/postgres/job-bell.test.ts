import { EventEmitter } from 'node:events'
import type { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestSchema, testSchema } from '../testing/test-schema.ts'
import { jobBell } from './job-bell.ts'
import type { PostgresStorage } from './postgres-storage.ts'

const scope = { operator: 'op' }
const NOW = '2026-01-01T00:00:00.000Z'
let schema: TestSchema
let shop: PostgresStorage
let worker: PostgresStorage

beforeEach(async () => {
  schema = testSchema()
  shop = schema.open()
  worker = schema.open()
  await shop.migrate([])
  await worker.migrate([])
})
afterEach(() => schema.end())

let jobs = 0
const enqueue = (storage: PostgresStorage) =>
  storage.commit(scope, [{ do: 'enqueue', id: `job-${jobs++}`, queue: 'work', data: null }])
/** The next time that a storage wakes who subscribed. */
const woken = (storage: PostgresStorage) =>
  new Promise<void>((resolve) => {
    const stop = storage.jobs.subscribe(() => {
      stop()
      resolve()
    })
  })
/** Until the server knows so many that listen. */
async function untilListening(count: number): Promise<number[]> {
  for (;;) {
    const rows = await schema.query(
      `select pid from pg_stat_activity where application_name = 'bursar ${schema.schema}' and query like 'listen %'`,
    )
    if (rows.length === count) return rows.map(({ pid }) => Number(pid))
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('a commit that enqueued wakes who waits for work in another process, and so do a retry and an unparking', async () => {
  const heard = woken(worker)
  await untilListening(1)
  await enqueue(shop)
  await heard
  const again = woken(worker)
  const [job] = await shop.jobs.lease({ worker: 'w', limit: 1, leaseMs: 1000, now: NOW })
  await shop.jobs.retry(job ?? fail(), { runAt: NOW, error: 'x' })
  await again
  const [same] = await shop.jobs.lease({ worker: 'w', limit: 1, leaseMs: 1000, now: NOW })
  await shop.jobs.park(same ?? fail(), { error: 'x' })
  const third = woken(worker)
  await shop.jobs.unpark(same?.id ?? '', { runAt: NOW })
  await third
})

test('what a process rings it does not hear twice, and nobody hears another schema', async () => {
  let calls = 0
  worker.jobs.subscribe(() => {
    calls += 1
  })
  const heard = woken(shop)
  await untilListening(2)
  await enqueue(worker)
  await heard
  const other = testSchema()
  const stranger = other.open()
  await stranger.migrate([])
  await enqueue(stranger)
  // The shop's ring comes on the same connection, after whatever was sent before it.
  const last = woken(worker)
  await enqueue(shop)
  await last
  expect(calls).toBe(2)
  await other.end()
})

test('who waits hears again after its connection was cut, and looks for what it missed', async () => {
  const first = woken(worker)
  const [pid] = await untilListening(1)
  await enqueue(shop)
  await first
  const missed = woken(worker)
  await schema.query(`select pg_terminate_backend(${pid})`)
  await missed
  const heard = woken(worker)
  await untilListening(1)
  await enqueue(shop)
  await heard
})

test('to ring is no trip of a commit', async () => {
  const heard = woken(worker)
  await untilListening(1)
  const before = shop.sent.roundTrips
  for (let n = 0; n < 20; n += 1) await enqueue(shop)
  await heard
  expect(shop.sent.roundTrips - before).toBe(20)
})

function fail(): never {
  throw new Error('a job should be there')
}

test('where a server refuses to let it listen, it asks again on another connection', async () => {
  const clients: { isEnded: boolean }[] = []
  const connect = async () => {
    const client = Object.assign(new EventEmitter(), {
      isEnded: false,
      query: async () => {
        if (clients.length === 1) throw new Error('cannot execute LISTEN during recovery')
      },
      end: async () => {
        client.isEnded = true
        client.emit('end')
      },
    })
    clients.push(client)
    return client as unknown as Client // no more of it is used
  }
  const bell = jobBell({ schema: 'any', connect })
  const woken = new Promise<void>((resolve) => void bell.subscribe(() => resolve()))
  await woken // there may be work: what was rung meanwhile was not heard
  expect(clients.map(({ isEnded }) => isEnded)).toEqual([true, false])
  await bell.close()
})
