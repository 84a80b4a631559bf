/** One rate of a tax in one place for one category. Belongs to the operator. */
export interface TaxRate {
  /** Chosen by the operator: `de-standard`. */
  id: string
  /** ISO 3166-1 alpha-2. */
  country: string
  /** Tax category of variants, or `*` for any that has no rate of its own. */
  category: string
  /** Name that shoppers see: `VAT`. */
  name: string
  /** Percent as a decimal string with at most six decimals. */
  rate: string
}
