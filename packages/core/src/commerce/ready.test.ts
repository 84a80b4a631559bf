import { expect, test } from 'vitest'
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
