import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Storage } from '@bursar/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { standInForFdatasync } from '../testing/stand-in-for-fdatasync.ts'
import { sqliteStorage } from './sqlite-storage.ts'

/** While it is set, flushes wait for it; it may fail them. */
const disk: { answer: Promise<Error | null> | null; flushes: number } = { answer: null, flushes: 0 }

const scope = { operator: 'op' }
const NOTES = { name: 'notes', of: 'operator', columns: {}, unique: {}, indexes: {} } as const
const insert = (id: string) => ({ do: 'insert', in: 'notes', id, body: { id } }) as const
let folder: string
let storage: Storage
let putBack: () => void
beforeEach(async () => {
  putBack = standInForFdatasync((system) => (log, done) => {
    disk.flushes += 1
    const flush = () => system(log, done)
    if (disk.answer === null) flush()
    else void disk.answer.then((error) => (error === null ? flush() : done(error)))
  })
  folder = mkdtempSync(join(tmpdir(), 'bursar-flushed-'))
  storage = sqliteStorage({ file: join(folder, 'shop.sqlite') })
  await storage.migrate([NOTES])
})
afterEach(async () => {
  disk.answer = null
  await storage.close()
  putBack()
  rmSync(folder, { recursive: true })
})

/** What has been answered after a while. */
const answered = async (...calls: Promise<unknown>[]): Promise<boolean[]> => {
  const done = calls.map(() => false)
  for (const [place, call] of calls.entries()) {
    const ended = () => {
      done[place] = true
    }
    call.then(ended, ended)
  }
  await new Promise((resolve) => setTimeout(resolve, 30))
  return done
}

test('a commit, and whoever reads what it wrote, are answered once it is on disk', async () => {
  const held = Promise.withResolvers<null>()
  disk.answer = held.promise
  const commit = storage.commit(scope, [insert('a')])
  expect(await answered(commit)).toEqual([false])
  const reads = [
    storage.read(scope, [{ in: 'notes', id: 'a' }]),
    storage.jobs.depth({ now: '2026-01-01T00:00:00.000Z' }),
  ]
  expect(await answered(commit, ...reads)).toEqual([false, false, false])
  held.resolve(null)
  expect((await commit).outcome).toBe('committed')
  expect(await reads[0]).toMatchObject([{ id: 'a' }])
  expect(await answered(storage.read(scope, [{ in: 'notes', id: 'a' }]))).toEqual([true])
})

test('what comes while the disk is busy shares one transaction and one flush', async () => {
  const held = Promise.withResolvers<null>()
  disk.answer = held.promise
  const first = storage.commit(scope, [insert('first')])
  await answered(first)
  disk.flushes = 0
  const others: Promise<unknown>[] = []
  for (const id of ['b', 'c', 'd']) {
    others.push(storage.commit(scope, [insert(id)]))
    await answered()
  }
  disk.answer = null
  held.resolve(null)
  await Promise.all([first, ...others])
  expect(disk.flushes).toBe(1)
})

test('where the disk fails, nobody is told that it was stored, and nothing more is taken', async () => {
  const failure = new Error('EIO: i/o error, fdatasync')
  disk.answer = Promise.resolve(failure)
  const commits = [storage.commit(scope, [insert('a')]), storage.commit(scope, [insert('a')])]
  for (const commit of commits) {
    await expect(commit).rejects.toMatchObject({ name: 'StorageUnavailableError', outcome: 'unknown' })
  }
  disk.answer = null
  const refused = { name: 'StorageUnavailableError', outcome: 'nothing' }
  await expect(storage.commit(scope, [insert('b')])).rejects.toMatchObject(refused)
  await expect(storage.read(scope, [{ in: 'notes', id: 'a' }])).rejects.toMatchObject(refused)
})

test('a file that is a link to another is flushed where it is', async () => {
  mkdirSync(join(folder, 'elsewhere'))
  symlinkSync(join(folder, 'elsewhere', 'real.sqlite'), join(folder, 'link.sqlite'))
  const linked = sqliteStorage({ file: join(folder, 'link.sqlite') })
  await linked.migrate([NOTES])
  expect((await linked.commit(scope, [insert('a')])).outcome).toBe('committed')
  await linked.close()
})

test('what a process left in the log that was killed is there when it is opened, in the file itself', async () => {
  await storage.commit(scope, [insert('a')])
  for (const name of ['shop.sqlite', 'shop.sqlite-wal']) copyFileSync(join(folder, name), join(folder, `left-${name}`))
  const opened = sqliteStorage({ file: join(folder, 'left-shop.sqlite') })
  expect(statSync(join(folder, 'left-shop.sqlite-wal')).size).toBe(0)
  await opened.migrate([NOTES])
  expect(await opened.read(scope, [{ in: 'notes', id: 'a' }])).toMatchObject([{ id: 'a' }])
  await opened.close()
})

test('it is opened while others read and write the file', async () => {
  await storage.commit(scope, [insert('a')])
  const reading = new DatabaseSync(join(folder, 'shop.sqlite'))
  reading.exec('begin')
  reading.prepare('select count(*) from _meta').get()
  const underWay = Promise.all(['b', 'c', 'd'].map((id) => storage.commit(scope, [insert(id)])))
  const other = sqliteStorage({ file: join(folder, 'shop.sqlite') })
  await other.migrate([NOTES])
  await underWay
  expect(await other.read(scope, [{ in: 'notes', id: 'd' }])).toMatchObject([{ id: 'd' }])
  reading.exec('commit')
  reading.close()
  await other.close()
})

test('it is closed after the last flush', async () => {
  const held = Promise.withResolvers<null>()
  disk.answer = held.promise
  const commit = storage.commit(scope, [insert('a')])
  await answered(commit)
  const closed = storage.close()
  expect(await answered(closed)).toEqual([false])
  held.resolve(null)
  expect((await commit).outcome).toBe('committed')
  await closed
})
