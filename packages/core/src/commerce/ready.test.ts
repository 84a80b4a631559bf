import { expect, test } from 'vitest'
import { StorageUnavailableError, silentLogger, systemRuntime } from '../ports/index.ts'
import { memoryStorage } from '../storage/index.ts'
import { createCommerce } from './create-commerce.ts'

test('a commerce is ready from its migration until it is closed', async () => {
  const commerce = createCommerce({ storage: memoryStorage() })
  expect(await commerce.ready()).toBe(false)
  await commerce.migrate()
  expect(await commerce.ready()).toBe(true)
  await commerce.close()
  expect(await commerce.ready()).toBe(false)
})

test.each([
  ['is busy for a moment', 3, 0, true],
  ['is down', 99, 0, false],
  ['says nothing for long', 1, 300, false],
])('a storage that %s', async (_, refusals, afterMs, isReady) => {
  const runtime = systemRuntime()
  const storage = memoryStorage()
  const commerce = createCommerce({ storage, runtime, logger: silentLogger })
  await commerce.migrate()
  const { commit } = storage
  let asked = 0
  storage.commit = async (...args) => {
    asked += 1
    if (asked > refusals) return commit(...args)
    await runtime.sleep(afterMs)
    throw new StorageUnavailableError('busy', { outcome: 'nothing' })
  }
  expect(await commerce.ready()).toBe(isReady)
  expect(asked).toBeLessThanOrEqual(5)
})
