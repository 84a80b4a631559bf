import { expect, test } from 'vitest'
import { SYSTEM_SCOPE } from '../site/index.ts'
import { idempotencyRecords } from '../storage/idempotency.ts'
import { insert, listAll } from '../storage/index.ts'
import { campusShop } from '../testing/campus-shop.ts'
import { addMilliseconds } from '../time/index.ts'

const DAY = 24 * 60 * 60_000

test('keys of what belongs to no operator are forgotten too, once their time is over', async () => {
  const { storage, runtime, runJobs } = await campusShop()
  const at = runtime.now()
  const keys = [1, 3].map((days) => {
    const body = { fingerprint: 'f', result: 'r', at, expiresAt: addMilliseconds(at, days * DAY - 1) }
    return insert(idempotencyRecords, `of ${days} days`, body)
  })
  await storage.commit(SYSTEM_SCOPE, keys)
  const left = async () => {
    await runtime.advance(DAY)
    await runJobs()
    const found = await listAll(storage, SYSTEM_SCOPE, idempotencyRecords, { index: 'expiresAt' })
    return found.map(({ id }) => id)
  }
  expect(await left()).toEqual(['of 3 days'])
  expect(await left()).toEqual(['of 3 days'])
  expect(await left()).toEqual([])
})
