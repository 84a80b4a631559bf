import type { Failpoint, FulfilmentProvider, Logger, Runtime, Storage } from '../ports/index.ts'
import type { KeyedQueue } from '../storage/index.ts'

/** What the use cases of fulfilment need. */
export interface FulfilmentPorts {
  /** Where grants are kept. */
  storage: Storage
  /** Time and chance. */
  runtime: Runtime
  /** Providers by name. */
  fulfilment: { readonly [name: string]: FulfilmentProvider }
  /** Lets grants that are counted together run one after the other. */
  queue: KeyedQueue
  /** For what an operator should know. */
  logger: Logger
  /** For tests that end the process at a step. */
  step: Failpoint
}
