import type { Bundle, Prerequisite, Upgrade } from '../catalog/index.ts'
import type { TaxExemption } from '../customer/index.ts'
import type { Money, RoundingMode } from '../money/index.ts'
import type { Code, Fact, Promotion, ShopperFacts } from '../promotion/index.ts'
import type { SitePricing } from '../site/index.ts'
import type { TaxRate } from '../tax/index.ts'
import type { Instant } from '../time/index.ts'
import type { Price, PriceList } from './price-list.ts'
import type { TaxInput } from './tax-input.ts'

/**
 * Version of the engine that priced; it changes when the same inputs would give other cents, or other reasons of them. What
 * an older one priced stays as it was; it is priced again where this one comes to the very quote (`quoteAgain`), but by the doctor.
 */
export const ENGINE_VERSION = 3

export type { Fact, OwnedThings, PaidPrice, ShopperFacts } from '../promotion/index.ts'

/** Where the sale takes place, and how that is known. */
export interface PlaceOfSale {
  /** ISO 3166-1 alpha-2. */
  country: string
  /** Part of the country: what its ISO 3166-2 code has behind the hyphen; absent where it is not known. */
  region?: string | undefined
  /** `assumed`: the site's country; `declared`: the shopper said so; `evidenced`: proven. */
  basis: 'assumed' | 'declared' | 'evidenced'
}

/** What pricing needs of a variant. */
export interface PricedVariant {
  /** Variant id. */
  id: string
  /** Product id. */
  productId: string
  /** Product type. */
  productType: string
  /** Ids of the collections that hold the product. @default none */
  collections?: readonly string[] | undefined
  /** Title of the product. */
  title: string
  /** Name of the variant. */
  name: string
  /** Why it can't be bought here now, or null. */
  refusal: LineRefusal | null
  /**
   * Why it can't be sold as a bundle's part now, or null: whether it is on the site by itself does not matter there. Absent
   * where it is the same, and in inputs from before it was told apart, of which `not_published` refuses no bundle.
   * @default `refusal`
   */
  partRefusal?: LineRefusal | null | undefined
  /** How many one line may hold. */
  maximumQuantity: number
  /** Tax category. */
  taxCategory: string
  /**
   * Tax category of which the prices of lists contain the taxes, with `same_net`; present where it is another than that at
   * the place of sale. @default that at the place of sale
   */
  homeTaxCategory?: string | undefined
  /** Parts, if it is a bundle. */
  bundle: Bundle | null
  /** Can a person buy it again who has it? @default true */
  repeatable?: boolean | undefined
  /** The variants, by id, that it upgrades, and what an owner of one of them is credited. @default none */
  upgrade?: { from: readonly string[]; credit: Upgrade['credit'] } | undefined
  /** What a buyer should own before. @default nothing */
  prerequisite?: Prerequisite | undefined
  /**
   * Known at checkout only, and where it is not repeatable: how often the shopper has bought it, and how often other
   * orders of theirs hold it now. Its counter is `owned:<variant id>:<customer id>`.
   */
  bought?: { used: number; held: number } | undefined
  /** Its prices in the lists that the site sells from. */
  prices: readonly Price[]
  /**
   * The lowest price of one unit in the 30 days before the present one began, minor units; only where a price has one to
   * compare with. @default none known
   */
  lowestRecent?: number | undefined
  /** How many can be sold in all, or null; its counter is `capacity:<variant id>`. */
  capacity: number | null
  /** Places left, or null where it has no capacity. */
  placesLeft: number | null
}

/** Why a line can't be sold. */
export type LineRefusal =
  | 'no_price'
  | 'not_published'
  | 'archived'
  | 'not_yet_on_sale'
  | 'no_longer_on_sale'
  | 'sold_out'
  | 'quantity_above_limit'
  | 'part_not_available'
  /** Of a bundle's groups too few, too many or the wrong parts were chosen. */
  | 'parts_not_chosen'
  /** The shopper has it, and it is sold once to a person; for a bundle: has all of its parts. */
  | 'already_owned'
  /** Another line of the cart sells it to the same person, alone or as a bundle's part. */
  | 'already_in_cart'
  /** Another order of the shopper's, not paid yet, sells it, which is said at checkout only, or what it upgrades. */
  | 'being_bought'
  /** The shopper has nothing of what it needs before. */
  | 'prerequisite_missing'

/** What pricing needs of a cart's line. */
export interface PricedLine {
  /** Line id, made by the caller. */
  id: string
  /** Variant id. */
  variantId: string
  /** 1 to 1,000. */
  quantity: number
  /** Ids of the parts that were chosen from a bundle's groups. @default none */
  parts?: readonly string[] | undefined
  /** Somebody else than the buyer gets it: what the buyer owns does not count. @default the buyer gets it */
  forOthers?: true | undefined
}

/** A code in a cart and what is left of it. */
export interface PricedCode extends Code {
  /** Uses left, or null where it has no limit. */
  usesLeft: number | null
  /** Uses left for this customer; null or absent where it has no such limit; `unknown` for somebody not signed in. */
  customerUsesLeft?: number | null | 'unknown' | undefined
  /** Was it assigned to this shopper? Absent where it was assigned to nobody. */
  isTheirs?: Fact | undefined
}

/** A promotion and what is left of it. */
export interface PricedPromotion extends Promotion {
  /** Uses left in all, or null where it has no limit. */
  usesLeft: number | null
  /** Uses left for this customer; null where it has no limit; `unknown` for somebody not signed in. */
  customerUsesLeft: number | null | 'unknown'
  /** Left of its budget in the cart's currency, minor units; null or absent where it has none. */
  moneyLeft?: number | null | undefined
}

/** What a site decides of prices; absent members have the defaults of {@link SitePricing}. */
export interface PricedSite extends Omit<SitePricing, 'taxExemptGroups'> {
  /** Site id. */
  id: string
  /** Do prices contain tax? */
  priceBasis: 'inclusive' | 'exclusive'
  /** How fractions of a minor unit are rounded. */
  rounding: RoundingMode
  /** IANA zone of its dates. */
  timeZone: string
  /** Where it is at home, ISO 3166-1 alpha-2; only where `foreignPrices` is `same_net`. */
  country?: string | undefined
  /**
   * Which promotions apply where they exclude each other. Absent in inputs from before it could be chosen: the best of all
   * combinable ones together and each exclusive one alone.
   */
  promotionChoice?: PromotionChoice | undefined
}

/** The best outcome for the shopper, or what comes first by priority. */
export type PromotionChoice = NonNullable<SitePricing['promotionChoice']>

/** A price of an experiment, for this shopper: it stands in the place of the list price. */
export interface TestPrice {
  /** Variant id. */
  variantId: string
  /** Of one unit, at any quantity; in another currency than the cart's it does not count. */
  price: Money
  /** Id of the experiment. */
  experiment: string
  /**
   * How it meets promotions. `stack`: they come off it. `better_of`: it alone, or the list price with them, whichever is
   * lower. `promotion_wins`: it alone, unless one takes something off the list price.
   */
  promotions: 'stack' | 'better_of' | 'promotion_wins'
}

/** Everything a quote depends on: values with no reference to anything else. An order keeps them. */
export interface PricingInputs {
  /** Version of the engine. */
  engine: number
  /** The clock. */
  now: Instant
  /** What the site decides. */
  site: PricedSite
  /** ISO 4217 code of the cart. */
  currency: string
  /** Where the sale takes place. */
  place: PlaceOfSale
  /** Who buys. */
  shopper: ShopperFacts
  /** What is bought. */
  lines: readonly PricedLine[]
  /** Variants of the lines and of their bundles' parts, by id. */
  variants: { readonly [id: string]: PricedVariant }
  /** Price lists that the site sells from, in the cart's currency. */
  priceLists: readonly PriceList[]
  /** Promotions that could touch this cart. */
  promotions: readonly PricedPromotion[]
  /** Codes of the cart. */
  codes: readonly PricedCode[]
  /** Rates of the place of sale, and with `same_net` those of the site's country. */
  taxRates: readonly TaxRate[]
  /** Prices of experiments. @default none */
  assignments?: readonly TestPrice[] | undefined
  /** That the shopper pays no tax, or some taxes not. */
  taxExemption?: TaxExemption | undefined
  /** What the host's calculator said of the taxes; absent where the tables hold. */
  taxes?: TaxInput | undefined
}
