import type { Collection, Storage } from '@bursar/core/storage-adapter'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { insertNote, keyed, lowered, type Note, notes, putNote, scope, sized } from '../testing/notes.ts'
import { type TestSchema, testSchema } from '../testing/test-schema.ts'

let schema: TestSchema
beforeEach(() => {
  schema = testSchema()
})
afterEach(() => schema.end())

const listed = async (storage: Storage, index: string) => {
  const { items } = await storage.list(scope, { in: 'notes', index, equals: [], limit: 1000 })
  return items.map(({ id }) => id)
}

/** Older code with notes of which two break the unique key of the next version. */
async function withSameKeys(): Promise<Storage> {
  const old = schema.open()
  await old.migrate([notes])
  await old.commit(scope, [insertNote('a', 'One', 1), insertNote('b', 'Same', 2), insertNote('c', 'SAME', 3)])
  return old
}

const migrateTo = (collection: Collection<Note>) => schema.open().migrate([collection])

test('a migration that failed once fills every row the second time', async () => {
  const old = await withSameKeys()
  await expect(migrateTo(keyed)).rejects.toThrow('unique key "key"')
  await old.commit(scope, [putNote('c', 1, 'Other', 3)])
  const next = schema.open()
  await next.migrate([keyed])
  expect(await listed(next, 'size')).toEqual(['a', 'b', 'c'])
  const [found] = await next.read(scope, [{ in: 'notes', unique: 'key', key: ['same'] }])
  expect(found).toMatchObject({ id: 'b' })
  const again = await next.commit(scope, [insertNote('d', 'ONE')])
  expect(again).toMatchObject({ outcome: 'conflict', why: 'unique' })
})

test('a migration that was cut half-way is made whole by one of other columns', async () => {
  const old = schema.open()
  await old.migrate([notes])
  await old.commit(
    scope,
    Array.from({ length: 50 }, (_, n) => insertNote(`n${n}`, `Text ${n}`, n)),
  )
  // The index waits for whoever looks at an old state: meanwhile all rows are filled, and the process ends.
  const report = new Client({ connectionString: schema.url })
  await report.connect()
  await report.query('begin isolation level repeatable read; select 1 from pg_class limit 1')
  const cut = migrateTo(sized).catch((error: unknown) => error)
  const ended = `select pg_terminate_backend(pid) from pg_stat_activity where state = 'active'
    and application_name = 'bursar ${schema.schema}' and query like 'create index%'`
  await expect.poll(() => schema.query(ended), { timeout: 10_000 }).toHaveLength(1)
  expect(await cut).toBeInstanceOf(Error)
  await report.end()
  const next = schema.open()
  await next.migrate([lowered])
  expect(await listed(next, 'low')).toHaveLength(50)
})

test('a migration that fails leaves to the version before what older code writes', async () => {
  const oldest = await withSameKeys()
  await migrateTo(sized)
  const third = { ...keyed, columns: { ...keyed.columns, ...lowered.columns } }
  await expect(migrateTo(third)).rejects.toThrow('unique key "key"')
  await oldest.commit(scope, [insertNote('d', 'Older', 4)])
  const second = schema.open()
  await second.migrate([sized])
  expect(await listed(second, 'size')).toEqual(['a', 'b', 'c', 'd'])
})

test('a migration that fails again and again takes no more room in the table', async () => {
  await withSameKeys()
  // PostgreSQL counts the columns that were dropped among the 1600 that a table may have.
  const room = () =>
    schema.query(`select max(attnum) from pg_attribute where attrelid = '${schema.schema}.notes'::regclass`)
  await expect(migrateTo(keyed)).rejects.toThrow('unique key "key"')
  const before = await room()
  await expect(migrateTo(keyed)).rejects.toThrow('unique key "key"')
  expect(await room()).toEqual(before)
})

test('a column that a failed migration made as a number can be a text in the next', async () => {
  const old = await withSameKeys()
  await expect(migrateTo(keyed)).rejects.toThrow('unique key "key"')
  const texts = { ...keyed, numbers: [], columns: { ...keyed.columns, size: ({ size }: Note) => `size ${size}` } }
  await old.commit(scope, [putNote('c', 1, 'Other', 3)])
  const next = schema.open()
  await next.migrate([texts])
  const page = await next.list(scope, { in: 'notes', index: 'size', equals: ['size 3'], limit: 5 })
  expect(page.items.map(({ id }) => id)).toEqual(['c'])
})
