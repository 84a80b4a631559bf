import type { ContractCase } from '../contract-case.ts'
import type { FulfilmentProviderBench, FulfilmentProviderNeed } from '../fulfilment-provider-bench.ts'

/** A guarantee of the port, checked. */
export type FulfilmentProviderCase = ContractCase<FulfilmentProviderBench, FulfilmentProviderNeed>
