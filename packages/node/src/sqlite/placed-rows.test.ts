import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { memoryStorage } from '@bursar/core'
import type { Change, Storage } from '@bursar/core/storage-adapter'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rowOfId } from './row-of-id.ts'
import { sqliteStorage } from './sqlite-storage.ts'
import { KEY_IN_ROW } from './table.ts'

const scope = { operator: 'op', site: 'here' }
interface Note {
  readonly text: string
  readonly day: string
}
const NOTES = {
  name: 'notes',
  of: 'site',
  columns: { text: (body: Note) => body.text, day: (body: Note) => body.day },
  unique: { text: ['text'] },
  indexes: { byDay: ['day'] },
} as const

/** Three of one row, two more of the same millisecond, and one that has none. */
const IDS = [...idsOfOneRow(3), idOf(1), idOf(2), 'word']

let folder: string
const file = () => join(folder, 'shop.sqlite')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bursar-rows-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

test('a document stands where its id says, also after VACUUM; in any other row where that is taken', async () => {
  const ids = idsOfOneRow(3)
  await made(async (storage) => {
    for (const id of ids)
      expect(await storage.commit(scope, [insertOf(id, id)])).toMatchObject({ outcome: 'committed' })
  })
  const own = rowOfId('op', 'here', ids[0] ?? '')
  const rows = () => inFile((database) => database.prepare('select _id as id, _rowid_ as row from notes').all())
  const found = rows()
  expect(found.filter(({ row }) => row === own)).toEqual([{ id: ids[0], row: own }])
  expect(new Set(found.map(({ id }) => id))).toEqual(new Set(ids))
  inFile((database) => database.exec('vacuum'))
  expect(rows()).toEqual(found)
})

test('a migration fills what it adds also where a row has a number beyond those of JavaScript', async () => {
  const [id = ''] = IDS
  await made(async (storage) => {
    await storage.commit(scope, [insertOf(id, 'far')])
  })
  inFile((database) => database.exec('update notes set _rowid_ = 9007199254740993'))
  const storage = sqliteStorage({ file: file() })
  const long = ({ text }: Note) => `${text.length}`
  await storage.migrate([
    { ...NOTES, columns: { ...NOTES.columns, long }, indexes: { ...NOTES.indexes, byLong: ['long'] } },
  ])
  const query = { in: 'notes', index: 'byLong', equals: ['3'], limit: 5 }
  expect((await storage.list(scope, query)).items).toMatchObject([{ id, body: { text: 'far' } }])
  await storage.close()
})

test('by its row one tree is searched', async () => {
  await made(async () => {})
  inFile((database) => {
    for (const sql of [`select _body from notes where ${KEY_IN_ROW}`, `update notes set _v = 2 where ${KEY_IN_ROW}`]) {
      const plan = database.prepare(`explain query plan ${sql}`).all()
      expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH notes USING INTEGER PRIMARY KEY (rowid=?)'])
    }
  })
})

const change = fc.record({
  do: fc.constantFrom('insert', 'put', 'put', 'remove', 'check'),
  id: fc.constantFrom(...IDS),
  version: fc.integer({ min: 1, max: 3 }),
  text: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  day: fc.constantFrom('1', '2'),
})
const commits = fc.array(
  fc.record({
    changes: fc.uniqueArray(change, { selector: ({ id }) => id, minLength: 1, maxLength: 3 }),
    site: fc.constantFrom('here', 'there'),
  }),
  { maxLength: 30 },
)

test.each([
  ['a table of this version', () => {}],
  ['a table of before', () => inFile((database) => database.exec("delete from _meta where name = 'rows:notes'"))],
])(
  'whatever is committed, %s holds what memory holds',
  async (_name, age) => {
    await made(async () => {})
    age()
    await fc.assert(
      fc.asyncProperty(commits, async (all) => {
        inFile((database) => database.exec('delete from notes'))
        await made(async (sqlite) => {
          const memory = memoryStorage()
          await memory.migrate([NOTES])
          for (const { changes, site } of all) {
            const given = changes.map(changeOf)
            const where = { operator: 'op', site }
            const [answer, expected] = [await sqlite.commit(where, given), await memory.commit(where, given)]
            // Of several that are refused, each storage names another.
            expect(answer.outcome).toBe(expected.outcome)
            if (expected.outcome === 'committed') expect(answer).toEqual(expected)
            const refs = IDS.map((id) => ({ in: 'notes', id }))
            for (const place of ['here', 'there']) {
              const at = { operator: 'op', site: place }
              expect(await sqlite.read(at, refs)).toEqual(await memory.read(at, refs))
              const query = { in: 'notes', index: 'byDay', equals: ['1'], limit: 100 } as const
              expect(await sqlite.list(at, query)).toEqual(await memory.list(at, query))
            }
          }
        })
        inFile((database) => database.exec('delete from notes'))
      }),
      { numRuns: 60 },
    )
  },
  60_000,
)

async function made(work: (storage: Storage) => Promise<void>): Promise<void> {
  const storage = sqliteStorage({ file: file() })
  await storage.migrate([NOTES])
  await work(storage)
  await storage.close()
}

function inFile<T>(work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file())
  try {
    return work(database)
  } finally {
    database.close()
  }
}

function insertOf(id: string, text: string): Change {
  return { do: 'insert', in: 'notes', id, body: { text, day: '1' } }
}

function changeOf({
  do: kind,
  id,
  version,
  text,
  day,
}: {
  do: string
  id: string
  version: number
  text: string
  day: string
}): Change {
  const named = { in: 'notes', id }
  const body = { text, day }
  if (kind === 'put') return { do: kind, ...named, version, body }
  if (kind === 'remove' || kind === 'check') return { do: kind, ...named, version }
  return { do: 'insert', ...named, body }
}

/** The n-th id of one millisecond. */
function idOf(n: number): string {
  return `crt_01kq5w8v3z${String(n).padStart(16, '0')}`
}

function idsOfOneRow(count: number): string[] {
  const byRow = Map.groupBy(
    Array.from({ length: 20_000 }, (_, n) => idOf(n + 10)),
    (id) => rowOfId('op', 'here', id),
  )
  return [...byRow.values()].find((ids) => ids.length >= count)?.slice(0, count) ?? []
}
