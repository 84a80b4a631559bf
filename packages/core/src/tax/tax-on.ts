import { applyRate, type RoundingMode, taxIncluded } from '../money/index.ts'
import type { TaxRate } from './tax-rate.ts'

/**
 * The tax on a discounted amount, minor units, rounded once: what an inclusive price contains, or what comes on top of
 * an exclusive one. It is the tax that is rounded, never the net.
 *
 * @param amount minor units, 0 or more, in the price basis given.
 * @throws RangeError on a bad rate or on overflow.
 */
export function taxOn(
  amount: number,
  { rate }: Pick<TaxRate, 'rate'>,
  options: {
    /** Does the amount contain the tax? */
    priceBasis: 'inclusive' | 'exclusive'
    /** The site's rounding. */
    rounding: RoundingMode
  },
): number {
  return options.priceBasis === 'inclusive'
    ? taxIncluded(amount, rate, options.rounding)
    : applyRate(amount, rate, options.rounding)
}
