import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createCommerce, type Storage } from '@bursar/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sqliteStorage } from './sqlite-storage.ts'
import { watchFiles } from './watch-files.ts'

const NOTES = { name: 'notes', of: 'operator', columns: {}, unique: {}, indexes: {} } as const
const scope = { operator: 'op' }
const insert = (id: string) => ({ do: 'insert', in: 'notes', id, body: { id } }) as const
let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bursar-watched-'))
  path = join(folder, 'shop.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What may be done to a file under who has it open; it is no longer that of its name. */
const away: Record<string, () => void> = {
  'is removed': () => rmSync(path),
  'is replaced': () => {
    copyFileSync(path, `${path}-new`)
    renameSync(`${path}-new`, path)
  },
  'has another folder': () => {
    renameSync(folder, `${folder}-old`)
    mkdirSync(folder)
    rmSync(`${folder}-old`, { recursive: true })
  },
}

describe('a file', () => {
  test.each(Object.entries(away))('that %s is told, within a second', (_what, act) => {
    writeFileSync(path, 'shop')
    const watch = watchFiles([path])
    watch.assertThere(0)
    act()
    watch.assertThere(999)
    expect(() => watch.assertThere(1000)).toThrow(`The file ${path} was replaced or removed: restart this process.`)
    expect(() => watch.assertThere(1001)).toThrow('was replaced or removed')
  })

  test('whose link leads to another now is told', () => {
    writeFileSync(join(folder, 'a'), 'a')
    writeFileSync(join(folder, 'b'), 'b')
    symlinkSync(join(folder, 'a'), path)
    const watch = watchFiles([path])
    watch.assertThere(0)
    rmSync(path)
    symlinkSync(join(folder, 'b'), path)
    expect(() => watch.assertThere(1000)).toThrow('was replaced or removed')
  })

  test('whose link is gone is the one it was, until it is gone itself', () => {
    const shared = join(folder, 'shared')
    writeFileSync(shared, 'shop')
    symlinkSync(shared, path)
    const watch = watchFiles([path])
    rmSync(path)
    expect(() => watch.assertThere(0)).not.toThrow()
    rmSync(shared)
    expect(() => watch.assertThere(1000)).toThrow(`The file ${path} was replaced or removed: restart this process.`)
  })

  test('to which no link leads any more, of folders that are linked, is the one it was', () => {
    for (const each of ['1', '2']) mkdirSync(join(folder, each))
    writeFileSync(join(folder, '1', 'shop.sqlite'), 'shop')
    symlinkSync(join(folder, '1'), join(folder, 'current'))
    const watch = watchFiles([join(folder, 'current', 'shop.sqlite')])
    rmSync(join(folder, 'current'))
    symlinkSync(join(folder, '2'), join(folder, 'current'))
    expect(() => watch.assertThere(0)).not.toThrow()
    writeFileSync(join(folder, '2', 'shop.sqlite'), 'another')
    expect(() => watch.assertThere(1000)).toThrow('was replaced or removed')
  })

  test('that is put back is the one it was', () => {
    writeFileSync(path, 'shop')
    const watch = watchFiles([path])
    renameSync(path, `${path}-old`)
    expect(() => watch.assertThere(0)).toThrow('was replaced or removed')
    renameSync(`${path}-old`, path)
    expect(() => watch.assertThere(1)).not.toThrow()
  })

  test('that is written, or given other rights, is the same', () => {
    writeFileSync(path, 'shop')
    const watch = watchFiles([path])
    watch.assertThere(0)
    writeFileSync(path, 'longer')
    chmodSync(path, 0o600)
    expect(() => watch.assertThere(1000)).not.toThrow()
  })
})

describe('a shop', () => {
  test.each(['', '-wal', '-shm'])(
    'whose shop.sqlite%s is replaced sells nothing more, and is not ready',
    async (part) => {
      const storage = await opened()
      const commerce = createCommerce({ storage })
      await commerce.migrate()
      await storage.migrate([NOTES])
      expect(await commerce.ready()).toBe(true)
      copyFileSync(path + part, join(folder, 'other'))
      renameSync(join(folder, 'other'), path + part)
      await sleep(1050)
      await expect(storage.commit(scope, [insert('lost')])).rejects.toMatchObject({
        name: 'StorageUnavailableError',
        outcome: 'nothing',
        message: `The file ${path}${part} was replaced or removed: restart this process.`,
      })
      expect(await commerce.ready()).toBe(false)
      await commerce.close()
    },
  )

  test('goes on while other processes open and close its file, and copy it', async () => {
    const storage = await opened()
    await storage.commit(scope, [insert('a')])
    await (await opened()).close()
    copyFileSync(path, `${path}-copy`)
    await sleep(1050)
    expect((await storage.commit(scope, [insert('b')])).outcome).toBe('committed')
    await storage.close()
  })

  test('in memory has no file to lose', async () => {
    const storage = sqliteStorage({ file: ':memory:' })
    await storage.migrate([NOTES])
    expect((await storage.commit(scope, [insert('a')])).outcome).toBe('committed')
    await storage.close()
  })
})

async function opened(): Promise<Storage> {
  const storage = sqliteStorage({ file: path })
  await storage.migrate([NOTES])
  return storage
}
