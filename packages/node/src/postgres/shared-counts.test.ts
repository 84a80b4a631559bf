import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { memoryLogger } from '../testing/memory-logger.ts'
import { sharedCounts } from './shared-counts.ts'

const MINUTE = 60_000

test('a database that answers now and then is told once, and as shared after a minute without a failure', async () => {
  const logger = memoryLogger()
  let clock = 0
  let isDown = true
  const query = async () => {
    if (isDown) throw new Error('too many connections')
    return { rows: [] }
  }
  const pool = { query } as unknown as Pool // what counts use of it
  const counts = sharedCounts({ pool, logger, now: () => clock })
  const count = () => counts.query({ text: 'select 1' }).catch(() => null)
  for (let n = 0; n < 100; n += 1) {
    isDown = n % 2 === 0
    await count()
    clock += 1000
  }
  const told = () => logger.lines.map(({ level, message }) => [level, message])
  const alone = ['warn', 'rate limits are not shared: this process counts for itself']
  expect(told()).toEqual([alone])
  isDown = false
  clock += MINUTE
  await count()
  await count()
  const together = ['info', 'rate limits are shared by all processes again']
  expect(told()).toEqual([alone, together])
  isDown = true
  await count()
  expect(told()).toEqual([alone, together, alone])
})
