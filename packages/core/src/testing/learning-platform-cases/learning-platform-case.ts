import type { ContractCase } from '../contract-case.ts'
import type { FulfilmentProviderNeed } from '../fulfilment-provider-bench.ts'
import type { LearningPlatformBench } from '../learning-platform-bench.ts'

/** A guarantee of the port, checked. */
export type LearningPlatformCase = ContractCase<LearningPlatformBench, FulfilmentProviderNeed>
