import { type Collection, isStorageUnavailable } from '@bursar/core/storage-adapter'
import { beforeEach, describe, expect, test } from 'vitest'
import { sqliteStorage } from './sqlite-storage.ts'
import { watchTurns } from './turns.ts'

const notes: Collection = { name: 'notes', of: 'operator', columns: {}, unique: {}, indexes: {} }
const SCOPE = { operator: 'school' }
const NOTE = [{ in: 'notes', id: 'note' }] as const

describe('a turn of the event loop', () => {
  test('is long after 20 ms: then a read waits for the next, which is as long', async () => {
    const turns = watchTurns()
    expect([turns.next(100), turns.next(119.9)]).toEqual([null, null])
    const late = turns.next(120)
    expect(late).not.toBeNull()
    await late
    expect([turns.next(125), turns.next(144.9)]).toEqual([null, null])
    expect(turns.next(145)).not.toBeNull()
  })

  test('that ended by itself is over, however long ago', async () => {
    const turns = watchTurns()
    expect(turns.next(100)).toBeNull()
    await new Promise((resolve) => setImmediate(resolve))
    expect(turns.next(500)).toBeNull()
  })
})

describe('reads of SQLite', () => {
  let storage: ReturnType<typeof sqliteStorage>
  beforeEach(async () => {
    storage = sqliteStorage({ file: ':memory:' })
    await storage.migrate([notes])
    return () => storage.close()
  })

  test('one after the other let timers and sockets have their turn', async () => {
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    })
    for (const began = performance.now(); performance.now() < began + 200; ) await storage.read(SCOPE, NOTE)
    clearInterval(timer)
    expect(turns).toBeGreaterThan(1)
  })

  test('that wait for their turn while it is closed are refused', async () => {
    const asked: Promise<unknown>[] = []
    for (const began = performance.now(); performance.now() < began + 100; ) asked.push(storage.read(SCOPE, NOTE))
    await storage.close()
    const answers = await Promise.allSettled(asked)
    expect(answers[0]).toEqual({ status: 'fulfilled', value: [null] })
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.filter((error) => !isStorageUnavailable(error))).toEqual([])
  })
})
