import { setTimeout as sleep } from 'node:timers/promises'
import { type Collection, compileCollection, type Storage } from '@bursar/core/storage-adapter'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryLogger } from '../testing/memory-logger.ts'
import { insertNote, keyed, lowered, type Note, notes, putNote, scope, searched, sized } from '../testing/notes.ts'
import { type TestSchema, testSchema } from '../testing/test-schema.ts'
import { type Connection, type Database, openDatabase } from './database.ts'
import { repairStale } from './repair-stale.ts'
import { repairLock } from './schema-lock.ts'
import { makeTable } from './table.ts'

let schema: TestSchema
let database: Database
beforeEach(() => {
  schema = testSchema()
  database = openDatabase({ ...schema, maxWaiting: 10 })
})
afterEach(async () => {
  await database.close()
  await schema.end()
})

async function started(collection: Collection<Note>): Promise<Storage> {
  const storage = schema.open()
  await storage.migrate([collection])
  return storage
}

/** A pass of a process whose collection has this generation. */
const pass = (collection: Collection<Note>, generation: number, connection: Connection = database) =>
  repairStale(connection, schema.schema, [makeTable(schema.schema, compileCollection(collection), generation)])

const listed = async (storage: Storage, index: string) => {
  const { items } = await storage.list(scope, { in: 'notes', index, equals: [], limit: 1000 })
  return items.map(({ id }) => id)
}
const noted = () => schema.query(`select id from ${schema.schema}._stale order by id`)
const found = async (storage: Storage, text: string) => {
  const { items } = await storage.search(scope, { in: 'notes', text, limit: 9 })
  return items.map(({ id }) => id)
}
const tokens = () => schema.query(`select token, id from ${schema.schema}._tokens_notes order by token, id`)

test('a version in between leaves to the newest what it needs', async () => {
  const first = await started(notes)
  const second = await started(sized)
  await started(lowered)
  await second.commit(scope, [insertNote('b', 'By the second', 2)])
  await first.commit(scope, [insertNote('a', 'By the first', 1)])
  await pass(sized, 2)
  expect(await listed(second, 'size')).toEqual(['a', 'b'])
  expect(await noted()).toEqual([{ id: 'a' }, { id: 'b' }])
  expect(await pass(sized, 2)).toBe(0)
  const last = await started(lowered)
  expect(await listed(last, 'low')).toEqual(['a', 'b'])
  expect(await noted()).toEqual([])
})

test('what older code removes is not found by the search that newer code added', async () => {
  const old = await started(notes)
  await old.commit(scope, [insertNote('a', 'Algebra'), insertNote('b', 'Algebra'), insertNote('c', 'Algebra')])
  const next = await started(searched)
  await old.commit(scope, [{ do: 'remove', in: 'notes', id: 'a', version: 1 }, putNote('b', 1, 'Botany')])
  await old.commit(scope, [
    { do: 'remove', in: 'notes', id: 'b', version: 2 },
    { do: 'remove', in: 'notes', id: 'c', version: 1 },
  ])
  await next.commit(scope, [insertNote('c', 'Chemistry')])
  await pass(searched, 2)
  expect(await tokens()).toEqual([{ token: 'chemistry', id: 'c' }])
  expect(await found(next, 'chemistry')).toEqual(['c'])
  expect(await noted()).toEqual([])
})

test('a document that goes while its entries are written leaves none', async () => {
  const old = await started(notes)
  await started(searched)
  // As where a release of before removals were noted added the search.
  await schema.query(`drop trigger note_removed on ${schema.schema}.notes`)
  await old.commit(scope, [insertNote('a', 'Algebra'), insertNote('b', 'Botany')])
  await pass(searched, 2, {
    async run(statements) {
      const isWriting = statements.some(({ text }) => text.includes('update'))
      if (isWriting) await old.commit(scope, [{ do: 'remove', in: 'notes', id: 'a', version: 1 }]).catch(() => {})
      return database.run(statements)
    },
  })
  expect(await tokens()).toEqual([{ token: 'botany', id: 'b' }])
  await pass(searched, 2)
  expect(await noted()).toEqual([])
})

test('a note that cannot be repaired is told once and keeps neither others nor new processes', async () => {
  const old = await started(notes)
  await old.commit(scope, [insertNote('a', 'Same', 1)])
  await started(keyed)
  await old.commit(scope, [insertNote('b', 'SAME', 2), insertNote('c', 'Fine', 3)])
  const logger = memoryLogger()
  const next = schema.open({ logger })
  await next.migrate([keyed])
  await next.migrate([keyed])
  expect(await listed(next, 'size')).toEqual(['a', 'c'])
  expect(await noted()).toEqual([{ id: 'b' }])
  expect(logger.lines).toMatchObject([
    { level: 'error', fields: { collection: 'notes', operator: 'op', id: 'b', reason: expect.any(String) } },
  ])
  await old.commit(scope, [putNote('b', 1, 'Other', 2)])
  await next.migrate([keyed])
  expect(await listed(next, 'size')).toEqual(['a', 'b', 'c'])
})

test('while another process repairs, a pass leaves it to that one', async () => {
  const old = await started(notes)
  await started(sized)
  await old.commit(scope, [insertNote('a', 'One', 1)])
  const other = new Client({ connectionString: schema.url })
  await other.connect()
  await other.query(`begin; select pg_advisory_xact_lock(${repairLock(schema.schema)})`)
  await expect(pass(sized, 2)).rejects.toThrow('Another process')
  // A process that starts waits for its first pass to be whole.
  const starting = started(sized)
  await sleep(500)
  await other.query('rollback')
  await other.end()
  expect(await listed(await starting, 'size')).toEqual(['a'])
})

test('a process whose storage is closed ends its pass with the batch that it is at', async () => {
  await started(notes)
  await started(sized)
  await schema.query(`insert into ${schema.schema}.notes (_op, _site, _id, _v, _body)
    select 'op', '', lpad(n::text, 7, '0'), 1, '{"text":"t","size":1}' from generate_series(1, 20000) n`)
  const next = schema.open()
  const starting = next.migrate([sized])
  await expect.poll(async () => (await noted()).length, { timeout: 20_000 }).toBeLessThan(20_000)
  await next.close()
  await starting
  expect((await noted()).length).toBeGreaterThan(5000)
})
