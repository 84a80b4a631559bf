import type { LineRefusal, PricedVariant, PricingInputs } from './pricing-inputs.ts'

/**
 * Why so many of a variant can't be bought, before its price and its places are looked at, or null. A bundle can be
 * sold only if each of its parts could be delivered: a part that is archived, closed or unknown refuses the whole. That
 * a part is not published on this site by itself does not matter, for it is the bundle that is.
 */
export function refuseVariant(
  variant: PricedVariant,
  quantity: number,
  variants: PricingInputs['variants'],
): LineRefusal | null {
  if (variant.refusal !== null) return variant.refusal
  if (quantity > variant.maximumQuantity) return 'quantity_above_limit'
  for (const { variantId } of variant.bundle?.parts ?? []) {
    const refusal = refusePart(variants[variantId])
    if (refusal !== null) return refusal
  }
  return null
}

function refusePart(part: PricedVariant | undefined): LineRefusal | null {
  switch (part?.refusal) {
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
