import { setTimeout as sleep } from 'node:timers/promises'
import type { AnyCollection, Collection } from '@bursar/core/storage-adapter'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { insertNote, type Note, notes, scope, sized } from '../testing/notes.ts'
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

/** Reports read these columns of an order. */
const reported = Object.fromEntries(['number', 'state', 'customerId', 'createdAt'].map((name) => [name, () => null]))
const orders: Collection<Note> = { ...notes, name: 'orders', columns: { ...notes.columns, ...reported } }
const journal: Collection<Note> = { ...notes, name: 'journal' }

const changes: Record<string, { first: AnyCollection[]; next: AnyCollection[]; before?: string }> = {
  'adds columns': { first: [notes], next: [sized] },
  'makes views anew': {
    first: [orders, journal],
    next: [orders, journal],
    before: `delete from _meta where name = 'guarded_views'`,
  },
}

test.each(Object.keys(changes))('a migration that %s lets others go on while it waits for a report', async (name) => {
  const { first, next, before } = changes[name] ?? { first: [], next: [] }
  const old = schema.open()
  await old.migrate(first)
  const read = first[0]?.name ?? ''
  await old.commit(scope, [{ ...insertNote('a', 'One'), in: read } as ReturnType<typeof insertNote>])
  await other.query(`set search_path = ${schema.schema}`)
  if (before !== undefined) await other.query(before)
  await other.query(`begin; select count(*) from ${first.map((each) => each.name).join()}`)
  const migrating = schema.open().migrate(next)
  await sleep(200)
  const begun = performance.now()
  await old.read(scope, [{ in: read, id: 'a' }])
  expect(performance.now() - begun).toBeLessThan(2000)
  await other.query('rollback')
  await migrating
})

test('a table of jobs that has all it needs is not waited for', async () => {
  await schema.open().migrate([notes])
  await other.query(`begin; lock table ${schema.schema}._jobs in row exclusive mode`)
  const begun = performance.now()
  await schema.open().migrate([notes, orders])
  expect(performance.now() - begun).toBeLessThan(2000)
})

test('a role that may make no schema uses one that was made for it', async () => {
  const role = `owner_${schema.schema}`
  await schema.query(`create role ${role} login password 'owner'; create schema ${schema.schema} authorization ${role}`)
  const storage = schema.open({ url: schema.url.replace(/\/\/[^@]+@/, `//${role}:owner@`) })
  try {
    await storage.migrate([notes])
    await storage.commit(scope, [insertNote('a', 'One')])
  } finally {
    await storage.close()
    await schema.query(`drop owned by ${role}; drop role ${role}`)
  }
})
