import type { PromotionContext, Typed } from '../promotion/index.ts'
import type { SaleTax, SaleTaxes } from '../tax/index.ts'
import type { Contender } from './contender.ts'
import type { CartHead } from './finish-cart.ts'
import { ENGINE_VERSION, type LineRefusal, type PromotionChoice } from './pricing-inputs.ts'
import type { Adjustment, LeftOutPart } from './quote.ts'
import type { TaxSettings } from './tax-settings.ts'
import type { Comparison, SoldPart } from './working-line.ts'

/** Version of the engine, and of what a page is sent: a page of another one makes no estimate. */
export const PAGE_VERSION = `${ENGINE_VERSION}.1`

/**
 * What a page prices a cart with. What a server can reckon beforehand stands in it as data: what a unit of each line costs
 * by quantity, what is left of the conditions once the shopper, the place and the moment are put into them, and the taxes
 * of the place of sale. What may change in the page is left to it: quantities, lines and codes taken off.
 */
export interface PageInputs {
  /** {@link PAGE_VERSION} of who made it. */
  readonly version: string
  /** What is known of the cart whatever is in it. */
  readonly head: CartHead
  /** What conditions and benefits see; nothing of the shopper. */
  readonly context: PromotionContext
  /** Which promotions apply where they exclude each other. */
  readonly choice?: PromotionChoice | undefined
  /** Its lines, in the cart's order. */
  readonly lines: readonly PageLine[]
  /** Do lines stand in each other's way, or is one sold out? Then they are priced as they are in the cart, and not otherwise. */
  readonly isFixed?: true | undefined
  /** The promotions that this shopper could be given something by, by precedence. */
  readonly promotions: readonly PagePromotion[]
  /** The taxes that are due. */
  readonly taxes: readonly PageTaxes[]
  /** For what a tax is rounded once. */
  readonly taxRounding: TaxSettings['taxRounding']
}

/** A line of a cart, and what it costs by quantity. */
export interface PageLine {
  /** Line id. */
  readonly id: string
  /** Variant id. */
  readonly variantId: string
  /** Product id. */
  readonly productId: string
  /** Product type. */
  readonly productType: string
  /** What shoppers see of its variant. */
  readonly variant: { readonly title: string; readonly name: string }
  /**
   * The last whose `from` is not above the quantity counts. The first is from 1; from 2 where what one unit costs depends on
   * what the shopper owns, and nobody asked that as there are several in the cart.
   */
  readonly prices: readonly PagePrice[]
}

/** What one unit of a line costs from a quantity on, or why it can't be sold. */
export type PagePrice =
  | { readonly from: number; readonly refusal: LineRefusal }
  | {
      /** Units, 1 or more. */
      readonly from: number
      /** Of one unit, minor units. */
      readonly unitPrice: number
      /** What one unit is made of. */
      readonly parts: readonly SoldPart[]
      /** Parts that are not sold, because the shopper owns them. @default none */
      readonly leftOut: readonly LeftOutPart[]
      /** The steps, of one unit. */
      readonly adjustments: readonly Adjustment[]
      /** Does it depend on what the shopper owns, and could that not be learnt? */
      readonly isUnsure: boolean
      /** What the shopper is advised to have first. @default nothing */
      readonly prerequisite?: readonly string[] | undefined
      /** What the price of one unit is compared with. @default nothing */
      readonly comparison?: Comparison | undefined
    }

/** A promotion that could give this shopper something. */
export interface PagePromotion extends Pick<Contender, 'promotion' | 'money' | 'step' | 'isUncertain'> {
  /** What must still hold, in the order in which it is asked: of lines first. */
  readonly conditions: readonly Typed[]
  /** The codes typed that open it, by id; null for one that needs none. */
  readonly codes: readonly (NonNullable<Contender['code']> & { readonly isUncertain: boolean })[] | null
}

/** Taxes on a sale, as JSON has them: shares are whole numbers in decimal digits. */
export interface PageTaxes extends Pick<SaleTaxes, 'isOfSeveral'> {
  /** The tax categories that they are due on. */
  readonly categories: readonly string[]
  /** At least one. */
  readonly taxes: readonly (Omit<SaleTax, 'numerator'> & { readonly numerator: string })[]
  /** Of the shares. */
  readonly denominator: string
}
