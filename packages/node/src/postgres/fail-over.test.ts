import { createCommerce } from '@bursar/core'
import type { Change, Collection } from '@bursar/core/storage-adapter'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { askPostgres } from '../testing/ask-postgres.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { type PostgresStorage, postgresStorage } from './postgres-storage.ts'

const notes: Collection<{ readonly text: string }> = {
  name: 'notes',
  of: 'operator',
  columns: {},
  unique: {},
  indexes: {},
}
const scope = { operator: 'op' }
const insert = (id: string): Change => ({ do: 'insert', in: 'notes', id, body: { text: id } })

let database: TestDatabase
let storage: PostgresStorage
beforeEach(async () => {
  database = await testDatabase()
  storage = postgresStorage({ url: database.url })
  await storage.migrate([notes])
})
afterEach(async () => {
  await storage.close()
  await database.end()
})

/** From now on connections are to a server that only reads, or to one that writes again; those that are there stay as they are. */
async function newConnections(what: 'only read' | 'write'): Promise<void> {
  const client = new Client({ connectionString: database.url, options: '-c default_transaction_read_only=off' })
  await client.connect()
  const name = new URL(database.url).pathname.slice(1)
  await client.query(`alter database ${name} set default_transaction_read_only = ${what === 'write' ? 'off' : 'on'}`)
  await client.end()
}

const endConnections = () =>
  askPostgres(
    database.url,
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'bursar bursar' and datname = current_database()`,
  )

/** Some at once, each on a connection of its own. */
const write = (prefix: string) =>
  Promise.all(
    Array.from({ length: 4 }, (_, n) =>
      storage.commit(scope, [insert(`${prefix}${n}`)], { commitId: `${prefix}${n}` }),
    ),
  )

test('connections to a server that only reads are given up once one writes: no caller notices', async () => {
  await newConnections('only read')
  await endConnections()
  await expect(write('a')).rejects.toMatchObject({ name: 'StorageUnavailableError', outcome: 'nothing' })
  await new Promise((resolve) => setTimeout(resolve, 1100))
  await newConnections('write')
  expect((await write('b')).map(({ outcome }) => outcome)).toEqual(Array(4).fill('committed'))
})

test('a shop whose server only reads is not ready, and is once it writes', async () => {
  await storage.close()
  storage = postgresStorage({ url: database.url, schema: 'shop' })
  const commerce = createCommerce({ storage })
  await commerce.migrate()
  expect(await commerce.ready()).toBe(true)
  await newConnections('only read')
  await askPostgres(
    database.url,
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'bursar shop'`,
  )
  expect(await commerce.ready()).toBe(false)
  await newConnections('write')
  await expect.poll(() => commerce.ready(), { timeout: 5000 }).toBe(true)
})
