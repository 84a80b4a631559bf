import type { DiscountableLine } from '../promotion-rules.ts'

/** Units of one line that cost the same. */
export interface UnitRun {
  /** Place of the line among those given. */
  readonly place: number
  /** What is left of one unit, minor units. */
  readonly amount: number
  /** How many, at least 1. */
  readonly count: number
}

/**
 * What is left of a line by unit. Units of a line cost the same to a cent: the first ones a cent more where it does not
 * come out even.
 */
export function unitRuns({ left, quantity }: Pick<DiscountableLine, 'left' | 'quantity'>, place: number): UnitRun[] {
  const least = Math.floor(left / quantity)
  const dearer = left - least * quantity
  const runs = [
    { place, amount: least + 1, count: dearer },
    { place, amount: least, count: quantity - dearer },
  ]
  return runs.filter(({ count }) => count > 0)
}

/** Units of all lines in a row, the dearest first; those of one price by the line's place. */
export function dearestFirst(lines: readonly DiscountableLine[]): UnitRun[] {
  return lines.flatMap(unitRuns).sort((left, right) => right.amount - left.amount)
}

/**
 * What each line gets off where so many of its units are free, those that come first.
 *
 * @param discounts of each line, minor units; written here.
 */
export function giveFree(runs: readonly UnitRun[], units: number, discounts: number[]): void {
  let wanted = units
  for (const { place, amount, count } of runs) {
    const given = Math.min(wanted, count)
    discounts[place] = (discounts[place] ?? 0) + given * amount
    wanted -= given
  }
}
