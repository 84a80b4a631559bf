import { isWithin } from '../time/index.ts'
import { comparePrecedence } from './compare-precedence.ts'
import type { Price, PriceList } from './price-list.ts'
import type { PricingInputs } from './pricing-inputs.ts'

/**
 * The price of a variant for a line: that of the first list, in their order of precedence, that has one for this
 * quantity; in the list the tier with the greatest `minimumQuantity` that the quantity reaches. Tiers look at the
 * line's own quantity: two lines of one variant are never added up. A list whose tiers all begin above the quantity has
 * no price for it, and the next list is asked.
 *
 * @param lists the lists that count here, as {@link applicableLists} orders them.
 * @returns null when no list has a price.
 */
export function choosePrice(lists: readonly PriceList[], prices: readonly Price[], quantity: number): Price | null {
  for (const list of lists) {
    const tier = chooseTier(list.id, prices, quantity)
    if (tier !== null) return tier
  }
  return null
}

/**
 * The lists that count for this cart: active, in its currency, for everybody or a group of the shopper's, for
 * everywhere or the place of sale, within their window. The highest priority first, ties by the smaller id.
 */
export function applicableLists(
  inputs: Pick<PricingInputs, 'now' | 'currency' | 'place' | 'shopper' | 'priceLists'>,
): readonly PriceList[] {
  const lists = inputs.priceLists.filter((list) => counts(list, inputs))
  return lists.length < 2 ? lists : lists.sort(comparePrecedence)
}

function counts(list: PriceList, inputs: Pick<PricingInputs, 'now' | 'currency' | 'place' | 'shopper'>): boolean {
  if (list.status !== 'active' || list.currency !== inputs.currency) return false
  if (list.countries !== null && !list.countries.includes(inputs.place.country)) return false
  if (list.regions && !list.regions.includes(`${inputs.place.country}-${inputs.place.region ?? ''}`)) return false
  if (list.groups !== null && !list.groups.some((group) => inputs.shopper.groups.includes(group))) return false
  return isWithin(list, inputs.now)
}

/** Of two entries for one tier, which saving refuses, the lower amount counts, so that their order does not matter. */
function chooseTier(priceList: string, prices: readonly Price[], quantity: number): Price | null {
  let best: Price | null = null
  for (const price of prices) {
    if (price.priceList !== priceList || price.minimumQuantity > quantity) continue
    if (best === null || isBetterTier(price, best)) best = price
  }
  return best
}

function isBetterTier(price: Price, best: Price): boolean {
  if (price.minimumQuantity !== best.minimumQuantity) return price.minimumQuantity > best.minimumQuantity
  return price.amount < best.amount
}
