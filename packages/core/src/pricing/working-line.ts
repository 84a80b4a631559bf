import type { DiscountableLine } from '../promotion/index.ts'
import type { LineRefusal, PricedLine, PricedVariant } from './pricing-inputs.ts'
import type { Adjustment, LeftOutPart, QuoteLine } from './quote.ts'

/**
 * A line that can be sold and has its price before promotions: what the steps of promotions and taxes need of it, in a
 * server and in a page. The steps write into it. It never leaves this folder.
 */
export interface SoldLine extends DiscountableLine {
  /** What shoppers see of its variant. */
  readonly variant: Pick<PricedVariant, 'title' | 'name'>
  /** What it is made of, at least one. */
  readonly parts: readonly SoldPart[]
  /** Parts that are not sold, because the shopper owns them. */
  readonly leftOut: readonly LeftOutPart[]
  /** Does it depend on what the shopper owns, and could that not be learnt? */
  readonly isUnsure: boolean
  /** What the shopper is advised to have first, and has nothing of; absent: nothing. */
  readonly prerequisite?: readonly string[] | undefined
  /** What the price of one unit is compared with; absent: nothing. */
  readonly comparison?: Comparison | undefined
  /** The steps so far. */
  readonly adjustments: Adjustment[]
  /** `base` less the discounts so far. */
  left: number
}

/** What the price of one unit is compared with, minor units. */
export type Comparison = Pick<QuoteLine, 'compareAt' | 'lowestRecent'>

/** A part of a line that can be sold. */
export interface SoldPart {
  /** Name of the part; `all` for a line that is no bundle. */
  readonly id: string
  /** The variant that the part is. */
  readonly variant: Pick<PricedVariant, 'id' | 'taxCategory'>
  /** Its share of the line's base, minor units. */
  readonly base: number
}

/** A line while it is priced from lists, with all that is known of its variant. */
export interface WorkingLine extends SoldLine {
  /** Its variant. */
  readonly variant: PricedVariant
  /** What it is made of, at least one. */
  readonly parts: readonly WorkingPart[]
  /** Is it one unit that the shopper buys for themselves? */
  readonly isForShopper: boolean
  /** Ids of the owned variants that it credits. */
  readonly credited: readonly string[]
}

/** A part of a {@link WorkingLine}. */
export interface WorkingPart extends SoldPart {
  /** The variant that the part is. */
  readonly variant: PricedVariant
}

/** A line that can't be sold: it costs nothing and takes no part in what follows. */
export interface RefusedLine {
  /** The cart's line. */
  readonly source: Pick<PricedLine, 'id' | 'variantId' | 'quantity'>
  /** Its variant, if it is known. */
  readonly variant: Pick<PricedVariant, 'productId' | 'title' | 'name'> | null
  /** Why. */
  readonly refusal: LineRefusal
}
