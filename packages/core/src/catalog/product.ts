import type { Json, JsonObject } from '../json/index.ts'
import type { Instant } from '../time/index.ts'
import type { ProductFields } from './product-fields.ts'

/** Where a record stands: archived ones stay for the orders that name them and are no longer sold. */
export type RecordStatus = 'active' | 'archived'

/** What can be sold. Belongs to the operator; never assume that it is a course. */
export interface Product extends ProductFields {
  /** `prd_…` */
  id: string
  /** Name of its product type: `course`, `program`, `book`, `service`, or the host's own. */
  type: string
  /** The operator's own id for it, unique; imports are idempotent by it. */
  externalId: string | null
  /** Variant ids, in the order shown. */
  variants: readonly string[]
  /** Where it stands. */
  status: RecordStatus
  /** When it was made. */
  createdAt: Instant
}

/** One part of a bundle. */
export interface BundlePart {
  /** Name of the part within its bundle, stable. */
  id: string
  /** The variant that the part is. */
  variantId: string
}

/** How a bundle is priced and what it is made of. */
export interface Bundle {
  /** Parts that are always in it. */
  parts: readonly BundlePart[]
  /** The bundle's own list price is split over the parts in proportion to their list prices. */
  pricing: { type: 'own_price' }
  /** What happens with parts that the buyer owns already. */
  ownedParts: 'sell_all'
}

/** How a variant is delivered: the provider's name as the host configured it, and a target in the provider's own shape. */
export interface FulfilmentTarget {
  /** Provider's name. */
  provider: string
  /** What to deliver. */
  target: Json
}

/** What is put in a cart. Course modes (audit, verified, credit) are variants. */
export interface Variant {
  /** `var_…` */
  id: string
  /** Product id. */
  productId: string
  /** The operator's own id for it, unique; imports are idempotent by it. */
  externalId: string | null
  /** What distinguishes it from its siblings: `verified`, `hardcover`, … Unique within the product. */
  name: string
  /** Title of the variant, or empty if the name suffices. */
  title: string
  /** Values of the type's variant attributes. */
  attributes: JsonObject
  /** Until when it is sold: a mode's upgrade deadline. Exclusive; null means no end. */
  saleEndsAt: Instant | null
  /** From when it is sold, or null. */
  saleStartsAt: Instant | null
  /** When the service that it sells begins and ends; an order line freezes both. */
  serviceStart: Instant | null
  /** See `serviceStart`. */
  serviceEnd: Instant | null
  /** How long the right lasts once it begins, in days, or null for no end. */
  validityDays: number | null
  /** How many can be sold in all, or null. Enforced by a counter. */
  capacity: number | null
  /** How many one cart line may hold, 1 to 1,000. A course for oneself is 1. */
  maximumQuantity: number
  /** Category that tax tables know. */
  taxCategory: string
  /** How it is delivered; null where nothing is (a bundle's parts have their own). */
  fulfilment: FulfilmentTarget | null
  /** Parts, if it is a bundle. */
  bundle: Bundle | null
  /** Where it stands. */
  status: RecordStatus
}
