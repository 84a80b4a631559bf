import type { ContractCase } from './contract-case.ts'
import type { FulfilmentProviderBench, FulfilmentProviderNeed } from './fulfilment-provider-bench.ts'
import { deliverCases } from './fulfilment-provider-cases/deliver-cases.ts'
import { outageCases } from './fulfilment-provider-cases/outage-cases.ts'
import { withdrawCases } from './fulfilment-provider-cases/withdraw-cases.ts'

/**
 * What every `FulfilmentProvider` keeps, one case per guarantee. Run each on a fresh bench:
 *
 * ```ts
 * const { run } = chooseCases(fulfilmentProviderContract, fulfilmentProviderAbilities(makeBench()))
 * for (const { name, run: check } of run) test(name, () => check(makeBench()))
 * ```
 */
export const fulfilmentProviderContract: readonly ContractCase<FulfilmentProviderBench, FulfilmentProviderNeed>[] = [
  ...deliverCases,
  ...outageCases,
  ...withdrawCases,
]
