import { type Change, type Collection, compileCollection } from '@bursar/core/storage-adapter'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestSchema, testSchema } from '../testing/test-schema.ts'
import { type Connection, type Database, openDatabase } from './database.ts'
import type { PostgresStorage } from './postgres-storage.ts'
import { repairStale } from './repair-stale.ts'
import { rewriteRows } from './rewrite-rows.ts'
import { makeTable } from './table.ts'

interface Note {
  readonly size: number
}

const notes: Collection<Note> = { name: 'notes', of: 'operator', columns: {}, unique: {}, indexes: {} }
const wider: Collection<Note> = {
  ...notes,
  columns: { size: ({ size }) => size },
  numbers: ['size'],
  indexes: { size: ['size'] },
}
const scope = { operator: 'op' }
/** More than are rewritten in one piece. */
const MANY = 450

let schema: TestSchema
let database: Database
let old: PostgresStorage
beforeEach(async () => {
  schema = testSchema()
  database = openDatabase({ ...schema, maxWaiting: 10 })
  old = schema.open()
  await old.migrate([notes])
  await schema.open().migrate([wider])
})
afterEach(async () => {
  await database.close()
  await schema.end()
})

const idOf = (n: number) => `n${10_000 + n}`
const insert = (n: number): Change => ({ do: 'insert', in: 'notes', id: idOf(n), body: { size: n } })
const insertMany = (from: number, count: number) =>
  old.commit(
    scope,
    Array.from({ length: count }, (_, n) => insert(from + n)),
  )

/** Ids of rows of which the columns are not those of their body. */
async function behind(): Promise<unknown[]> {
  const rows = await schema.query(`select _id from ${schema.schema}.notes where _gen < 2 or size is null or
    size <> (_body->>'size')::int order by _id`)
  return rows.map(({ _id }) => _id)
}

const table = () => makeTable(schema.schema, compileCollection(wider), 2)
const passes: Record<string, (connection: Connection) => Promise<unknown>> = {
  'what is noted as stale': (connection) => repairStale(connection, schema.schema, [table()]),
  'all rows': (connection) => rewriteRows(connection, table()),
}

test.each(Object.keys(passes))(
  'a pass through %s ends, though more comes all the while, and all that was there is new',
  async (name) => {
    await insertMany(0, MANY)
    expect(await behind()).toHaveLength(MANY)
    let written = MANY
    let trips = 0
    await database.withConnection(async (connection) => {
      await passes[name]?.({
        // Ids that follow each other, written faster than they are read.
        async run(statements) {
          trips += 1
          if (trips > 30) throw new Error('This pass does not end.')
          await insertMany(written, 210)
          written += 210
          return connection.run(statements)
        },
      })
    })
    expect((await behind()).filter((id) => String(id) < idOf(MANY))).toEqual([])
  },
)

test('a batch that meets a writer of its rows in another order is rewritten row by row', async () => {
  await insertMany(0, 3)
  const sizes: number[] = []
  await database.withConnection(async (connection) => {
    const run: Connection['run'] = async (statements) => {
      if (!statements.some(({ text }) => text.startsWith('update'))) return connection.run(statements)
      sizes.push(statements.length)
      // As the server ends one of two that wait for each other.
      const deadlock = { text: `do $$ begin raise exception 'deadlock' using errcode = '40P01'; end $$`, values: [] }
      return connection.run(sizes.length === 1 ? [...statements, deadlock] : statements)
    }
    expect(await repairStale({ run }, schema.schema, [table()])).toBe(3)
  })
  expect(sizes).toEqual([7, 3, 3, 3])
  expect(await behind()).toEqual([])
  expect(await schema.query(`select * from ${schema.schema}._stale`)).toEqual([])
})
