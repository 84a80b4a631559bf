import type { RecordStatus } from '../catalog/index.ts'
import type { Instant } from '../time/index.ts'

/** A set of prices in one currency, and for whom and when it counts. A site names the lists that it sells from. */
export interface PriceList {
  /** `prl_…` */
  id: string
  /** Name for staff. */
  name: string
  /** ISO 4217 code. */
  currency: string
  /** Customer groups for whom it counts; null means everybody. */
  groups: readonly string[] | null
  /** Places of sale (ISO 3166-1 alpha-2) for which it counts; null means everywhere. */
  countries: readonly string[] | null
  /** Regions of sale as ISO 3166-2 writes them, such as `CA-QC`, for which it counts. @default all of its countries */
  regions?: readonly string[] | null | undefined
  /** From when it counts, or null. */
  from: Instant | null
  /** Until when (exclusive), or null. */
  until: Instant | null
  /** The larger wins; ties by the smaller id. 0 to 1,000. */
  priority: number
  /** Where it stands. */
  status: RecordStatus
}

/** One price of a variant. */
export interface Price {
  /** Price list id. */
  priceList: string
  /** Minor units of the list's currency for one unit, 0 to 40,000,000,000. */
  amount: number
  /** From which quantity of one line it counts, 1 or more. */
  minimumQuantity: number
  /**
   * A price to compare with, more than `amount`, minor units: the shop shows it struck through. What shoppers are told is
   * the lowest price of the last 30 days. @default none
   */
  compareAt?: number | null | undefined
}

/** What one unit cost in a list until a change. */
export interface PastPrice {
  /** Price list id. */
  priceList: string
  /** Minor units; null: it had no price there. */
  amount: number | null
  /** When it was changed. */
  until: Instant
}

/** All prices of one variant: one document, its id is the variant's. */
export interface VariantPrices {
  /** Variant id. */
  variantId: string
  /** In no particular order. */
  prices: readonly Price[]
  /** What one unit cost before, oldest first, the last 100. @default none known */
  past?: readonly PastPrice[] | undefined
}
