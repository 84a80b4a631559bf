import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage } from '@bursar/core'
import type { Change, Ref } from '@bursar/core/storage-adapter'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sqliteStorage } from './sqlite-storage.ts'

const scope = { operator: 'op', site: 'here' }
interface Person {
  readonly name: string
  readonly year: string
}

const PEOPLE = {
  name: 'people',
  of: 'operator',
  columns: { name: (body: Person) => body.name, year: (body: Person) => body.year },
  unique: { name: ['name'], born: ['year', 'name'] },
  indexes: {},
} as const
const NOTES = { name: 'notes', of: 'site', columns: {}, unique: {}, indexes: {} } as const

const IDS = ['a', 'b', 'c', 'none']
const insert = (name: string, id: string): Change => ({ do: 'insert', in: name, id, body: { name: id, year: '1900' } })
const filled: readonly Change[] = [
  ...['a', 'b', 'c'].flatMap((id) => [insert('people', id), insert('notes', id)]),
  { do: 'hold', hold: 'h1', counter: 'a', limit: 9, n: 2, due: '2100-01-01T00:00:00.000Z' },
]

const ref = fc
  .constantFrom(...IDS)
  .chain((id) =>
    fc.constantFrom<Ref>(
      { in: 'people', id },
      { in: 'notes', id },
      { in: 'people', unique: 'name', key: [id] },
      { in: 'people', unique: 'born', key: ['1900', id] },
      { counter: id },
    ),
  )

test('reads as memory does, whatever is asked for at once: the same twice, nothing, more than one statement takes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-read-'))
  const sqlite = sqliteStorage({ file: join(folder, 'shop.sqlite') })
  const memory = memoryStorage()
  for (const storage of [sqlite, memory]) {
    await storage.migrate([PEOPLE, NOTES])
    expect(await storage.commit(scope, filled)).toMatchObject({ outcome: 'committed' })
  }
  await fc.assert(
    fc.asyncProperty(fc.array(ref, { maxLength: 20 }), async (refs) => {
      expect(await sqlite.read(scope, refs)).toEqual(await memory.read(scope, refs))
    }),
  )
  await sqlite.close()
  rmSync(folder, { recursive: true })
})
