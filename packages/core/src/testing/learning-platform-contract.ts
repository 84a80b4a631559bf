import type { ContractCase } from './contract-case.ts'
import type { FulfilmentProviderNeed } from './fulfilment-provider-bench.ts'
import type { LearningPlatformBench } from './learning-platform-bench.ts'
import { questionCases } from './learning-platform-cases/question-cases.ts'
import { sourceCases } from './learning-platform-cases/source-cases.ts'

/**
 * What every `LearningPlatform` keeps beside `fulfilmentProviderContract`, one case per guarantee. Run each on a fresh
 * bench:
 *
 * ```ts
 * const { run } = chooseCases(learningPlatformContract, learningPlatformAbilities(makeBench()))
 * for (const { name, run: check } of run) test(name, () => check(makeBench()))
 * ```
 */
export const learningPlatformContract: readonly ContractCase<LearningPlatformBench, FulfilmentProviderNeed>[] = [
  ...sourceCases,
  ...questionCases,
]
