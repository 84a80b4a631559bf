import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testProcessor } from '../test-processor/index.ts'
import { sqliteStorage } from './sqlite-storage.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bursar-opening-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe.each([
  ['a storage', (file: string) => sqliteStorage({ file })],
  ['a processor’s log', (file: string) => testProcessor({ file })],
])('%s', (kind, open) => {
  test('in a folder that is not there names the file, and asks for the folder', () => {
    const file = join(folder, 'none', 'shop.sqlite')
    expect(() => open(file)).toThrow(`SQLite cannot open ${file}: unable to open database file. Is its folder there`)
  })

  test('in a file of another program names it', async () => {
    const file = join(folder, 'letter.txt')
    await writeFile(file, 'Dear shop, '.repeat(1000))
    expect(() => open(file)).toThrow(
      `SQLite cannot open ${file}: file is not a database. It was made by another program`,
    )
  })

  test('that is damaged says how to restore it', async () => {
    const file = join(folder, `damaged-${kind}.sqlite`)
    const database = new DatabaseSync(file)
    database.exec('create table _meta (name text)')
    database.close()
    const bytes = await readFile(file)
    await writeFile(file, bytes.fill(7, 100, bytes.length))
    expect(() => open(file)).toThrow(/malformed.* Stop every process that uses it, move it away with its -wal and -shm/)
  })

  test('without a path says which option it needs', () => {
    // What a host without types writes: sqliteStorage({ path }).
    expect(() => open(undefined as unknown as string)).toThrow(
      "SQLite needs as `file` the path of a file, such as 'shop",
    )
    expect(() => open('')).toThrow('not an empty text')
  })
})
