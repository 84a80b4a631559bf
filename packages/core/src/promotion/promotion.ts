import type { Json } from '../json/index.ts'
import type { Money } from '../money/index.ts'
import type { Instant } from '../time/index.ts'

/**
 * A condition or a benefit of a kind that the host added, with whatever the kind's schema lets through. Its `type` holds a
 * colon: `acme:minimum_places`. A shop whose host brings no such kind refuses it.
 */
export interface HostData {
  /** Names the kind: two names of lower-case letters, digits, `_` and `-`, with a colon between them. */
  type: `${string}:${string}`
  /** What its schema lets through. */
  [member: string]: Json | undefined
}

/** One thing that must hold. Kinds are values, each in a file of `conditions/`, or the host's. */
export type SimpleCondition =
  | HostData
  | { type: 'products'; products: readonly string[] }
  | { type: 'variants'; variants: readonly string[] }
  | { type: 'product_types'; productTypes: readonly string[] }
  /** Collection ids: lines whose product is in one of them. */
  | { type: 'collections'; collections: readonly string[] }
  | { type: 'minimum_subtotal'; amounts: readonly Money[] }
  | { type: 'minimum_quantity'; quantity: number }
  /** Customer ids. */
  | { type: 'customers'; customers: readonly string[] }
  /** One of these groups. */
  | { type: 'customer_groups'; groups: readonly string[] }
  /** Nothing was bought of this operator before. */
  | { type: 'first_order' }
  /** Place of sale, ISO 3166-1 alpha-2. */
  | { type: 'countries'; countries: readonly string[] }
  /** Of the cart, ISO 4217 codes. */
  | { type: 'currencies'; currencies: readonly string[] }
  /** Days in the site's time zone by ISO 8601: 1 is Monday, 7 is Sunday. */
  | { type: 'weekdays'; days: readonly number[] }
  /** Calendar days in the site's time zone. */
  | { type: 'local_dates'; ranges: readonly LocalDateRange[] }
  /** A time of day in the site's time zone, each day; past midnight where `until` is not after `from`. */
  | { type: 'local_hours'; from: string; until: string }
  /** Site ids. */
  | { type: 'sites'; sites: readonly string[] }
  /** The shopper's address is of one of these domains or below it. In lower case. */
  | { type: 'email_domains'; domains: readonly string[] }
  /** The shopper has one of these products already. */
  | { type: 'owned_products'; products: readonly string[] }

/** Days from the first to the last, both included, `YYYY-MM-DD`; null is open. */
export interface LocalDateRange {
  /** The first day, or null for no beginning. */
  first: string | null
  /** The last day, or null for no end. */
  last: string | null
}

/** Holds where none of its conditions does; of lines it selects those that none of them selects. */
export interface NoneCondition {
  type: 'none'
  /** 1 to 20. */
  conditions: readonly SimpleCondition[]
}

/** Holds where one of its conditions does; of lines it selects those that one of them selects. */
export interface AnyCondition {
  type: 'any'
  /** 1 to 20. */
  conditions: readonly (SimpleCondition | NoneCondition)[]
}

/** What must hold for a promotion to apply. A promotion's list is an "and"; with `any` and `none` it says whatever logic can. */
export type PromotionCondition = SimpleCondition | NoneCondition | AnyCondition

/** What a promotion gives. Kinds are values, each in a file of `benefits/`, or the host's. */
export type PromotionBenefit =
  | HostData
  /**
   * Percent off the lines that the conditions select; a decimal string, over 0 to 100. `of`: what promotions before left
   * of a line (the default), or its list price.
   */
  | { type: 'percent'; percent: string; of?: 'original' | 'left' | undefined }
  /**
   * An amount off the lines that the conditions select, one entry per currency: in all (`order`, the default), off each
   * line, or off each unit.
   */
  | { type: 'fixed'; amounts: readonly Money[]; per?: 'order' | 'line' | 'unit' | undefined }
  /** Each unit that the conditions select costs this; one entry per currency. What costs less already stays. */
  | { type: 'fixed_price'; amounts: readonly Money[] }
  /**
   * Of each full group of `buy + get` units that the conditions select, the `get` cheapest cost so many percent less.
   * "The cheapest of three is free" is `buy: 2, get: 1, percent: '100'`.
   */
  | { type: 'buy_x_get_y'; buy: number; get: number; percent: string }
  /** Percent off by how many units the conditions select: the tier with the greatest minimum that is reached. */
  | { type: 'quantity_tiers'; tiers: readonly { minimum: number; percent: string }[] }
  /** Percent off by what the selected lines come to at list prices: the tier with the greatest minimum that is reached. */
  | { type: 'subtotal_tiers'; tiers: readonly { minimum: readonly Money[]; percent: string }[] }
  /** Of every so many units of one variant some are free. */
  | { type: 'seats_free'; every: number; free: number }
  /** One unit of each of these products, 2 to 20, costs this together; one entry per currency. */
  | { type: 'bundle_price'; products: readonly string[]; amounts: readonly Money[] }
  /** So many units of a variant are free when they are in the cart; the conditions are asked of the other lines. */
  | { type: 'free_gift'; variant: string; quantity: number }

/** Conditions, one benefit, limits and stacking. Belongs to the operator. */
export interface Promotion {
  /** `pro_…` */
  id: string
  /** Name that shoppers see beside the discount. */
  name: string
  /** Sites where it runs; null means all of the operator's. */
  sites: readonly string[] | null
  /** From when, or null. */
  from: Instant | null
  /** Until when (exclusive), or null. */
  until: Instant | null
  /** Only with a code, or for everybody? */
  requiresCode: boolean
  /** All must hold; those that name lines also select the lines that get the benefit. */
  conditions: readonly PromotionCondition[]
  /** What it gives. */
  benefit: PromotionBenefit
  /** Of uses and of money; enforced by holds. */
  limits: PromotionLimits
  /** `combinable` with others of its kind, or `exclusive`: alone or not at all. */
  stacking: 'combinable' | 'exclusive'
  /** Of the promotions of one group at most one applies to a cart. @default null, in none */
  group?: string | null | undefined
  /**
   * May shoppers be told what their cart lacks for it? Of one that asks who the shopper is nobody is told, nor of one
   * behind a code. @default true
   */
  hinted?: boolean | undefined
  /**
   * May the host's server sign discounts that draw on it? Then its benefit, `percent` or `fixed`, is the most that one of
   * them gives, and it `requiresCode`: each signed discount is one. @default false
   */
  signedByHost?: boolean | undefined
  /** Order of application, the larger first; ties by the smaller id. 0 to 1,000. */
  priority: number
  /** Where it stands. */
  status: 'active' | 'archived'
}

/** How often and how much a promotion gives. */
export interface PromotionLimits {
  /** Uses in all, or null. */
  uses: number | null
  /** Uses per customer, or null. */
  usesPerCustomer: number | null
  /**
   * Its budget: money given away in all, in the prices' basis, one entry per currency; in another it gives nothing.
   * @default null, no limit
   */
  money?: readonly Money[] | null | undefined
  /** Money given away to one order at most, as `money` is written. @default null, no limit */
  moneyPerOrder?: readonly Money[] | null | undefined
  /** What an order gets for which the budget is too short: nothing, or the rest of it. @default 'nothing' */
  whenShort?: 'nothing' | 'rest' | undefined
}

/** What a shopper types to get a promotion. Unique per site. */
export interface Code {
  /** `cod_…`: what carts and addresses name; the code itself is a secret. */
  id: string
  /** As typed, normalised by {@link normaliseCode}. */
  code: string
  /** The one site where it is valid, or `*` for all sites of the operator. */
  site: string
  /** Promotion id. */
  promotionId: string
  /** How often it can be used in all, or null. */
  uses: number | null
  /** From when, or null. */
  from: Instant | null
  /** Until when (exclusive), or null. */
  until: Instant | null
  /** A revoked code is not valid. */
  status: 'active' | 'revoked'
  /** The batch that it was minted in, whose window and status count besides its own. @default null, made by hand */
  batchId?: string | null | undefined
  /** How often one customer can use it, or null. @default null */
  usesPerCustomer?: number | null | undefined
  /** Customer id of the one person who can use it, known or waiting to be claimed; or null. @default null */
  assignedTo?: string | null | undefined
  /** When the person whose it is was last reminded of it, or null. @default null */
  remindedAt?: Instant | null | undefined
  /** Whether a use comes back when its order is cancelled after payment, or refunded. @default 'never' */
  returnsUse?: ReturnsUse | undefined
  /** What the host's server signed, where it did: such a code is in a cart by its token and is never typed. @default null */
  signed?: SignedTerms | null | undefined
}

/** What a discount that the host signed gives, up to the benefit of its promotion: percent or amount, as that does. */
export interface SignedTerms {
  /** Percent off, a decimal string over 0. */
  percent?: string | undefined
  /** Amount off. */
  amount?: Money | undefined
  /** Product ids, 1 to 100: what it takes something off. @default all that the promotion does */
  products?: readonly string[] | undefined
}

/**
 * When the use of a code comes back after money was captured. An order that ends unpaid always gives it back. `never`:
 * not at all; `always`: with any refund; `whole_order`: when all of the order was refunded.
 */
export type ReturnsUse = 'never' | 'always' | 'whole_order'

/**
 * A code as it is stored and compared: without regard to case, the dot of a Turkish capital I, spaces, hyphens of any kind
 * and what is invisible.
 *
 * @example
 * normaliseCode('spring-20') // 'SPRING20'
 */
export const normaliseCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .normalize('NFKC') // The capital of a small i with a dot of its own.
    .replace(/[\s\p{Pd}\p{Cf}\u2212]/gu, '')
    .replaceAll('İ', 'I')

/** As releases before stored a code: one of theirs that holds such a hyphen or dot is found by what is typed so. */
export const normaliseCodeAsBefore = (typed: string): string =>
  typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')
