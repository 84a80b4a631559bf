import type { Change, Collection, Json, Storage } from '@bursar/core/storage-adapter'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestSchema, testSchema } from '../testing/test-schema.ts'

interface Note {
  readonly text: string
  readonly size: number
}

const notes: Collection<Note> = {
  name: 'notes',
  of: 'operator',
  columns: { text: ({ text }) => text },
  unique: {},
  indexes: { text: ['text'] },
}
/** What the next version makes of it. */
const wider: Collection<Note> = {
  ...notes,
  columns: { ...notes.columns, size: ({ size }) => size, key: ({ text }) => text.toLowerCase() },
  numbers: ['size'],
  unique: { key: ['key'] },
  indexes: { ...notes.indexes, size: ['size'] },
  search: { fields: ({ text }) => [{ text, weight: 1 }] },
}
const scope = { operator: 'op' }
const insert = (id: string, size: number): Change => ({ do: 'insert', in: 'notes', id, body: noteOf(id, size) })
const put = (id: string, version: number, size: number): Change => ({
  ...{ do: 'put', in: 'notes', id, version, body: noteOf(id, size) },
})
const noteOf = (id: string, size: number): Json => ({ text: `Text ${id}`, size })

let schema: TestSchema
beforeEach(() => {
  schema = testSchema()
})
afterEach(() => schema.end())

test('older code goes on while newer code migrates and works, and nothing that it writes is lost to the new index', async () => {
  const old = schema.open()
  await old.migrate([notes])
  for (let n = 0; n < 30; n += 1) await old.commit(scope, [insert(`a${n}`, n)])

  let isOver = false
  let written = 0
  const writing = (async () => {
    // More than are repaired in one piece.
    for (; !isOver || written < 450; written += 1) {
      const answer = await old.commit(scope, [
        insert(`b${written}`, 1000 + written),
        put(`a${written % 30}`, 1 + Math.floor(written / 30), 500),
      ])
      expect(answer.outcome).toBe('committed')
    }
  })()
  const next = schema.open()
  await next.migrate([wider])
  await next.commit(scope, [insert('c1', 7)])
  await new Promise((resolve) => setTimeout(resolve, 50))
  isOver = true
  await writing

  // The newer processes that start after the last old one has ended rewrite what is left.
  const last = schema.open()
  await last.migrate([wider])
  const rows = await schema.query(`select count(*) as n from ${schema.schema}.notes where size is null or key is null
    or size <> (_body->>'size')::int or _gen <> 2`)
  expect(Number(rows[0]?.n)).toBe(0)
  expect(await listed(last, { from: 1000 })).toBe(written)
  const found = await last.search(scope, { in: 'notes', text: 'b0', limit: 5 })
  expect(found.items.map(({ id }) => id)).toEqual(['b0'])
  expect(await schema.query(`select * from ${schema.schema}._stale`)).toEqual([])
})

/** How many notes of such sizes the index lists. */
async function listed(storage: Storage, range: { from: number }): Promise<number> {
  let count = 0
  for (let cursor: string | undefined; ; ) {
    const page = await storage.list(scope, { in: 'notes', index: 'size', equals: [], range, limit: 1000, cursor })
    count += page.items.length
    if (page.nextCursor === null) return count
    cursor = page.nextCursor
  }
}

test('older code that is started after newer code has migrated is told so', async () => {
  await schema.open().migrate([wider])
  await expect(schema.open().migrate([notes])).rejects.toThrow(
    'column "size" was declared before and is missing: newer code has migrated this storage',
  )
})

test('a migration that documents break binds older code to nothing', async () => {
  const storage = schema.open()
  await storage.migrate([notes])
  await storage.commit(scope, [
    insert('same', 1),
    { do: 'insert', in: 'notes', id: 'other', body: { text: 'TEXT SAME', size: 2 } },
  ])
  const next = schema.open()
  await expect(next.migrate([wider])).rejects.toThrow('unique key "key"')
  const indexes = await schema.query(`select indexname from pg_indexes where schemaname = '${schema.schema}'`)
  expect(indexes.map(({ indexname }) => indexname)).not.toContain('notes_unique_key')
  await storage.commit(scope, [insert('more', 3)])
  expect(await schema.query(`select * from ${schema.schema}._stale`)).toEqual([])
  await storage.migrate([notes])
})

test('many processes that start at once migrate once', async () => {
  await Promise.all(Array.from({ length: 6 }, () => schema.open({ maxConnections: 2 }).migrate([wider])))
  const shapes = await schema.query(`select generation from ${schema.schema}._collections where name = 'notes'`)
  expect(shapes).toEqual([{ generation: 1 }])
})

test.each([
  ['their priority', '_jobs_due', 'op, site, queue, run_at, id'],
  ['what they wait for', '_jobs_lanes', 'op, site, queue, priority, run_at, id'],
])(
  'a schema of before jobs were found by %s gets the index for it, and its jobs still wait',
  async (_, index, columns) => {
    const before = schema.open()
    await before.migrate([notes])
    await before.commit(scope, [{ do: 'enqueue', id: 'j1', queue: 'work', data: null }])
    await schema.query(`alter table ${schema.schema}._jobs drop column waits_for`) // with the newest index
    await schema.query(`create index ${index} on ${schema.schema}._jobs (${columns})`)
    const next = schema.open()
    await next.migrate([notes])
    const indexes = await schema.query(`select indexname from pg_indexes where schemaname = '${schema.schema}'`)
    const names = indexes.map(({ indexname }) => indexname)
    expect(names).toContain('_jobs_waiting_for')
    // The release before looks for its own, and finds its jobs by it.
    expect(names.includes(index)).toBe(index === '_jobs_lanes')
    const jobs = await next.jobs.lease({ worker: 'w', limit: 9, leaseMs: 1000, now: '2026-01-01T00:00:00.000Z' })
    expect(jobs.map(({ id }) => id)).toEqual(['j1'])
  },
)

test('a schema of before searches had a bound gets the index for it, also where one was left half made', async () => {
  await schema.open().migrate([wider])
  const order = `${schema.schema}._tokens_notes_order`
  const isValid = () =>
    schema.query(`select indisvalid as valid from pg_index where indexrelid = to_regclass('${order}')`)
  expect(await isValid()).toEqual([{ valid: true }])
  await schema.query(`drop index ${order}`)
  await schema.open().migrate([wider])
  expect(await isValid()).toEqual([{ valid: true }])
  await schema.query(`update pg_index set indisvalid = false where indexrelid = '${order}'::regclass`)
  const next = schema.open()
  await next.migrate([wider])
  expect(await isValid()).toEqual([{ valid: true }])
  await next.commit(scope, [insert('c1', 7)])
  expect((await next.search(scope, { in: 'notes', text: 'text', limit: 5 })).items).toHaveLength(1)
})
