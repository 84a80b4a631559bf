import { jobQueueContract } from './job-queue-contract.ts'
import { counterCases } from './storage-contract-counters.ts'
import { documentCases } from './storage-contract-documents.ts'
import type { StorageContractCase } from './storage-contract-kit.ts'
import { listCases } from './storage-contract-lists.ts'

export type { MakeStorage, StorageContractCase, StorageUnderTest } from './storage-contract-kit.ts'

/**
 * What every storage must keep. It needs no test runner; with one it is a line:
 *
 * @example
 * for (const { name, run } of storageContract) test(name, () => run(makeStorage))
 */
export const storageContract: readonly StorageContractCase[] = [
  ...documentCases,
  ...counterCases,
  ...listCases,
  ...jobQueueContract,
]
