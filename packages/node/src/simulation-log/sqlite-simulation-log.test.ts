import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memorySimulationLog, rowKind, type SimulationLog } from '@bursar/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readSimulationLog, sqliteSimulationLog } from './sqlite-simulation-log.ts'

const NOTES = rowKind<{ text: string }>('note')
const OTHERS = rowKind<{ text: string }>('other')

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bursar-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const logs: readonly { name: string; open: () => SimulationLog }[] = [
  { name: 'in memory', open: memorySimulationLog },
  { name: 'in a file', open: () => sqliteSimulationLog(join(folder, 'simulation.db')) },
]

describe.each(logs)('a log $name', ({ open }) => {
  test('lists the rows of a kind by their first put, and by tag', () => {
    const log = open()
    log.put(NOTES, 'b', { text: 'first' }, 'due')
    log.put(OTHERS, 'a', { text: 'of another kind' }, 'due')
    log.put(NOTES, 'a', { text: 'second' }, 'due')
    log.put(NOTES, 'b', { text: 'first, again' }, 'done')
    expect(log.get(NOTES, 'b')).toEqual({ text: 'first, again' })
    expect(log.get(NOTES, 'c')).toBeUndefined()
    expect(log.list(NOTES).map(({ id }) => id)).toEqual(['b', 'a'])
    expect(log.list(NOTES, { tag: 'due' }).map(({ id }) => id)).toEqual(['a'])
    const [first] = log.list(NOTES)
    expect(log.list(NOTES, { after: first?.seq }).map(({ id }) => id)).toEqual(['a'])
    log.close()
  })

  test('a transaction that throws leaves nothing, also where it was nested', () => {
    const log = open()
    log.put(NOTES, 'a', { text: 'kept' })
    const work = () =>
      log.transact(() => {
        log.put(NOTES, 'a', { text: 'lost' })
        log.transact(() => log.put(NOTES, 'b', { text: 'lost' }))
        throw new Error('broken')
      })
    expect(work).toThrow('broken')
    expect(log.list(NOTES).map(({ document }) => document.text)).toEqual(['kept'])
    log.close()
  })
})

test('another process sees what was put, and a log that is not there is an error', () => {
  const file = join(folder, 'simulation.db')
  const log = sqliteSimulationLog(file)
  log.put(NOTES, 'a', { text: 'on the disk' })
  expect(readSimulationLog(file, (other) => other.get(NOTES, 'a'))).toEqual({ text: 'on the disk' })
  log.close()
  expect(() => readSimulationLog(join(folder, 'none.db'), () => 1)).toThrow('There is no log')
})
