import { divideRounded, exactAmount, type RoundingMode } from '../money/index.ts'
import { type SaleTaxes, sumOfShares } from './sale-taxes.ts'

/**
 * What a price that contains the taxes of home is where other taxes are due and the price without tax stays the same:
 * rounded once.
 *
 * @param price minor units, 0 or more.
 * @param home the taxes that it contains, or null.
 * @param there the taxes that are due, or null.
 * @throws RangeError on overflow.
 */
export function priceElsewhere(
  price: number,
  home: SaleTaxes | null,
  there: SaleTaxes | null,
  rounding: RoundingMode,
): number {
  const [atHome, atPlace] = [grossOf(home), grossOf(there)]
  const exact = divideRounded(BigInt(price) * atPlace.gross * atHome.net, atPlace.net * atHome.gross, rounding)
  return exactAmount(Number(exact))
}

/** What a price without tax of `net` is with it. */
function grossOf(due: SaleTaxes | null): { net: bigint; gross: bigint } {
  return due === null ? { net: 1n, gross: 1n } : { net: due.denominator, gross: due.denominator + sumOfShares(due) }
}
