import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { standInForFdatasync } from '../testing/stand-in-for-fdatasync.ts'
import { logFlusher } from './log-flusher.ts'

/** Flushes that were asked for and not yet answered. */
const flushes: ((error: Error | null) => void)[] = []
let folder: string
let putBack: () => void
beforeEach(() => {
  putBack = standInForFdatasync(() => (_log, done) => flushes.push(done))
  folder = mkdtempSync(join(tmpdir(), 'bursar-flusher-'))
  closeSync(openSync(join(folder, 'shop-wal'), 'w'))
})
afterEach(() => {
  putBack()
  flushes.length = 0
  rmSync(folder, { recursive: true })
})
const open = () => logFlusher(join(folder, 'shop-wal'))

test('what is committed while a flush is under way is told after the next one, which it shares', () => {
  const flusher = open()
  const told: string[] = []
  for (const name of ['first', 'second', 'third']) flusher.flush(() => told.push(name))
  expect([flushes.length, told]).toEqual([1, []])
  flushes.shift()?.(null)
  expect([flushes.length, told]).toEqual([1, ['first']])
  flushes.shift()?.(null)
  expect([flushes.length, told]).toEqual([0, ['first', 'second', 'third']])
  flusher.close()
})

test('who reads waits for the flush of all that was committed until then, and for nothing where there is none', async () => {
  const flusher = open()
  expect(flusher.settled()).toBeNull()
  flusher.flush(() => {})
  let seen = 0
  flusher.settled()?.then(() => (seen += 1))
  flusher.flush(() => {})
  flusher.settled()?.then(() => (seen += 10))
  flushes.shift()?.(null)
  await Promise.resolve()
  expect(seen).toBe(1)
  flushes.shift()?.(null)
  await Promise.resolve()
  expect(seen).toBe(11)
  expect(flusher.settled()).toBeNull()
  flusher.close()
})

test('a disk that failed once is trusted no more, whatever it says the next time', async () => {
  const flusher = open()
  const told: (Error | null)[] = []
  flusher.flush((error) => told.push(error))
  flusher.flush((error) => told.push(error))
  const reader = flusher.settled()
  expect(() => flusher.assertSound()).not.toThrow()
  const failure = new Error('EIO')
  flushes.shift()?.(failure)
  flushes.shift()?.(null)
  expect(told).toEqual([failure, failure])
  await expect(reader).rejects.toMatchObject({ outcome: 'nothing', cause: failure })
  expect(() => flusher.assertSound()).toThrow('The disk did not take what SQLite wrote: EIO. Restart this process')
  flusher.close()
})
