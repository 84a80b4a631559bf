import { expect, test } from 'vitest'
import { StorageUnavailableError, silentLogger } from '../ports/index.ts'
import { memoryStorage } from '../storage/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import { createCommerce } from './create-commerce.ts'

test('a commerce is ready from its migration until it is closed', async () => {
  const commerce = createCommerce({ storage: memoryStorage() })
  expect(await commerce.ready()).toBe(false)
  await commerce.migrate()
  expect(await commerce.ready()).toBe(true)
  await commerce.close()
  expect(await commerce.ready()).toBe(false)
})

test('it says at once that the storage refuses, also where a clock stands', async () => {
  const storage = memoryStorage()
  const commerce = createCommerce({ storage, runtime: testRuntime(), logger: silentLogger })
  await commerce.migrate()
  storage.commit = async () => {
    throw new StorageUnavailableError('busy', { outcome: 'nothing' })
  }
  expect(await commerce.ready()).toBe(false)
})
