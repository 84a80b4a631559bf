import type { Recipient, RecipientInput } from '../customer/index.ts'
import type { JsonObject } from '../json/index.ts'
import type { Quote } from '../pricing/index.ts'

/** A line as callers see it. */
export interface CartLineView {
  /** Made by the caller. */
  id: string
  /** Variant id. */
  variantId: string
  /** 1 to 1,000. */
  quantity: number
  /** Ids of the parts that were chosen from a bundle's groups. @default none */
  parts?: readonly string[] | undefined
  /** Who gets it. */
  recipient: Recipient
}

/** A cart as callers see it. */
export interface CartView {
  /** `crt_…` */
  id: string
  /** Grows with each change; give it as `ifVersion`. */
  version: number
  /** ISO 4217 code. */
  currency: string
  /** In the order in which they were added. */
  lines: readonly CartLineView[]
  /** Code ids. */
  codes: readonly string[]
  /** Place that the shopper declared, ISO 3166-1 alpha-2, or null. */
  country: string | null
  /** Part of that country, such as `QC`; absent where it was not declared. */
  region?: string | undefined
  /** The order that it became, or null while it is open. */
  orderId: string | null
  /**
   * Of a cart that became an order: the cart in which goes on what was added while the order was being paid, for the same
   * customer or token. Absent where nothing was.
   */
  nextCartId?: string | undefined
  /** The order that checkout made of it and that is not placed yet, or null: how one is found whose answer was lost. */
  pendingOrderId: string | null
}

/** What every cart operation answers: a page needs one request. */
export interface CartWithQuote {
  /** The cart. */
  cart: CartView
  /** Its price. */
  quote: Quote
  /** Secret that opens an anonymous cart: only in the answer that made it. */
  token?: string | undefined
  /** What a page may estimate with: only where it was asked for, and where the page would come to this quote. */
  pricingInputs?: ShownPricingInputs | undefined
}

/**
 * What a page may price this cart with, by `estimate` of `@bursar/core/estimate`: no more than this shopper was given. The
 * server never takes it back.
 */
export interface ShownPricingInputs {
  /** Hash of `inputs`: SHA-256 of their canonical JSON (RFC 8785), in hex. The same inputs have the same. */
  hash: string
  /** For the engine of the same release alone: not to be read, and it may change with any release. */
  inputs: JsonObject
}

/** A line to be added. */
export interface NewCartLine {
  /** Made by the caller, 1 to 64 characters of `A–Z a–z 0–9 _ -`, unique in the cart. */
  lineId: string
  /** Variant id. */
  variantId: string
  /** 1 to 1,000. @default 1 */
  quantity?: number | undefined
  /** Ids of the parts chosen from a bundle's groups, in any order, at most 100. @default none */
  parts?: readonly string[] | undefined
  /** Who gets it. @default the buyer */
  recipient?: RecipientInput | undefined
}

/** Input of `carts.create`. */
export interface CreateCartInput {
  /** ISO 4217 code. @default the site's first */
  currency?: string | undefined
  /** Place of sale, ISO 3166-1 alpha-2. */
  country?: string | undefined
  /** Part of the country: what its ISO 3166-2 code has behind the hyphen, such as `QC`. Another country forgets it. */
  region?: string | undefined
  /** First lines, at most 200. */
  lines?: readonly NewCartLine[] | undefined
}

/** Input of `carts.get`. */
export interface GetCartInput {
  /** Cart id. */
  cartId: string
}

/** Input of `carts.update`. What is absent stays. */
export interface UpdateCartInput {
  /** Cart id. */
  cartId: string
  /** ISO 4217 code; lines without a price in it are refused in the quote. */
  currency?: string | undefined
  /** Place of sale, ISO 3166-1 alpha-2. */
  country?: string | undefined
  /** Part of the country: what its ISO 3166-2 code has behind the hyphen, such as `QC`. Another country forgets it. */
  region?: string | undefined
}

/** Input of `carts.addLine`. The same line id with the same variant sets the line, so that a repeat adds nothing. */
export interface AddLineInput extends NewCartLine {
  /** Cart id. */
  cartId: string
}

/** Input of `carts.updateLine`. Quantities are set, never added to. */
export interface UpdateLineInput {
  /** Cart id. */
  cartId: string
  /** Line id. */
  lineId: string
  /** 1 to 1,000. */
  quantity?: number | undefined
  /** Ids of the parts chosen from a bundle's groups; they replace those chosen before. */
  parts?: readonly string[] | undefined
  /** Who gets it. */
  recipient?: RecipientInput | undefined
}

/** Input of `carts.removeLine`. */
export interface RemoveLineInput {
  /** Cart id. */
  cartId: string
  /** Line id. */
  lineId: string
}

/** Input of `carts.applyCode`. */
export interface ApplyCodeInput {
  /** Cart id. */
  cartId: string
  /** As the shopper typed it, 1 to 64 characters. */
  code: string
}

/** Input of `carts.applyDiscount`. */
export interface ApplyDiscountInput {
  /** Cart id. */
  cartId: string
  /** What the host's server signed, 1 to 4,096 characters. */
  token: string
}

/** Input of `carts.removeCode`. */
export interface RemoveCodeInput {
  /** Cart id. */
  cartId: string
  /** Code id, as the cart lists it. */
  codeId: string
}

/** Input of `me.takeCart`. */
export interface TakeCartInput {
  /** An anonymous cart that goes into the customer's. @default the one that `fromToken` opens; none without it */
  fromCartId?: string | undefined
  /** Its token. @default where `fromCartId` is given, the call's own cart token, of the header or the cookie */
  fromToken?: string | undefined
}

/** Input of `carts.merge`: takes the lines and codes of an anonymous cart into the customer's, once. */
export interface MergeCartsInput {
  /** The customer's cart. */
  cartId: string
  /** The anonymous cart. */
  fromCartId: string
  /** The anonymous cart's token. @default the call's own cart token, of the header or the cookie */
  fromToken?: string | undefined
}
