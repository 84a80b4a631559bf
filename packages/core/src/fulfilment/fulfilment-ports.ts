import type { Failpoint, FulfilmentProvider, Logger, Runtime, Storage } from '../ports/index.ts'

/** What the use cases of fulfilment need. */
export interface FulfilmentPorts {
  /** Where grants are kept. */
  storage: Storage
  /** Time and chance. */
  runtime: Runtime
  /** Providers by name. */
  fulfilment: { readonly [name: string]: FulfilmentProvider }
  /** For what an operator should know. */
  logger: Logger
  /** For tests that end the process at a step. */
  step: Failpoint
}
