import { indexPromotions, type Promotion, type PromotionIndex, type PromotionRules } from '../promotion/index.ts'

/** Finds those of an operator's promotions that could touch a cart on a site. */
export type PromotionFinder = (
  site: string,
  ...cart: Parameters<PromotionIndex<Promotion>['touching']>
) => readonly Promotion[]

/**
 * Compiles promotions, for each site when it is first asked for: what others have for their sites costs a quote nothing.
 * It is made once for each state of an operator's prices.
 */
export function findPromotions(promotions: readonly Promotion[], rules: PromotionRules): PromotionFinder {
  const bySite = new Map<string, PromotionIndex<Promotion>>()
  return (site, lines, shopper) => {
    const known = bySite.get(site)
    if (known !== undefined) return known.touching(lines, shopper)
    const here = promotions.filter(({ sites }) => sites === null || sites.includes(site))
    const index = indexPromotions(here, rules)
    bySite.set(site, index)
    return index.touching(lines, shopper)
  }
}
