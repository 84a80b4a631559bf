import { choosePrice } from './choose-price.ts'
import type { PriceList } from './price-list.ts'
import type { Comparison, WorkingLine } from './working-line.ts'

/**
 * What a line's price of one unit is compared with; undefined where it is no list price, or not a reduced one. The lowest
 * price of the last 30 days is one of a single unit, so it says nothing of a tier.
 *
 * @param lists the lists that count, by precedence.
 */
export function comparePrice(
  { variant, quantity, unitPrice }: WorkingLine,
  lists: readonly PriceList[],
): Comparison | undefined {
  const price = choosePrice(lists, variant.prices, quantity)
  if (!price?.compareAt || price.amount !== unitPrice) return undefined
  const { compareAt, minimumQuantity } = price
  return { compareAt, ...(minimumQuantity === 1 && { lowestRecent: variant.lowestRecent }) }
}
