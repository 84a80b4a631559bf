import type { Fact, PaidPrice, ShopperFacts } from '../promotion/index.ts'
import type { PricedLine } from './pricing-inputs.ts'

/** What is known of whether the shopper owns a variant. */
export function ownershipOf({ owned }: ShopperFacts, variantId: string): Fact {
  if (owned === undefined || owned === 'unknown') return 'unknown'
  if (owned.variants.includes(variantId)) return 'yes'
  return owned.unknown?.includes(variantId) === true ? 'unknown' : 'no'
}

/** Was the shopper asked about, and could it not be learnt of this variant? Of a guest it is not asked. */
export function couldNotBeLearnt({ owned }: ShopperFacts, variantId: string): boolean {
  return typeof owned === 'object' && owned.unknown?.includes(variantId) === true
}

/** What was paid for an owned variant, or null where that is not known. */
export function paidFor({ owned }: ShopperFacts, variantId: string): PaidPrice | null {
  return typeof owned === 'object' ? (owned.paid?.[variantId] ?? null) : null
}

/** What other orders have credited of it already, minor units. */
export function creditedBefore(shopper: ShopperFacts, variantId: string): number {
  return paidFor(shopper, variantId)?.credited ?? 0
}

/** What the shopper owns counts for one unit that they buy for themselves; who buys more of a line buys for others too. */
export function isForShopper({ quantity, forOthers }: Pick<PricedLine, 'quantity' | 'forOthers'>): boolean {
  return quantity === 1 && forOthers !== true
}
