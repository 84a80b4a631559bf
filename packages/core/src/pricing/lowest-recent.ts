import { addMilliseconds, type Instant } from '../time/index.ts'
import { applicableLists, choosePrice } from './choose-price.ts'
import type { PastPrice, Price, PriceList, VariantPrices } from './price-list.ts'
import type { PricingInputs } from './pricing-inputs.ts'

const THIRTY_DAYS = 30 * 24 * 60 * 60 * 1000
/** A list may begin in the year 0000, before which no instant is: nothing was sold then that a price could be compared with. */
const FIRST = '0001-01-01T00:00:00.000Z'

/**
 * The lowest price of one unit that this shopper could have had in the 30 days before the present price began, or null
 * where none is known: what a shop in the EU names beside a price that it calls reduced. A price begins when it last came to
 * count for them: when it is written, when the window of its list begins, or when that of a list ahead of it ends. Lists are
 * taken as they are now; of prices the last 100 are known.
 *
 * @returns minor units.
 * @see Directive 98/6/EC, Article 6a
 */
export function lowestRecent(
  variant: Pick<VariantPrices, 'prices' | 'past'>,
  inputs: Pick<PricingInputs, 'now' | 'currency' | 'place' | 'shopper' | 'priceLists'>,
): number | null {
  const current = choosePrice(applicableLists(inputs), variant.prices, 1)
  if (current === null) return null
  const moments = momentsOf(inputs.priceLists, variant.past ?? []).filter(
    (moment) => moment >= FIRST && moment <= inputs.now,
  )
  const countedAt = (now: Instant): Price | null =>
    choosePrice(applicableLists({ ...inputs, now }), pricesAt(variant, now), 1)
  const began = moments.sort().findLast((moment) => !isSamePrice(countedAt(addMilliseconds(moment, -1)), current))
  if (began === undefined) return null
  const from = addMilliseconds(began, -THIRTY_DAYS)
  const before = moments.filter((moment) => moment > from && moment < began)
  const amounts = [from, ...before].flatMap((now) => countedAt(now)?.amount ?? [])
  return amounts.length === 0 ? null : Math.min(...amounts)
}

const isSamePrice = (price: Price | null, { priceList, amount }: Price): boolean =>
  price?.priceList === priceList && price.amount === amount

/** All moments at which what counts can change. */
function momentsOf(lists: readonly PriceList[], past: readonly PastPrice[]): Instant[] {
  const windows = lists.flatMap(({ from, until }) => [from, until]).filter((moment) => moment !== null)
  return [...windows, ...past.map(({ until }) => until)]
}

/** The prices of one unit as they were then. */
function pricesAt({ prices, past = [] }: Pick<VariantPrices, 'prices' | 'past'>, then: Instant): readonly Price[] {
  const lists = [...new Set([...prices, ...past].map(({ priceList }) => priceList))]
  return lists.flatMap((priceList) => {
    const old = past.find((one) => one.priceList === priceList && then < one.until)
    const now = prices.find((one) => one.priceList === priceList && one.minimumQuantity === 1)
    const amount = old === undefined ? (now?.amount ?? null) : old.amount
    return amount === null ? [] : [{ priceList, amount, minimumQuantity: 1 }]
  })
}
