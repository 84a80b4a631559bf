import type { PaymentProcessor, Storage } from '../ports/index.ts'
import type { PriceBooks } from '../pricing/index.ts'

/** What reading a site needs. */
export interface StorefrontPorts {
  /** Where everything is kept. */
  storage: Storage
  /** What prices are made of. */
  books: PriceBooks
  /** Payment processors by the names that payment accounts use. */
  payments: { readonly [name: string]: PaymentProcessor }
}
