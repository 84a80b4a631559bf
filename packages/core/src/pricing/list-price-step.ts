import { exactAmount } from '../money/index.ts'
import type { Price } from './price-list.ts'
import type { Adjustment } from './quote.ts'

/** How a list price is told of. */
export interface ListPriceTold {
  /** Units. */
  readonly quantity: number
  /** Names what has the price, if the line does not. */
  readonly title?: string | undefined
  /** What one unit costs at the place of sale, minor units, and what to say where that is not the list's amount. */
  readonly there: { readonly amount: number; readonly reason: string }
}

/** The first step of a line: its list price at the place of sale, in its quantity. */
export function listPriceStep(
  { amount, priceList, minimumQuantity }: Price,
  { quantity, title, there }: ListPriceTold,
): Adjustment {
  const name = title === undefined ? 'List price' : `List price of ${title}`
  const reason = minimumQuantity > 1 ? `${name} for ${minimumQuantity} or more` : name
  return {
    step: 'price',
    amount: exactAmount(there.amount * quantity),
    cause: { type: 'price_list', priceList, minimumQuantity },
    reason: there.amount === amount ? reason : `${reason} ${there.reason}`,
  }
}
