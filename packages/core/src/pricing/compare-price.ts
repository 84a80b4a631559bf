import type { Price } from './price-list.ts'
import type { PricedVariant } from './pricing-inputs.ts'
import type { Comparison } from './working-line.ts'

/**
 * What a list price is compared with; undefined where it is not a reduced one. The lowest price of the last 30 days is one
 * of a single unit, so it says nothing of a tier.
 */
export function comparePrice(
  { compareAt, minimumQuantity }: Price,
  { lowestRecent }: Pick<PricedVariant, 'lowestRecent'>,
): Comparison | undefined {
  if (compareAt === null || compareAt === undefined) return undefined
  return { compareAt, ...(lowestRecent === undefined || minimumQuantity > 1 ? {} : { lowestRecent }) }
}
