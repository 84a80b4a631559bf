import type { LineRefusal, PricedVariant } from './pricing-inputs.ts'

/** Why so many of a variant can't be bought, before its price, its parts and its places are looked at, or null. */
export function refuseVariant(variant: PricedVariant, quantity: number): LineRefusal | null {
  if (variant.refusal !== null) return variant.refusal
  return quantity > variant.maximumQuantity ? 'quantity_above_limit' : null
}

/**
 * Why a bundle can't be sold for one of its parts, or null. Each part that is sold must be one that could be delivered:
 * a part that is archived, closed or unknown refuses the whole. That a part is not on this site by itself, or not now, does
 * not matter, for it is the bundle that is.
 */
export function refusePart({ refusal, partRefusal = refusal }: PricedVariant): LineRefusal | null {
  switch (partRefusal) {
    case null:
    case 'not_published':
    case 'no_price':
    case 'quantity_above_limit':
      return null
    case 'sold_out':
      return 'sold_out'
    default:
      return 'part_not_available'
  }
}
