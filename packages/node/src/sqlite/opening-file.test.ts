import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
])('%s', (_kind, open) => {
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

  test('without a path says which option it needs', () => {
    // What a host without types writes: sqliteStorage({ path }).
    expect(() => open(undefined as unknown as string)).toThrow(
      "SQLite needs as `file` the path of a file, such as 'shop",
    )
    expect(() => open('')).toThrow('not an empty text')
  })
})
