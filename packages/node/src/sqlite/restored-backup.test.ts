import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Storage } from '@bursar/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sqliteStorage } from './sqlite-storage.ts'

const OPERATING = new URL('../../../../docs/operating.md', import.meta.url)
const NOTES = { name: 'notes', of: 'operator', columns: {}, unique: {}, indexes: {} } as const
/** So many that the list of tables takes some pages: a backup has them where the file has tables that are written all the time. */
const MORE = Array.from({ length: 30 }, (_, n) => ({ ...NOTES, name: `more_${n}` }))
const scope = { operator: 'op' }
const insert = (id: string) => ({ do: 'insert', in: 'notes', id, body: { text: id.repeat(100) } }) as const
/** What lies beside the backup: a shop that was killed, and leaves its log. */
let killed: string
let running: Storage

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-restored-'))
  killed = mkdtempSync(join(tmpdir(), 'bursar-restored-'))
  running = sqliteStorage({ file: join(folder, 'shop.sqlite') })
  await running.migrate([NOTES, ...MORE])
  for (let n = 0; n < 30; n += 1) await running.commit(scope, [insert(`before-${n}`)])
  const database = new DatabaseSync(join(folder, 'shop.sqlite'))
  database.exec('pragma wal_checkpoint(truncate)')
  database.exec(`vacuum into '${join(killed, 'backup-2026-11-24.sqlite')}'`)
  database.close()
  for (let n = 0; n < 9; n += 1) {
    const job = { do: 'enqueue', id: `job-${n}`, queue: 'work', data: null } as const
    await running.commit(scope, [insert(`after-${n}`), job], { commitId: `after-${n}` })
  }
  for (const part of ['', '-wal', '-shm']) {
    copyFileSync(join(folder, `shop.sqlite${part}`), join(killed, `shop.sqlite${part}`))
  }
  await running.close()
  rmSync(folder, { recursive: true })
})
afterEach(() => rmSync(killed, { recursive: true }))

test('a backup that was copied back beside the log of before says what to do', async () => {
  expect(statSync(join(killed, 'shop.sqlite-wal')).size).toBeGreaterThan(0)
  copyFileSync(join(killed, 'backup-2026-11-24.sqlite'), join(killed, 'shop.sqlite'))
  await expect(opened()).rejects.toThrow(
    /malformed.*\. Stop every process that uses it, move it away with its -wal and -shm/,
  )
})

test('the steps of the documentation restore it', async () => {
  const [steps] = /(?<=```sh\n)mkdir before[^`]*(?=bursar doctor\n```)/.exec(readFileSync(OPERATING, 'utf8')) ?? []
  execFileSync('sh', ['-e', '-c', steps as string], { cwd: killed })
  const restored = await opened()
  const refs = ['before-0', 'after-0', 'after-8'].map((id) => ({ in: 'notes', id }))
  expect(await restored.read(scope, refs)).toMatchObject([{ id: 'before-0' }, null, null])
  expect((await restored.commit(scope, [insert('next')])).outcome).toBe('committed')
  await restored.close()
})

async function opened(): Promise<Storage> {
  const storage = sqliteStorage({ file: join(killed, 'shop.sqlite') })
  try {
    await storage.migrate([NOTES])
    return storage
  } catch (error) {
    await storage.close()
    throw error
  }
}
