/** What a site decides about the way prices are reckoned. Absent members have their defaults. */
export interface SitePricing {
  /** For what a percent off is rounded once: each unit, each line, or all lines together. @default 'line' */
  percentRounding?: 'unit' | 'line' | 'order' | undefined
  /**
   * Which promotions apply where they exclude each other: the best outcome for the shopper, or what comes first by
   * priority. @default 'best'
   */
  promotionChoice?: 'best' | 'priority' | undefined
  /**
   * For what a tax is rounded once: each unit, each line and rate, or the whole order and rate; then it is split over
   * the parts. @default 'line'
   */
  taxRounding?: 'unit' | 'line' | 'order' | undefined
  /**
   * Where prices contain tax: what stays the same for a shopper elsewhere or one who is exempt, the price on the shelf,
   * or the price without the tax of the site's own country. @default 'same_shelf'
   */
  foreignPrices?: 'same_shelf' | 'same_net' | undefined
  /** Names of customer groups that pay no tax. @default none */
  taxExemptGroups?: readonly string[] | undefined
}
