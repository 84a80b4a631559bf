import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { memoryStorage, type Storage } from '@bursar/core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sqliteStorage } from './sqlite/index.ts'
import { insertNote, putNote, scope, searched, sized } from './testing/notes.ts'
import { type TestSchema, testSchema } from './testing/test-schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'bursar-words-'))
afterAll(() => rmSync(folder, { recursive: true }))

const found = async (storage: Storage, text: string) => {
  const { items } = await storage.search(scope, { in: 'notes', text, limit: 9 })
  return items.map(({ id }) => id)
}

/** A storage of this version, and what code of before did to its file or schema. */
interface Kind {
  open(): Storage
  run(...statements: string[]): Promise<unknown>
  /** Marks what is there as written before words had a number. */
  forgetWords: string
  /** Writes a note as code of before does, with its words. */
  write(id: string, text: string, word: string): string[]
  end(): Promise<void>
}

let files = 0
function sqlite(): Kind {
  files += 1
  const file = join(folder, `shop-${files}.db`)
  const opened: Storage[] = []
  const entries = (word: string) => JSON.stringify({ tokens: [[word, 1]], facets: [] })
  return {
    open() {
      const storage = sqliteStorage({ file })
      opened.push(storage)
      return storage
    },
    async run(...statements) {
      const database = new DatabaseSync(file)
      for (const statement of statements) database.exec(statement)
      database.close()
    },
    forgetWords: `drop trigger notes_words_added; drop trigger notes_words_put; delete from _meta where name = 'words:notes'`,
    write: (id, text, word) => [
      `delete from _tokens_notes where id = '${id}'`,
      `insert into _tokens_notes values ('op', '', '${word}', '${id}', 1)`,
      `update notes set _v = _v + 1, _body = '${JSON.stringify({ text, size: 1 })}', _search = '${entries(word)}' where _id = '${id}'`,
    ],
    async end() {
      await Promise.all(opened.map((storage) => storage.close()))
    },
  }
}

function postgres(): Kind {
  const schema: TestSchema = testSchema()
  return {
    open: () => schema.open(),
    run: (...statements) => schema.query([`set search_path = ${schema.schema}`, ...statements].join('; ')),
    forgetWords: `drop trigger if exists note_stale on notes; delete from _meta where name like 'words%:notes'`,
    write: (id, text, word) => [
      `delete from _tokens_notes where id = '${id}'`,
      `insert into _tokens_notes values ('op', '', '${word}', '${id}', 1)`,
      `update notes set _v = _v + 1, _body = '${JSON.stringify({ text, size: 1 })}', _gen = 1 where _id = '${id}'`,
    ],
    end: () => schema.end(),
  }
}

const memory = (): Pick<Kind, 'open' | 'end'> => ({ open: () => memoryStorage(), end: async () => {} })

test.each([
  ['memory', memory],
  ['SQLite', sqlite],
  ['PostgreSQL', postgres],
])('a title is found by how people type it, on %s', async (_name, make) => {
  const kind = make()
  const storage = kind.open()
  await storage.migrate([searched])
  const titles = ['L’économie', 'Große Straße', 'Işık', 'ΟΔΟΣΗΜΑΝΣΗ', 'Łódź', 'العَرَبِيَّة', 'snake_case', "Don't panic"]
  await storage.commit(
    scope,
    titles.map((title, index) => insertNote(`n${index}`, title)),
  )
  const typed = ['economie', 'GROSSE strasse', 'ısik', 'οδος', 'lodz', 'العربية', 'case', 'don’t']
  for (const [index, text] of typed.entries()) expect([text, await found(storage, text)]).toEqual([text, [`n${index}`]])
  await kind.end()
})

describe.each([
  ['SQLite', sqlite],
  ['PostgreSQL', postgres],
])('documents of before, on %s,', (_name, make) => {
  let kind: Kind
  beforeEach(async () => {
    kind = make()
    const storage = kind.open()
    await storage.migrate([searched])
    await storage.commit(scope, [insertNote('a', 'Old'), insertNote('b', 'Old'), insertNote('c', 'Old')])
    await storage.close()
    await kind.run(
      ...kind.write('a', 'L’économie', 'l’economie'),
      ...kind.write('b', 'Plain', 'plain'),
      kind.forgetWords,
    )
  })
  afterEach(() => kind.end())

  test('are found by their words of now after a migration, also of one that adds a column', async () => {
    const storage = kind.open()
    await storage.migrate([searched])
    expect(await found(storage, 'economie')).toEqual(['a'])
    expect(await found(storage, 'plain')).toEqual(['b'])
    await storage.commit(scope, [putNote('a', 2, 'L’algèbre')])
    expect(await found(storage, 'economie')).toEqual([])
    expect(await found(storage, 'algebre')).toEqual(['a'])
    await kind.run(...kind.write('c', 'L’école', 'l’ecole'), kind.forgetWords)
    const next = kind.open()
    await next.migrate([{ ...searched, ...sized, search: searched.search }])
    expect(await found(next, 'ecole')).toEqual(['c'])
    expect(await found(next, 'algebre')).toEqual(['a'])
  })

  test('are so too where code of before writes them after the migration, once the next process starts', async () => {
    const storage = kind.open()
    await storage.migrate([searched])
    await kind.run(...kind.write('c', 'L’école', 'l’ecole'))
    await storage.commit(scope, [putNote('b', 2, 'L’algèbre')])
    const next = kind.open()
    await next.migrate([searched])
    expect(await found(next, 'ecole')).toEqual(['c'])
    expect(await found(next, 'algebre')).toEqual(['b'])
    expect(await found(next, 'economie')).toEqual(['a'])
  })
})

test('code of before that starts on PostgreSQL after the migration takes its own generation, so that what it writes is noted', async () => {
  const schema = testSchema()
  await schema.open().migrate([searched])
  await schema.query(`delete from ${schema.schema}._meta where name like 'words%:notes'`)
  await schema.open().migrate([searched])
  const stored = await schema.query(`select generation from ${schema.schema}._collections where name = 'notes'`)
  expect(stored).toEqual([{ generation: 1 }])
  const words = await schema.query(`select value from ${schema.schema}._meta where name like 'words%:notes'`)
  expect(words).toEqual([{ value: 2 }])
  await schema.end()
})
