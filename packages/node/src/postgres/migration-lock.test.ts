import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryLogger } from '../testing/memory-logger.ts'
import { insertNote, notes, scope, sized } from '../testing/notes.ts'
import { type TestSchema, testSchema } from '../testing/test-schema.ts'

let schema: TestSchema
let other: Client
beforeEach(async () => {
  schema = testSchema()
  other = new Client({ connectionString: schema.url })
  await other.connect()
})
afterEach(async () => {
  await other.end()
  await schema.end()
})

test('a migration waits for another of its schema, says so, and waits for none of another schema', async () => {
  const old = schema.open()
  await old.migrate([notes])
  await old.commit(scope, [insertNote('a', 'One')])
  // Its index waits for whoever looks at an old state.
  await other.query('begin isolation level repeatable read; select 1 from pg_class limit 1')
  const first = schema.open().migrate([sized])
  const building = `select 1 from pg_stat_activity where state = 'active'
    and application_name = 'bursar ${schema.schema}' and query like 'create index%'`
  await expect.poll(() => schema.query(building), { timeout: 10_000 }).toHaveLength(1)

  const elsewhere = testSchema()
  await elsewhere.open().migrate([notes])
  await elsewhere.end()

  const logger = memoryLogger()
  const second = schema.open({ logger }).migrate([sized])
  await expect.poll(() => logger.lines, { timeout: 10_000 }).toHaveLength(1)
  expect(logger.lines).toMatchObject([{ level: 'info', fields: { schema: schema.schema } }])
  await other.query('rollback')
  await Promise.all([first, second])
})

test('a migration of the release before, which locks the whole database, is waited for', async () => {
  await other.query(`select pg_advisory_lock(${0x42555253})`)
  const logger = memoryLogger()
  const migrating = schema.open({ logger }).migrate([notes])
  await expect.poll(() => logger.lines, { timeout: 10_000 }).toHaveLength(1)
  await other.query(`select pg_advisory_unlock(${0x42555253})`)
  await migrating
  // And it waits for this one, which is over; so will be those of other schemas, which hold the same lock.
  const isFree = async () => (await other.query(`select pg_try_advisory_lock(${0x42555253}) as free`)).rows
  await expect.poll(isFree, { timeout: 10_000 }).toEqual([{ free: true }])
})
