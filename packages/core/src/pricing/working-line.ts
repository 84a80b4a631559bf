import type { DiscountableLine } from '../promotion/index.ts'
import type { LineRefusal, PricedLine, PricedVariant } from './pricing-inputs.ts'
import type { Adjustment, LeftOutPart, QuoteLine } from './quote.ts'

/** A line while it is priced: it can be sold, and the steps write into it. It never leaves this folder. */
export interface WorkingLine extends DiscountableLine {
  /** Its variant. */
  readonly variant: PricedVariant
  /** What it is made of, at least one. */
  readonly parts: readonly WorkingPart[]
  /** Parts that are not sold, because the shopper owns them. */
  readonly leftOut: readonly LeftOutPart[]
  /** Is it one unit that the shopper buys for themselves? */
  readonly isForShopper: boolean
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

/** A part of a line while it is priced. */
export interface WorkingPart {
  /** Name of the part; `all` for a line that is no bundle. */
  readonly id: string
  /** The variant that the part is. */
  readonly variant: PricedVariant
  /** Its share of the line's base, minor units. */
  readonly base: number
}

/** A line that can't be sold: it costs nothing and takes no part in what follows. */
export interface RefusedLine {
  /** The cart's line. */
  readonly source: PricedLine
  /** Its variant, if it is known. */
  readonly variant: PricedVariant | null
  /** Why. */
  readonly refusal: LineRefusal
}
