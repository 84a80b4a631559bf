import { expect, test } from 'vitest'
import type { Change, LeasedJob } from '../ports/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import { addMilliseconds } from '../time/index.ts'
import { forgetKeysJob } from './forget-keys.ts'
import { idempotencyRecords } from './idempotency.ts'
import { memoryStorage } from './memory-storage.ts'
import { insert, listAll } from './records.ts'

const DAY = 24 * 60 * 60 * 1000
const scope = { operator: 'acme' }

/** A storage with so many keys of each operator, one a minute from now on good until then, and the job. */
async function withKeys(count: number) {
  const runtime = testRuntime({ sleeps: 'at_once' })
  const storage = memoryStorage()
  await storage.migrate([idempotencyRecords])
  const at = runtime.now()
  for (const operator of ['acme', 'other']) {
    const keys = Array.from({ length: count }, (_, n): Change => {
      const body = { fingerprint: 'f', result: 'r', at, expiresAt: addMilliseconds(at, n * 60_000) }
      return insert(idempotencyRecords, `key-${n}`, body)
    })
    await storage.commit({ operator }, keys)
  }
  const job = { scope, attempt: 1 } as LeasedJob // the handler looks at no more
  const left = async (operator = 'acme') => {
    const found = await listAll(storage, { operator }, idempotencyRecords, { index: 'expiresAt' })
    return found.map(({ id }) => id)
  }
  const waiting = async () => (await storage.jobs.list({ state: 'waiting', limit: 9 })).items
  return { runtime, left, waiting, run: () => forgetKeysJob({ storage, runtime })({}, job) }
}

test('keys are forgotten when their time is over, no others, and the next round is in a day', async () => {
  const { runtime, left, waiting, run } = await withKeys(4)
  await runtime.advance(2 * 60_000)
  expect(await run()).toEqual({ outcome: 'done' })
  expect(await left()).toEqual(['key-2', 'key-3'])
  expect(await left('other')).toHaveLength(4)
  const next = { queue: 'keys.forget', key: 'acme', scope, runAt: addMilliseconds(runtime.now(), DAY) }
  expect(await waiting()).toMatchObject([next])
  expect(await run()).toEqual({ outcome: 'done' })
  expect(await left()).toEqual(['key-2', 'key-3'])
  expect(await waiting()).toMatchObject([next])
})

test('many go in parts, each stored, and the next round is stored with the last', async () => {
  const { runtime, left, waiting, run } = await withKeys(450)
  await runtime.advance(DAY)
  for (const rest of [250, 50]) {
    expect(await run()).toMatchObject({ outcome: 'again', runAt: runtime.now() })
    expect(await left()).toHaveLength(rest)
    expect(await waiting()).toEqual([])
  }
  expect(await run()).toEqual({ outcome: 'done' })
  expect(await left()).toEqual([])
  expect(await waiting()).toHaveLength(1)
})
