import type { Actor } from '../audit/index.ts'
import type { Instant } from '../time/index.ts'
import type { Price } from './price-list.ts'

/** A change of a variant's prices: who made it, when, and all its prices before and after. Append-only. */
export interface PriceChange {
  /** `<variant id>:<number of the change>` */
  id: string
  /** Variant id. */
  variantId: string
  /** Who. */
  actor: Actor
  /** Name of the operation, such as `admin.products.update`. */
  operation: string
  /** When. */
  at: Instant
  /** All prices until then. */
  before: readonly Price[]
  /** All prices from then on. */
  after: readonly Price[]
}
