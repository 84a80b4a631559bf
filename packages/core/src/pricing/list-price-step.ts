import { exactAmount } from '../money/index.ts'
import type { Price } from './price-list.ts'
import type { Adjustment } from './quote.ts'

/** The first step of a line: its list price in its quantity. `title` names what has the price, if the line does not. */
export function listPriceStep(price: Price, quantity: number, title?: string): Adjustment {
  const { amount, priceList, minimumQuantity } = price
  const name = title === undefined ? 'List price' : `List price of ${title}`
  return {
    step: 'price',
    amount: exactAmount(amount * quantity),
    cause: { type: 'price_list', priceList, minimumQuantity },
    reason: minimumQuantity > 1 ? `${name} for ${minimumQuantity} or more` : name,
  }
}
