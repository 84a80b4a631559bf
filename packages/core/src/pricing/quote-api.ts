/** A line to be priced. */
export interface QuoteLineInput {
  /** Variant id. */
  variantId: string
  /** 1 to 1,000. @default 1 */
  quantity?: number | undefined
  /** Ids of the parts chosen from a bundle's groups. @default none */
  parts?: readonly string[] | undefined
}

/** Input of `quotes.create`: prices for a page, without a cart. */
export interface CreateQuoteInput {
  /** 1 to 50. */
  lines: readonly QuoteLineInput[]
  /** ISO 4217 code. @default the site's first */
  currency?: string | undefined
  /** Place of sale, ISO 3166-1 alpha-2. */
  country?: string | undefined
  /** Part of the country: what its ISO 3166-2 code has behind the hyphen, such as `QC`. Only with `country`. */
  region?: string | undefined
  /** Codes as typed, at most 20. */
  codes?: readonly string[] | undefined
  /** `each`: every line priced as if alone, for course cards; `together`: as one cart. @default 'each' */
  mode?: 'each' | 'together' | undefined
}
