import { test } from 'vitest'
import { storageContract } from '../testing/storage-contract.ts'
import { memoryData } from './memory-data.ts'
import { memoryStorage } from './memory-storage.ts'

async function makeStorage() {
  const data = memoryData()
  return { storage: memoryStorage({ data }), reopen: async () => memoryStorage({ data }) }
}

for (const { name, run } of storageContract) test(name, () => run(makeStorage))
