import { describe, expect, test } from 'vitest'
import { type StorageContractCase, storageContract } from './storage-contract.ts'
import { storageFaults } from './storage-faults.ts'
import type { StorageFault } from './storage-faults-kit.ts'

/** Long enough for a good storage, short enough to wait for one that waits in a circle. */
const TIMEOUT_MS = 1500

describe('the storage contract sees each fault', () => {
  test.each(storageFaults.map((fault) => [fault.name, fault] as const))('%s', async (name, fault) => {
    const failed = await failedCases(fault)
    console.info(`${name}: ${failed.length} cases, first "${failed[0] ?? 'none'}"`)
    expect(failed).not.toEqual([])
  })
})

async function failedCases(fault: StorageFault): Promise<string[]> {
  const results = await Promise.all(storageContract.map((one) => isKept(fault, one)))
  return storageContract.filter((_, index) => results[index] === false).map(({ name }) => name)
}

async function isKept(fault: StorageFault, { run }: StorageContractCase): Promise<boolean> {
  return run(fault.makeStorage, { timeoutMs: TIMEOUT_MS }).then(
    () => true,
    () => false,
  )
}
