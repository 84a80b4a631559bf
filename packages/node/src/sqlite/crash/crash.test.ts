import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Storage, Stored } from '@bursar/core/storage-adapter'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sqliteStorage } from '../sqlite-storage.ts'
import { CRASH_COUNTER, crashCollections, crashScope, type WriterBody } from './crash-collections.ts'

const program = fileURLToPath(new URL('./crash-writer.ts', import.meta.url))
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bursar-crash-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('a process killed while it writes loses nothing that it had answered, and leaves nothing half', async () => {
  const answered = new Map<string, number>()
  for (const commits of [40, 150, 300]) {
    const writer = startWriter('a', 4)
    await readAnswers(writer, answered, commits)
    writer.kill('SIGKILL')
    await once(writer, 'close')
    await expectWhole(answered, 'ended')
  }
}, 60_000)

test('two processes write one file, one is killed, and the other goes on', async () => {
  const answered = new Map<string, number>()
  const killed = startWriter('a', 2)
  const survivor = startWriter('b', 2)
  await Promise.all([readAnswers(killed, answered, 60), readAnswers(survivor, answered, 60)])
  killed.kill('SIGKILL')
  await once(killed, 'close')
  await readAnswers(survivor, answered, 60)
  await expectWhole(answered, 'running')
  survivor.kill('SIGKILL')
  await once(survivor, 'close')
  await expectWhole(answered, 'ended')
}, 60_000)

test('processes that open a new file at once all open it', async () => {
  for (const round of [1, 2, 3, 4, 5, 6]) {
    const at = Date.now() + 700
    const openers = [1, 2, 3].map(() => startOpener(`new-${round}.db`, at))
    const ends = await Promise.all(openers.map((opener) => once(opener, 'exit')))
    expect(ends.map(([code]) => code)).toEqual([0, 0, 0])
  }
}, 60_000)

function startOpener(file: string, at: number): ChildProcess {
  const opener = fileURLToPath(new URL('./opener.ts', import.meta.url))
  const args = ['--conditions=source', '--no-warnings', opener, join(folder, file), String(at)]
  return spawn(process.execPath, args, { stdio: 'inherit' })
}

function startWriter(name: string, writers: number): ChildProcess {
  const args = ['--conditions=source', '--no-warnings', program, join(folder, 'shop.db'), name, String(writers)]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Notes what a writer says that it has stored, until it has said so many things; goes on noting after. */
function readAnswers(writer: ChildProcess, answered: Map<string, number>, wanted: number): Promise<void> {
  let rest = ''
  let seen = 0
  return new Promise((resolve, reject) => {
    writer.once('exit', (code) => reject(new Error(`the writer ended by itself, with ${code}`)))
    writer.stdout?.removeAllListeners('data')
    writer.stdout?.on('data', (chunk: Buffer) => {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const [name = '', commits = ''] = line.split(' ')
        answered.set(name, Number(commits))
      }
      seen += lines.length
      if (seen >= wanted) resolve()
    })
  })
}

async function expectWhole(answered: ReadonlyMap<string, number>, writers: 'ended' | 'running'): Promise<void> {
  const atLeast = new Map(answered)
  const storage = sqliteStorage({ file: join(folder, 'shop.db') })
  try {
    await storage.migrate(crashCollections)
    await expectNothingLost(storage, atLeast)
    const sum = await expectNothingHalf(storage)
    const [counter] = await storage.read(crashScope, [{ counter: CRASH_COUNTER }])
    const held = counter && 'held' in counter ? counter.held : 0
    if (writers === 'ended') expect(held).toBe(sum)
    else expect(held).toBeGreaterThanOrEqual(sum)
  } finally {
    await storage.close()
  }
}

async function expectNothingLost(storage: Storage, atLeast: ReadonlyMap<string, number>): Promise<void> {
  expect(atLeast.size).toBeGreaterThan(0)
  for (const [writer, commits] of atLeast) {
    const [found] = await storage.read(crashScope, [{ in: 'writers', id: writer }])
    expect(bodyOf(found).commits).toBeGreaterThanOrEqual(commits)
  }
}

/** What a commit writes is there together or not at all; answers the commits of all writers. */
async function expectNothingHalf(storage: Storage): Promise<number> {
  const { items } = await storage.list(crashScope, { in: 'writers', index: 'commits', equals: [], limit: 100 })
  let sum = 0
  for (const { id, version, body } of items) {
    const { commits } = bodyOf({ body })
    sum += commits
    expect(version).toBe(commits)
    const position = (at: number) => ({ in: 'steps', unique: 'position', key: [id, at] })
    const refs = [{ in: 'writers', id }, position(1), position(commits), position(commits + 1)]
    const [now, first, last, next] = await storage.read(crashScope, refs)
    expect(first).not.toBeNull()
    expect(last).not.toBeNull()
    if (bodyOf(now).commits === commits) expect(next).toBeNull()
  }
  return sum
}

function bodyOf(stored: unknown): WriterBody {
  return (stored as Stored<WriterBody>).body // the crash writer wrote it
}
