import type { BundlePricing, OwnedPartsRule, Upgrade } from '../catalog/index.ts'
import type { TaxExemption } from '../customer/index.ts'
import type { Missing } from '../promotion/index.ts'
import type { LineRefusal, PlaceOfSale } from './pricing-inputs.ts'

/** The steps of a quote, in their order. */
export type QuoteStep =
  | 'price'
  | 'test_price'
  | 'upgrade'
  | 'bundle'
  | 'line_promotion'
  | 'cart_promotion'
  | 'fee'
  | 'tax'

/** What made an adjustment. */
export type AdjustmentCause =
  | { type: 'price_list'; priceList: string; minimumQuantity: number }
  | { type: 'promotion'; promotion: string; code: string | null }
  /** A bundle's rule, on the sum of its parts. */
  | { type: 'bundle'; rule: BundlePricing['type'] }
  /** Parts that the shopper owns, by part id: left out of the price, or credited. */
  | { type: 'owned_parts'; rule: OwnedPartsRule; parts: readonly string[] }
  /** What is credited to an owner of the variant that this one upgrades. */
  | { type: 'upgrade'; from: string; credit: Upgrade['credit'] }
  | { type: 'tax_rate'; taxRate: string; rate: string }
  | { type: 'assignment'; experiment: string }

/** One step of a line's price. The amounts of a line's adjustments add up to its total. */
export interface Adjustment {
  /** Which step. */
  step: QuoteStep
  /** What it adds to the line's total, minor units; negative for a discount; 0 for a tax that the price contains. */
  amount: number
  /** Tax contained in the price, minor units; only with `step: 'tax'` where prices are inclusive. */
  included?: number | undefined
  /** What made it. */
  cause: AdjustmentCause
  /** A sentence for the shopper. */
  reason: string
}

/** A tax on a part. */
export interface PartTax {
  /** Tax rate id. */
  taxRate: string
  /** Percent, decimal string. */
  rate: string
  /** Whose tax it is: a country, or a region as ISO 3166-2 writes it, such as `CA-QC`. */
  jurisdiction: string
  /** Name that shoppers see; only where its rate names several taxes. */
  name?: string | undefined
  /** Minor units. */
  amount: number
}

/** Amounts of one part of a line, over all its units, minor units. A line that is no bundle has one part, named `all`. */
export interface QuotePart {
  /** Name of the part. */
  id: string
  /** The variant that the part is. */
  variantId: string
  /** Before discounts, in the site's price basis. */
  base: number
  /** Taken off, 0 or more, in the site's price basis. */
  discount: number
  /** Without tax. */
  net: number
  /** Tax. */
  tax: number
  /** What is paid: net + tax. */
  total: number
  /** The taxes in `tax`. */
  taxes: readonly PartTax[]
}

/** One line of a quote. `null` amounts never occur: what can't be sold costs 0 and says why in `refusal`. */
export interface QuoteLine {
  /** Cart line id. */
  id: string
  /** Variant id. */
  variantId: string
  /** Product id. */
  productId: string
  /** Title of the product. */
  title: string
  /** Name of the variant. */
  variantName: string
  /** How many. */
  quantity: number
  /** Price of one unit before promotions: its list price, or what a bundle's or an upgrade's rule makes of it; minor units. */
  unitPrice: number
  /**
   * A price of one unit to compare with, which the shop shows struck through, minor units; absent where there is none, and
   * where `unitPrice` is not that list price: with a credit, without parts, at another place's taxes, or of a test.
   */
  compareAt?: number | undefined
  /**
   * The lowest price of one unit in the 30 days before the present one began, minor units: the one that a shop in the EU
   * compares a reduced price with. Only beside `compareAt`, at the price of a single unit, and where it is known.
   * @see Directive 98/6/EC, Article 6a
   */
  lowestRecent?: number | undefined
  /** unitPrice × quantity. */
  base: number
  /** Taken off, 0 or more. */
  discount: number
  /** Without tax. */
  net: number
  /** Tax. */
  tax: number
  /** What is paid. */
  total: number
  /** Each step, in order. */
  adjustments: readonly Adjustment[]
  /** Amounts by part. */
  parts: readonly QuotePart[]
  /** Parts of a bundle that are not sold, because the shopper owns them. @default none */
  leftOut?: readonly LeftOutPart[] | undefined
  /** Variants of which the shopper is advised to have one first, and has none. @default none */
  prerequisite?: readonly string[] | undefined
  /** Why the line can't be sold, or null. */
  refusal: LineRefusal | null
}

/** A part of a bundle that the shopper owns. */
export interface LeftOutPart {
  /** Name of the part. */
  id: string
  /** The variant that the part is. */
  variantId: string
  /** Title of its product. */
  title: string
  /** What was paid for it and is credited now, minor units. */
  credit: number
}

/** Why a code gives nothing. */
export type CodeRefusal =
  | 'not_valid'
  | 'not_yet_valid'
  | 'expired'
  | 'used_up'
  | 'used_by_you'
  | 'not_for_these_items'
  | 'below_minimum'
  | 'not_for_you'
  | 'not_here'
  | 'not_now'
  | 'not_with_others'

/** What became of a code in the cart. */
export interface QuoteCode {
  /** Code id. */
  id: string
  /** As normalised. */
  code: string
  /** Of a discount that the host signed, which nobody typed: the name of its promotion. @default absent */
  name?: string | undefined
  /** Did it take something off? */
  applied: boolean
  /** Why not, or null. */
  refusal: CodeRefusal | null
  /** What the cart would need; absent where nothing would help. */
  missing?: Missing | undefined
  /** With `not_with_others`: names of the promotions that apply instead. */
  others?: readonly string[] | undefined
}

/** A promotion for everybody that could touch the cart and gives it nothing, and why. */
export interface QuoteHint {
  /** Promotion id. */
  promotion: string
  /** Its name. */
  name: string
  /** The first reason. */
  refusal: CodeRefusal
  /** What the cart would need; absent where nothing would help. */
  missing?: Missing | undefined
  /** With `not_with_others`: names of the promotions that apply instead. */
  others?: readonly string[] | undefined
}

/** What a quote means to use of something limited; checkout takes a hold for each. */
export interface QuoteUse {
  /** Name of the counter. */
  counter: string
  /** How many. */
  n: number
  /** The counter's limit. */
  limit: number
}

/** The priced cart. A pure function of its inputs; all amounts in minor units of `currency`. */
export interface Quote {
  /** Version of the engine. */
  engine: number
  /** ISO 4217 code. */
  currency: string
  /** Where the sale takes place. */
  place: PlaceOfSale
  /** In the cart's order. */
  lines: readonly QuoteLine[]
  /** Codes of the cart. */
  codes: readonly QuoteCode[]
  /** Sum of the lines before discounts. */
  base: number
  /** Sum of the discounts. */
  discount: number
  /** Sum of the lines without tax. */
  net: number
  /** Sum of the taxes. */
  tax: number
  /** What is to be paid: the lines' totals. */
  total: number
  /** Do prices contain tax? */
  priceBasis: 'inclusive' | 'exclusive'
  /** Is something decided only at checkout, because the shopper is not known yet? */
  provisional: boolean
  /**
   * What could not be learnt of a shopper who is known, though something depends on it: it is sold as if the answer were
   * no, by the site's policy, and its order is marked for review. @default nothing
   */
  unknowns?: readonly 'ownership'[] | undefined
  /** What it would use of limited things. */
  uses: readonly QuoteUse[]
  /** That the shopper pays no tax, or some taxes not, and why; absent for all others. */
  taxExemption?: TaxExemption | undefined
  /** At most 20, by precedence; absent where there is none. */
  hints?: readonly QuoteHint[] | undefined
  /** The taxes could not be learnt, so they are those of the tables; absent where they are known. */
  isTaxUnknown?: boolean | undefined
}
