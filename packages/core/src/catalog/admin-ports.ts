import type { FulfilmentProvider, Logger, PaymentProcessor, Runtime, Storage } from '../ports/index.ts'
import type { ProductType } from './product-type.ts'

/** What the use cases of staff need. */
export interface AdminPorts {
  /** Where everything is kept. */
  storage: Storage
  /** Time and chance. */
  runtime: Runtime
  /** Types that products may have. */
  productTypes: readonly ProductType[]
  /** Fulfilment providers by the names that variants use. */
  fulfilment: { readonly [name: string]: FulfilmentProvider }
  /** Payment processors by the names that payment accounts use. */
  payments: { readonly [name: string]: PaymentProcessor }
  /** For what an operator should know. */
  logger: Logger
}
