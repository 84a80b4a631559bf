import type { Bundle } from '../catalog/index.ts'
import { splitByWeight } from '../money/index.ts'
import { choosePrice } from './choose-price.ts'
import { exactAmount } from './exact-amount.ts'
import type { PriceList } from './price-list.ts'
import type { PricedVariant, PricingInputs } from './pricing-inputs.ts'
import type { WorkingPart } from './working-line.ts'

/**
 * Splits a bundle's own list price over its parts, in proportion to what each part would cost by itself at the line's
 * quantity, by largest remainder, ties to the smaller part id. A part without a price weighs nothing; if none has one,
 * the split is even. It is the price of one unit that is split, so that all units of a part have the same base.
 */
export function splitBundle(
  bundle: Bundle,
  line: {
    /** Minor units. */
    unitPrice: number
    quantity: number
    variants: PricingInputs['variants']
    /** The lists that count, by precedence. */
    lists: readonly PriceList[]
  },
): readonly WorkingPart[] {
  const weights: { id: string; weight: number; variant: PricedVariant }[] = []
  for (const part of bundle.parts) {
    const variant = line.variants[part.variantId]
    if (variant === undefined) throw new RangeError(`The inputs lack the variant ${part.variantId} of a bundle's part.`)
    const price = choosePrice(line.lists, variant.prices, line.quantity)
    weights.push({ id: part.id, weight: price?.amount ?? 0, variant })
  }
  const shares = splitByWeight(line.unitPrice, weights)
  return weights.map(({ id, variant }) => ({
    id,
    variant,
    base: exactAmount((shares.get(id) ?? 0) * line.quantity),
  }))
}
