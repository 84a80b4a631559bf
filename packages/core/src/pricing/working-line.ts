import type { DiscountableLine } from '../promotion/index.ts'
import type { LineRefusal, PricedLine, PricedVariant } from './pricing-inputs.ts'
import type { Adjustment } from './quote.ts'

/** A line while it is priced: it can be sold, and the steps write into it. It never leaves this folder. */
export interface WorkingLine extends DiscountableLine {
  /** Its variant. */
  readonly variant: PricedVariant
  /** What it is made of, at least one. */
  readonly parts: readonly WorkingPart[]
  /** The steps so far. */
  readonly adjustments: Adjustment[]
  /** `base` less the discounts so far. */
  left: number
}

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
