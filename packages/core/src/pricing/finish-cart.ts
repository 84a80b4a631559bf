import { exactAmount } from '../money/index.ts'
import { finishLines, finishRefusedLine } from './finish-line.ts'
import { ENGINE_VERSION } from './pricing-inputs.ts'
import type { Quote, QuoteLine } from './quote.ts'
import { type TaxedLine, taxLines } from './tax-lines.ts'
import type { TaxSettings } from './tax-settings.ts'
import type { RefusedLine, SoldLine } from './working-line.ts'

/** A priced cart, without what servers alone say of it. */
export type FinishedCart = Omit<Quote, 'codes' | 'uses' | 'hints'>

/** What is known of a cart whatever is in it. */
export interface CartHead extends Pick<Quote, 'currency' | 'place' | 'priceBasis' | 'isTaxUnknown' | 'taxExemption'> {
  /** Is the shopper known? */
  readonly isKnown: boolean
}

/** What is finished. */
export interface CartToFinish {
  /** What is known of it whatever is in it. */
  readonly head: CartHead
  /** Its lines, in the cart's order, discounts taken off. */
  readonly all: readonly (SoldLine | RefusedLine)[]
  /** Those that can be sold, ordered by id. */
  readonly sold: readonly SoldLine[]
  /** Does a discount rest on something that is not known of the shopper? */
  readonly isUncertain: boolean
  /** How it is taxed. */
  readonly settings: TaxSettings
}

/**
 * The last steps of a quote, the same in a server and in a page: taxes and totals.
 *
 * @param tax the step of tax.
 * @throws RangeError on a malformed rate, or a sum beyond the safe integers.
 */
export function finishCart(
  { head, all, sold, isUncertain, settings }: CartToFinish,
  tax: (lines: readonly TaxedLine[], settings: TaxSettings) => void = taxLines,
): FinishedCart {
  const finished = finishLines(sold, settings, tax)
  const finishedLine = ({ id }: SoldLine) => finished.get(id) as QuoteLine // `sold` holds it
  const lines = all.map((line) => ('refusal' in line ? finishRefusedLine(line) : finishedLine(line)))
  const { isKnown, ...known } = head
  const isUnsure = sold.some((line) => line.isUnsure)
  return {
    engine: ENGINE_VERSION,
    ...known,
    lines,
    ...totals(lines),
    provisional: isUncertain || (isUnsure && !isKnown),
    ...(isUnsure && isKnown ? { unknowns: ['ownership'] as const } : {}),
  }
}

/** Proven before promotions, so that they can add up any of the lines. */
export function assertLinesAddUp(sold: readonly SoldLine[]): void {
  let sum = 0
  for (const { base } of sold) sum = exactAmount(sum + base)
}

/** Amounts are never negative, so where the sum of the totals is exact every smaller one is. */
function totals(lines: readonly QuoteLine[]): Pick<Quote, 'base' | 'discount' | 'net' | 'tax' | 'total'> {
  const sums = { base: 0, discount: 0, net: 0, tax: 0, total: 0 }
  for (const line of lines) {
    sums.base += line.base
    sums.discount += line.discount
    sums.net += line.net
    sums.tax += line.tax
    sums.total = exactAmount(sums.total + line.total)
  }
  return sums
}
