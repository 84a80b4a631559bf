import type { Money } from '../money/index.ts'
import type { ShownProductFields } from './product-fields.ts'
import type { ShownVariant } from './shown-variant.ts'

/** A variant as shoppers see it. */
export interface VariantView extends ShownVariant {
  /** List price of one unit in the first currency that it has of the site's, or null where it can't be bought. */
  price: Money | null
  /** A price to compare with, which the shop shows struck through; absent where there is none. */
  compareAt?: Money | undefined
  /** The lowest price of the 30 days before this one began; only beside `compareAt`, and where it is known. */
  lowestRecent?: Money | undefined
  /** What one costs when more of it are bought in one line, smallest quantity first; absent where it is always the same. */
  tiers?: readonly PriceTier[] | undefined
  /** Parts of a bundle; empty if it is none. */
  parts: readonly { id: string; productId: string; variantId: string; title: string }[]
  /** Can it be bought now? */
  onSale: boolean
}

/** A price from some quantity on. */
export interface PriceTier {
  /** How many of it a line has to hold, 2 or more. */
  minimumQuantity: number
  /** Of one unit. */
  price: Money
}

/** A product as shoppers see it on a site. */
export interface ProductView extends ShownProductFields {
  /** `prd_…` */
  id: string
  /** Name in addresses. */
  slug: string
  /** Product type. */
  type: string
  /** In the order shown. */
  variants: readonly VariantView[]
}

/** Input of `products.list`. */
export interface ListProductsInput {
  /** What a person typed; every word must be the beginning of a word of the title or the description. */
  search?: string | undefined
  /** Product type. */
  type?: string | undefined
  /** ISO 4217 code of the prices. @default the site's first */
  currency?: string | undefined
  /** `nextCursor` of the page before. */
  cursor?: string | undefined
  /** 1 to 100. @default 20 */
  limit?: number | undefined
}

/** Input of `products.get`. */
export interface GetProductInput {
  /** Product id or slug. */
  idOrSlug: string
  /** ISO 4217 code of the prices. @default the site's first */
  currency?: string | undefined
}
