import { storageContract } from '@bursar/core/testing'
import { test } from 'vitest'
import { testSchema } from '../testing/test-schema.ts'

async function makeStorage() {
  const { open, end } = testSchema()
  return { storage: open(), reopen: async () => open(), end }
}

for (const { name, run } of storageContract) test(name, () => run(makeStorage))
