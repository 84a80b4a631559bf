import { randomBytes } from 'node:crypto'
import type { Change, Collection } from '@bursar/core/storage-adapter'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestSchema, testSchema } from '../testing/test-schema.ts'
import { openClient } from './open-pool.ts'
import { postgresStorage } from './postgres-storage.ts'

const notes: Collection<{ readonly text: string }> = {
  name: 'notes',
  of: 'operator',
  columns: { text: ({ text }) => text },
  unique: { text: ['text'] },
  indexes: { text: ['text'] },
}
const invoices: Collection<{ readonly number?: number }> = {
  name: 'invoices',
  of: 'operator',
  columns: { number: ({ number = null }) => number },
  numbers: ['number'],
  number: 'number',
  unique: {},
  indexes: {},
}
const numbered = (id: string): Change[] => [
  { do: 'insert', in: 'invoices', id, body: {} },
  { do: 'number', series: 'invoices', in: 'invoices', id },
]
const scope = { operator: 'op' }
const insert = (id: string): Change => ({ do: 'insert', in: 'notes', id, body: { text: `text of ${id}` } })

let schema: TestSchema
beforeEach(() => {
  schema = testSchema()
})
afterEach(() => schema.end())

/** Ends all connections of this schema's storages, as an administrator or a restart would. */
const endConnections = () =>
  schema.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'bursar ${schema.schema}'`,
  )

test('connections that were ended while nobody used them are replaced', async () => {
  const storage = schema.open()
  await storage.migrate([notes])
  for (let round = 0; round < 3; round += 1) {
    await storage.commit(scope, [insert(`n${round}`)])
    await endConnections()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect((await storage.list(scope, { in: 'notes', index: 'text', equals: [], limit: 10 })).items).toHaveLength(3)
})

test('connections that are ended under load lose nothing that was answered, and do nothing by half', async () => {
  const storage = schema.open()
  await storage.migrate([notes])
  const answered = new Set<string>()
  const unknown = new Set<string>()
  let isOver = false
  const write = async (writer: number) => {
    for (let n = 0; !isOver; n += 1) {
      const id = `w${writer}-${n}`
      const hold: Change = {
        do: 'hold',
        counter: 'all',
        hold: id,
        n: 1,
        limit: 1_000_000,
        due: '2999-01-01T00:00:00.000Z',
      }
      try {
        await storage.commit(scope, [insert(id), hold])
        answered.add(id)
      } catch (error) {
        expect(error).toMatchObject({ name: 'StorageUnavailableError' })
        if ((error as { outcome: string }).outcome === 'unknown') unknown.add(id)
      }
    }
  }
  const writers = Array.from({ length: 6 }, (_, writer) => write(writer))
  for (let round = 0; round < 5; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    await endConnections()
  }
  await new Promise((resolve) => setTimeout(resolve, 100))
  isOver = true
  await Promise.all(writers)
  expect(answered.size).toBeGreaterThan(10)
  const rows = await schema.query(`select _id from ${schema.schema}.notes`)
  const stored = new Set(rows.map(({ _id }) => String(_id)))
  expect([...answered].filter((id) => !stored.has(id))).toEqual([])
  expect([...stored].filter((id) => !answered.has(id) && !unknown.has(id))).toEqual([])
  const [counter] = await storage.read(scope, [{ counter: 'all' }])
  expect(counter).toMatchObject({ held: stored.size, used: 0 })
})

test('a server that is not there is a storage that is down, and nothing was done', async () => {
  const storage = postgresStorage({ url: 'postgres://nobody@127.0.0.1:1/none', timeoutMs: 500 })
  await expect(storage.commit(scope, [])).resolves.toMatchObject({ outcome: 'committed' })
  await expect(storage.migrate([notes])).rejects.toMatchObject({ name: 'StorageUnavailableError', outcome: 'nothing' })
  await expect(storage.jobs.nextRunAt()).rejects.toMatchObject({ name: 'StorageUnavailableError', outcome: 'nothing' })
  await storage.close()
})

test('more calls than may wait are refused at once', async () => {
  const storage = schema.open({ maxConnections: 1, maxWaiting: 3 })
  await storage.migrate([notes])
  // Of these 64 share a trip, which waits as one.
  const calls = await Promise.allSettled(
    Array.from({ length: 640 }, (_, n) => storage.commit(scope, [insert(`n${n}`)])),
  )
  const refused = calls.filter(({ status }) => status === 'rejected')
  expect(refused.length).toBeGreaterThan(320)
  expect(refused[0]).toMatchObject({ reason: { name: 'StorageUnavailableError', outcome: 'nothing' } })
  expect((await storage.commit(scope, [insert('afterwards')])).outcome).toBe('committed')
})

/** Does what needs the row of a series while somebody else holds it. */
async function whileSeriesIsHeld(work: () => Promise<void>): Promise<void> {
  const other = new Client({ connectionString: schema.url })
  await other.connect()
  await other.query(`begin; update ${schema.schema}._series set last = last`)
  try {
    await work()
  } finally {
    await other.end()
  }
}

test('a commit whose number the server refuses leaves no transaction behind', async () => {
  const storage = schema.open({ maxConnections: 1 })
  await storage.migrate([invoices])
  await storage.commit(scope, numbered('a'))
  await whileSeriesIsHeld(async () => {
    const refused = expect(storage.commit(scope, numbered('b'))).rejects.toMatchObject({ outcome: 'nothing' })
    const cancel = `select pg_cancel_backend(pid) as done from pg_stat_activity
      where application_name = 'bursar ${schema.schema}' and wait_event_type = 'Lock'`
    await expect.poll(() => schema.query(cancel)).toEqual([{ done: true }])
    await refused
  })
  expect(await storage.read(scope, [{ in: 'invoices', id: 'a' }])).toHaveLength(1)
  expect(await storage.commit(scope, numbered('b'))).toMatchObject({ numbers: { 'invoices/b': 2 } })
})

test('what the server never takes is no outage, and what went with it is stored', async () => {
  const storage = schema.open()
  await storage.migrate([notes])
  const text = randomBytes(8000).toString('base64') // of which no index takes one so long
  const long: Change = { do: 'insert', in: 'notes', id: 'long', body: { text } }
  const commits = [long, insert('a'), insert('b')].map((one) => storage.commit(scope, [one]).catch(String))
  const [refused, ...others] = await Promise.all(commits)
  expect(refused).toMatch(/^Error: PostgreSQL refused: index row/)
  expect(others).toMatchObject(others.map(() => ({ outcome: 'committed' })))
})

test.each([
  ['53100', 'StorageUnavailableError'],
  ['57014', 'StorageUnavailableError'],
  ['42501', 'StorageUnavailableError'],
  ['42P05', 'StorageUnavailableError'],
  ['23514', 'Error'],
  ['P0001', 'Error'],
])('an error %s of the server is a %s, and its detail is not told', async (code, name) => {
  const storage = schema.open()
  await storage.migrate([notes])
  const raised = `raise exception 'no' using errcode = '${code}', detail = 'of ann@example.org'`
  await schema.query(`create function ${schema.schema}.refuse() returns trigger language plpgsql as $$ begin ${raised}; end $$;
    create trigger refuse before insert on ${schema.schema}.notes for each row execute function ${schema.schema}.refuse()`)
  const message = 'PostgreSQL refused: no.'
  await expect(storage.commit(scope, [insert('a')])).rejects.toMatchObject({ name, message })
})

test('a client that vanishes within a transaction does not keep what it had locked', async () => {
  const storage = schema.open({ timeoutMs: 2000 })
  await storage.migrate([invoices])
  await storage.commit(scope, numbered('a'))
  const vanished = await openClient({ url: schema.url, timeoutMs: 2000 })
  await vanished.query(`begin; update ${schema.schema}._series set last = last`)
  expect(await storage.commit(scope, numbered('b'))).toMatchObject({ numbers: { 'invoices/b': 2 } })
  await vanished.end()
})

test('a storage without a time limit is closed once what is under way is done', async () => {
  const storage = schema.open({ timeoutMs: 0 })
  await storage.migrate([invoices])
  await storage.commit(scope, numbered('a'))
  const other = await openClient({ url: schema.url })
  await other.query(`begin; update ${schema.schema}._series set last = last`)
  const commit = storage.commit(scope, numbered('b')).catch((error: Error) => error.name)
  const closed = storage.close()
  await new Promise((resolve) => setTimeout(resolve, 1500))
  await other.query('rollback')
  expect(await commit).toMatchObject({ outcome: 'committed' })
  await closed
  await other.end()
})

test('a schema that was never migrated says what to do', async () => {
  const storage = schema.open()
  await storage.migrate([notes])
  await schema.query(`drop table ${schema.schema}.notes`)
  await expect(storage.commit(scope, [insert('a')])).rejects.toThrow('bursar migrate')
})

test('a schema of another format is not touched', async () => {
  await schema.open().migrate([notes])
  await schema.query(`update ${schema.schema}._meta set value = 99 where name = 'format'`)
  await expect(schema.open().migrate([notes])).rejects.toThrow('format 99')
})
