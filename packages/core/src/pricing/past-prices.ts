import type { Instant } from '../time/index.ts'
import type { PastPrice, Price, VariantPrices } from './price-list.ts'

/** So many past prices of a variant are kept with it; all of them stand in its price changes. */
const KEPT = 100

/**
 * The past prices of a variant after its prices were changed, newest last: what one unit cost in each list whose price
 * of one unit is another now. A list that had none until now is noted too, with the first prices of a variant as well, so
 * that nobody takes a new price for an old one.
 */
export function pastPrices(
  before: Pick<VariantPrices, 'prices' | 'past'> | null,
  after: readonly Price[],
  now: Instant,
): readonly PastPrice[] {
  const [old, fresh] = [ofOneUnit(before?.prices ?? []), ofOneUnit(after)]
  const lists = [...new Set([...old.keys(), ...fresh.keys()])].sort()
  const changed = lists.flatMap((priceList): PastPrice[] => {
    const amount = old.get(priceList) ?? null
    return amount === (fresh.get(priceList) ?? null) ? [] : [{ priceList, amount, until: now }]
  })
  return [...(before?.past ?? []), ...changed].slice(-KEPT)
}

function ofOneUnit(prices: readonly Price[]): ReadonlyMap<string, number> {
  return new Map(
    prices.flatMap(({ priceList, amount, minimumQuantity }) => (minimumQuantity === 1 ? [[priceList, amount]] : [])),
  )
}
