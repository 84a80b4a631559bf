import type { Instant } from '../time/index.ts'

/** A product on a site. Without one it is not on that site. Its id is the product's. */
export interface Publication {
  /** Product id. */
  productId: string
  /** Name in addresses, unique on the site. */
  slug: string
  /** From when it is shown and sold, or null. */
  from: Instant | null
  /** Until when (exclusive), or null. */
  until: Instant | null
  /** Place in lists: smaller comes first; 0 to 1,000,000. */
  place: number
}
