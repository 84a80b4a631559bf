import { applyRate, divideRounded, exactAmount, type RoundingMode, taxIncluded } from '../money/index.ts'
import { type SaleTaxes, sumOfShares } from './sale-taxes.ts'

/**
 * The taxes on a discounted amount, minor units, in their order: what an inclusive price contains, or what comes on top
 * of an exclusive one. It is the tax that is rounded, never the net.
 *
 * On top, each tax is rounded by itself. Of contained ones it is the running sum that is rounded, so that together they
 * are what one tax of all their shares would be, and never more than the amount.
 *
 * @param amount minor units, 0 or more, in the price basis given.
 * @throws RangeError on overflow.
 */
export function reckonTaxes(
  amount: number,
  due: SaleTaxes,
  options: {
    /** Does the amount contain the tax? */
    priceBasis: 'inclusive' | 'exclusive'
    /** The site's rounding. */
    rounding: RoundingMode
  },
): number[] {
  const [first] = due.taxes
  if (due.taxes.length === 1 && first !== undefined) return [reckonOne(amount, first.rate, options)]
  return options.priceBasis === 'inclusive'
    ? contained(BigInt(amount), due, options.rounding)
    : due.taxes.map(({ numerator }) =>
        exactAmount(Number(divideRounded(BigInt(amount) * numerator, due.denominator, options.rounding))),
      )
}

/** The common case, in plain numbers. */
function reckonOne(
  amount: number,
  rate: string,
  { priceBasis, rounding }: { priceBasis: 'inclusive' | 'exclusive'; rounding: RoundingMode },
): number {
  return priceBasis === 'inclusive' ? taxIncluded(amount, rate, rounding) : applyRate(amount, rate, rounding)
}

function contained(amount: bigint, due: SaleTaxes, rounding: RoundingMode): number[] {
  const gross = due.denominator + sumOfShares(due)
  let shares = 0n
  let taken = 0n
  return due.taxes.map(({ numerator }) => {
    shares += numerator
    const upTo = divideRounded(amount * shares, gross, rounding)
    const tax = upTo - taken
    taken = upTo
    return exactAmount(Number(tax))
  })
}
