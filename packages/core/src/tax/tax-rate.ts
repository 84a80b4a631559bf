/** The taxes of one place for one category. Belongs to the operator. */
export interface TaxRate {
  /** Chosen by the operator: `de-standard`. */
  id: string
  /** ISO 3166-1 alpha-2. */
  country: string
  /** Part of the country: the part of its ISO 3166-2 code behind the hyphen, such as `QC` of `CA-QC`. @default all of it */
  region?: string | null | undefined
  /** Tax category of variants, or `*` for any that has no rate of its own. */
  category: string
  /** Name that shoppers see: `VAT`. */
  name: string
  /** Percent as a decimal string with at most six decimals. */
  rate: string
  /**
   * Whose tax it is: the country's, or the region's where the rate is of one. Reports and the journal keep them apart.
   * @default 'region' where there is a region
   */
  level?: TaxLevel | undefined
  /** Taxes that are due on the same sale as well, at most four, in the order in which they are shown. @default none */
  more?: readonly FurtherTax[] | undefined
}

/** Whose tax it is. */
export type TaxLevel = 'country' | 'region'

/** A tax that is due beside the first one of a {@link TaxRate}: the QST beside the GST. */
export interface FurtherTax {
  /** Name that shoppers see. */
  name: string
  /** Percent as a decimal string with at most six decimals. */
  rate: string
  /** What it is reckoned on: the price without tax, or that with the taxes before it (a compound tax). @default 'net' */
  on?: 'net' | 'net_and_taxes' | undefined
  /** Whose tax it is. @default 'region' where the rate has a region */
  level?: TaxLevel | undefined
}
