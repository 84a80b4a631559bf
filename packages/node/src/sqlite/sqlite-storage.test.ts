import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Storage } from '@bursar/core/storage-adapter'
import { storageContract } from '@bursar/core/testing'
import { test } from 'vitest'
import { sqliteStorage } from './sqlite-storage.ts'

async function makeStorage() {
  const folder = await mkdtemp(join(tmpdir(), 'bursar-sqlite-'))
  const handles: Storage[] = []
  const open = () => {
    const storage = sqliteStorage({ file: join(folder, 'shop.db') })
    handles.push(storage)
    return storage
  }
  const end = async () => {
    await Promise.all(handles.map((handle) => handle.close()))
    await rm(folder, { recursive: true })
  }
  return { storage: open(), reopen: async () => open(), end }
}

for (const { name, run } of storageContract) test(name, () => run(makeStorage))
