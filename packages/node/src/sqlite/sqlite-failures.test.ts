import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createCommerce } from '@bursar/core'
import type { Change, Collection, Storage } from '@bursar/core/storage-adapter'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type SqliteStorageOptions, sqliteStorage } from './sqlite-storage.ts'

const notes: Collection<{ readonly text: string }> = {
  name: 'notes',
  of: 'operator',
  columns: { size: ({ text }) => text.length },
  numbers: ['size'],
  unique: {},
  indexes: { size: ['size'] },
}
const scope = { operator: 'op' }
let folder = ''
let opened: Storage[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bursar-failures-'))
  opened = []
})

afterEach(async () => {
  await Promise.all(opened.map((storage) => storage.close()))
  await rm(folder, { recursive: true })
})

test('a full disk refuses the commit whole, reads go on, and smaller commits do when there is room', async () => {
  const storage = await open({ maxFileBytes: 400_000 })
  await storage.commit(scope, [insert('first', 10)])
  const big = [insert('big-1', 100), insert('big-2', 1_000_000), enqueue('job')]
  const [failed, neighbour] = await Promise.allSettled([
    storage.commit(scope, big),
    storage.commit(scope, [insert('neighbour', 10)]),
  ])
  expect(failed).toMatchObject({ status: 'rejected', reason: { name: 'StorageUnavailableError', outcome: 'nothing' } })
  expect(await ids(storage)).toEqual(neighbour.status === 'fulfilled' ? ['first', 'neighbour'] : ['first'])
  expect(await storage.jobs.nextRunAt()).toBeNull()
  await storage.commit(scope, [insert('small', 10)])
  expect(await ids(storage)).toContain('small')
})

test('a commit that only proves something is refused by a full disk too: so who asks whether the shop is ready learns it', async () => {
  const proof: Change = { do: 'checkLimit', counter: 'ready', n: 1, limit: 1 }
  const storage = await open({ maxFileBytes: 400_000 })
  for (let n = 0; n < 5; n += 1) expect(await storage.commit(scope, [proof])).toMatchObject({ outcome: 'committed' })
  const fill = async (name: string, size: number): Promise<boolean> =>
    storage.commit(scope, [insert(name, size)]).then(
      () => true,
      () => false,
    )
  let stored = 0
  while (await fill(`note-${stored}`, 3000)) stored += 1
  expect(stored).toBeGreaterThan(20)
  await new Promise((resolve) => setTimeout(resolve, 1100)) // a proof is believed for a second
  await expect(storage.commit(scope, [proof])).rejects.toMatchObject({
    name: 'StorageUnavailableError',
    outcome: 'nothing',
  })
  await storage.close()
  const roomy = await open({})
  expect(await roomy.commit(scope, [proof])).toMatchObject({ outcome: 'committed' })
})

test('a commit waits for another process that writes, without standing in the way of reads', async () => {
  const storage = await open({})
  const other = new DatabaseSync(join(folder, 'shop.db'))
  other.exec('begin immediate')
  const commit = storage.commit(scope, [insert('waits', 1)])
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(await ids(storage)).toEqual([])
  other.exec('commit')
  expect((await commit).outcome).toBe('committed')
  expect(await ids(storage)).toEqual(['waits'])
  other.close()
})

test('a commit that waits too long for another process has written nothing', async () => {
  const storage = await open({ busyTimeoutMs: 20 })
  const other = new DatabaseSync(join(folder, 'shop.db'))
  other.exec('begin immediate')
  const commits = [storage.commit(scope, [insert('a', 1)]), storage.commit(scope, [insert('b', 1)])]
  for (const result of await Promise.allSettled(commits)) {
    expect(result).toMatchObject({ status: 'rejected', reason: { outcome: 'nothing' } })
  }
  other.exec('rollback')
  other.close()
  await storage.commit(scope, [insert('c', 1)])
  expect(await ids(storage)).toEqual(['c'])
})

test('a process whose file was migrated by newer code writes no more', async () => {
  const old = await open({})
  const newer = await open({})
  await newer.migrate([{ ...notes, columns: { ...notes.columns, text: ({ text }) => text } }])
  await expect(old.commit(scope, [insert('a', 1)])).rejects.toMatchObject({
    name: 'StorageUnavailableError',
    outcome: 'nothing',
    message: expect.stringContaining('newer code'),
  })
  await newer.commit(scope, [insert('b', 1)])
  expect(await ids(newer)).toEqual(['b'])
})

test('older code that is started on a file that newer code has migrated is told so', async () => {
  await (await open({})).migrate([{ ...notes, columns: { ...notes.columns, text: ({ text }) => text } }])
  await expect(open({})).rejects.toThrow(
    'column "text" was declared before and is missing: newer code has migrated this storage',
  )
})

test('a shop whose file was migrated by newer code is not ready: somebody has to restart it', async () => {
  const commerce = createCommerce({ storage: await open({}) })
  await commerce.migrate()
  expect(await commerce.ready()).toBe(true)
  await (await open({})).migrate([{ ...notes, columns: { ...notes.columns, text: ({ text }) => text } }])
  expect(await commerce.ready()).toBe(false)
})

test('a process goes on when another adds a collection that it does not use', async () => {
  const storage = await open({})
  const newer = await open({})
  await newer.migrate([notes, { ...notes, name: 'more' }])
  expect((await storage.commit(scope, [insert('a', 1)])).outcome).toBe('committed')
})

test('what was removed or overwritten is not left in the file', async () => {
  const storage = await open({})
  const secret = 'learner-4711@example.org'
  const insertion: Change = { do: 'insert', in: 'notes', id: 'a', body: { text: secret } }
  await storage.commit(scope, [insertion, { ...insertion, id: 'b' }])
  await storage.commit(scope, [
    { do: 'put', in: 'notes', id: 'a', version: 1, body: { text: '' } },
    { do: 'remove', in: 'notes', id: 'b', version: 1 },
  ])
  await storage.close()
  for (const file of await readdir(folder)) {
    expect((await readFile(join(folder, file))).includes(secret), file).toBe(false)
  }
})

test('a file of before jobs had a priority is read on, and its jobs still wait', async () => {
  const before = await open({})
  await before.commit(scope, [enqueue('job')])
  await before.close()
  const database = new DatabaseSync(join(folder, 'shop.db'))
  database.exec(`drop index _jobs_waiting_for;
    alter table _jobs drop column priority; alter table _jobs drop column waits_for;
    create index _jobs_due on _jobs (op, site, queue, run_at, id) where state = 'waiting'`)
  database.close()
  const storage = await open({})
  const jobs = await storage.jobs.lease({ worker: 'w', limit: 9, leaseMs: 1000, now: '2026-01-01T00:00:00.000Z' })
  expect(jobs.map(({ id }) => id)).toEqual(['job'])
})

test('a file of before searches had a bound gets the index for it', async () => {
  const titles = { ...notes, name: 'titles', search: { fields: ({ text }: { text: string }) => [{ text, weight: 1 }] } }
  await (await open({})).migrate([titles])
  const database = new DatabaseSync(join(folder, 'shop.db'))
  const index = database.prepare("select count(*) as there from sqlite_schema where name = '_tokens_titles_order'")
  database.exec('drop index _tokens_titles_order')
  const next = await open({})
  expect(index.get()).toEqual({ there: 0 })
  await next.migrate([titles])
  expect(index.get()).toEqual({ there: 1 })
  database.close()
})

test('a file whose damage is found while it is read or written says how to restore it', async () => {
  const file = join(folder, 'shop.db')
  const whole = await open({})
  await whole.commit(scope, [insert('a', 100_000)])
  await whole.close()
  const bytes = await readFile(file)
  const letters = bytes.indexOf('x'.repeat(3000))
  await writeFile(file, bytes.fill(255, letters - (letters % 4096)))
  const damaged = await open({})
  const advice = {
    name: 'StorageUnavailableError',
    message: expect.stringMatching(/malformed.* copy a backup to its name/),
  }
  await expect(damaged.read(scope, [{ in: 'notes', id: 'a' }])).rejects.toMatchObject(advice)
  await expect(damaged.commit(scope, [{ do: 'remove', in: 'notes', id: 'a', version: 1 }])).rejects.toMatchObject(
    advice,
  )
})

test('who was refused a proof while another process wrote has it as soon as that has written, and by a storage that is closed', async () => {
  const proof: Change = { do: 'checkLimit', counter: 'ready', n: 1, limit: 1 }
  const storage = await open({ busyTimeoutMs: 20 })
  const other = new DatabaseSync(join(folder, 'shop.db'))
  other.exec('begin immediate')
  await expect(storage.commit(scope, [proof])).rejects.toMatchObject({ name: 'StorageUnavailableError' })
  other.exec('commit')
  other.close()
  expect(await storage.commit(scope, [proof])).toMatchObject({ outcome: 'committed' })
  await storage.close()
  const closing = await open({})
  const [answer] = await Promise.all([closing.commit(scope, [proof]), closing.close()])
  expect(answer).toMatchObject({ outcome: 'committed' })
})

test('a file that has no room to be opened says so', () => {
  expect(() => sqliteStorage({ file: join(folder, 'none.db'), maxFileBytes: 8192 })).toThrow(
    /disk is full.*maxFileBytes/,
  )
})

async function open(options: Partial<SqliteStorageOptions>): Promise<Storage> {
  const storage = sqliteStorage({ file: join(folder, 'shop.db'), ...options })
  opened.push(storage)
  await storage.migrate([notes])
  return storage
}

function insert(id: string, length: number): Change {
  return { do: 'insert', in: 'notes', id, body: { text: 'x'.repeat(length) } }
}

function enqueue(id: string): Change {
  return { do: 'enqueue', id, queue: 'work', data: null }
}

async function ids(storage: Storage): Promise<string[]> {
  const { items } = await storage.list(scope, { in: 'notes', index: 'size', equals: [], limit: 100 })
  return items.map(({ id }) => id).sort()
}
