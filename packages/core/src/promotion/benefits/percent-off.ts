import { applyRate, splitByWeight } from '../../money/index.ts'
import type { BenefitRule, DiscountableLine, PromotionContext } from '../promotion-rules.ts'
import { unitRuns } from './unit-runs.ts'

/**
 * So many percent of an amount of each line, in the site's rounding: rounded once for the line, for each of its units, or
 * once for all lines and then spread by largest remainder, ties to the smaller line id. It is the discount that is
 * rounded, not the price.
 *
 * @param percent 0 to 100, or null for nothing.
 * @param of of what is left of a line, or of its list price.
 */
export function percentOff(
  percent: string | null,
  lines: readonly DiscountableLine[],
  { rounding, percentRounding = 'line' }: Pick<PromotionContext, 'rounding' | 'percentRounding'>,
  of: 'original' | 'left' = 'left',
): readonly number[] {
  if (percent === null) return lines.map(() => 0)
  const off = (amount: number) => applyRate(amount, percent, rounding)
  const amountOf = ({ base, left }: DiscountableLine) => (of === 'original' ? base : left)
  switch (percentRounding) {
    case 'line':
      return lines.map((line) => off(amountOf(line)))
    case 'unit':
      return lines.map((line) => sumOf(unitRuns({ left: amountOf(line), quantity: line.quantity }, 0), off))
    case 'order': {
      const weights = lines.map((line) => ({ id: line.id, weight: amountOf(line) }))
      const total = weights.reduce((sum, { weight }) => sum + weight, 0)
      return [...splitByWeight(off(total), weights).values()]
    }
  }
}

/** How percents keep the order of what is left: see {@link BenefitRule.keepsOrder}. */
export const percentKeepsOrder = (_benefit: unknown, { percentRounding }: PromotionContext): 'lines' | 'total' =>
  percentRounding === 'order' ? 'total' : 'lines'

function sumOf(runs: ReturnType<typeof unitRuns>, off: (amount: number) => number): number {
  return runs.reduce((sum, { amount, count }) => sum + off(amount) * count, 0)
}
