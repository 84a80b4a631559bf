/** Why somebody pays no tax; a word and never a text, so that orders keep nothing personal with it. */
export type TaxExemptReason =
  | 'resale'
  | 'education'
  | 'government'
  | 'charity'
  | 'diplomatic'
  | 'indigenous'
  | 'reverse_charge'
  | 'group'
  | 'other'

/** That somebody pays no tax. */
export interface TaxExemption {
  /** Why. `group`: by a customer group of the site's `taxExemptGroups`. */
  reason: TaxExemptReason
  /**
   * Whose taxes are not due: countries, or regions as ISO 3166-2 writes them, such as `CA-BC`. Each names its own taxes
   * alone: `CA` is not `CA-BC`. @default all
   */
  jurisdictions?: readonly string[] | null | undefined
}
