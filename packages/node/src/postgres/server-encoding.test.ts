import { afterEach, expect, test } from 'vitest'
import { askPostgres } from '../testing/ask-postgres.ts'
import { memoryLogger } from '../testing/memory-logger.ts'
import { insertNote, type Note, notes, scope } from '../testing/notes.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { postgresStorage } from './postgres-storage.ts'

const titled = { ...notes, search: { fields: ({ text }: Note) => [{ text, weight: 1 }] } }
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

test('a database in which not every text can be stored is refused before anything is made in it', async () => {
  const { open, query } = await database('WIN1252')
  const { storage } = open()
  // By another name, `bursar migrate` would take it for a mistake of the program and print its stack.
  await expect(storage.migrate([titled])).rejects.toMatchObject({
    name: 'Error',
    message: expect.stringMatching(
      /^This database has the encoding WIN1252, .*: make one by `create database … template template0 encoding 'UTF8'`/,
    ),
  })
  expect(await query("select count(*)::int as made from pg_namespace where nspname = 'bursar'")).toEqual([{ made: 0 }])
})

test('a shop that is on such a database goes on, and its log warns', async () => {
  const { open, query } = await database('WIN1252')
  // As a release that did not look has left it.
  await query(
    'create schema bursar; create table bursar._collections (name text primary key, shape json not null, generation integer not null)',
  )
  for (const _start of ['once more', 'as it is']) {
    const { storage, logger } = open()
    await storage.migrate([notes])
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { encoding: 'WIN1252' } }])
  }
})

test.each(['UTF8', 'SQL_ASCII'])('in a database of %s all is found that is written', async (encoding) => {
  const { storage, logger } = (await database(encoding)).open()
  await storage.migrate([titled])
  await storage.commit(scope, [insertNote('a', '数学 Straße'), insertNote('b', 'Łukasz')])
  const found = async (text: string) =>
    (await storage.search(scope, { in: 'notes', text, limit: 9 })).items.map(({ id }) => id)
  expect(await found('数')).toEqual(['a'])
  expect(await found('luk')).toEqual(['b'])
  expect(logger.lines).toEqual([])
})

async function database(encoding: string) {
  const made: TestDatabase = await testDatabase(encoding)
  ends.push(made.end)
  return {
    query: (text: string) => askPostgres(made.url, text),
    open() {
      const logger = memoryLogger()
      const storage = postgresStorage({ url: made.url, maxConnections: 2, logger })
      ends.push(() => storage.close())
      return { storage, logger }
    },
  }
}
