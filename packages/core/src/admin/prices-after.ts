import type { CatalogRow } from '../catalog/index.ts'
import type { Price, PriceList } from '../pricing/index.ts'

/**
 * The prices of a variant after an import: the row's in place of those of the same list and quantity; others stay. Each is written
 * into the last list for everybody that has a price of the variant: one above it, such as a sale, stays what staff made of it.
 *
 * @param lists those for everybody, by currency, the last in precedence first.
 */
export function pricesAfter(
  row: CatalogRow,
  before: readonly Price[],
  lists: ReadonlyMap<string, readonly PriceList[]>,
): readonly Price[] {
  const named = row.prices.flatMap(({ currency, amount, minimumQuantity }): Price[] => {
    const ofCurrency = lists.get(currency) ?? []
    const list = ofCurrency.find(({ id }) => before.some(({ priceList }) => priceList === id)) ?? ofCurrency[0]
    if (list === undefined) return []
    const price = { priceList: list.id, amount, minimumQuantity }
    const { compareAt } = before.find((one) => isSameTier(one, price)) ?? {}
    // Struck through stands what is more than the price: one that it has reached is over.
    return [compareAt && compareAt > amount ? { ...price, compareAt } : price]
  })
  const changed = named.filter((price) => !before.some((one) => isSameTier(one, price) && one.amount === price.amount))
  const kept = before.filter((one) => !named.some((price) => isSameTier(one, price)))
  // Kept beside a smaller quantity that is no dearer, a tier would make more pieces cost more each.
  return [...kept.filter((one) => !changed.some((price) => reaches(price, one))), ...named]
}

const isSameTier = (one: Price, other: Price): boolean =>
  one.priceList === other.priceList && one.minimumQuantity === other.minimumQuantity

const reaches = (price: Price, tier: Price): boolean =>
  price.priceList === tier.priceList && price.minimumQuantity < tier.minimumQuantity && price.amount <= tier.amount
