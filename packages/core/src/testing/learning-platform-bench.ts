import type { LearningPlatform } from '../ports/index.ts'
import {
  type FulfilmentProviderBench,
  type FulfilmentProviderNeed,
  fulfilmentProviderAbilities,
} from './fulfilment-provider-bench.ts'

/** A learning platform to be tried: a provider's bench, so that both suites are run on it. */
export interface LearningPlatformBench extends FulfilmentProviderBench {
  /** Fresh for each case. */
  readonly provider: LearningPlatform
}

/** What a bench offers. */
export function learningPlatformAbilities(bench: LearningPlatformBench): Set<FulfilmentProviderNeed> {
  return fulfilmentProviderAbilities(bench)
}
