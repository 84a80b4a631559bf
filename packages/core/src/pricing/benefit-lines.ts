import type { BenefitLines } from '../promotion/index.ts'
import type { SoldLine } from './working-line.ts'

/** The lines that a promotion's conditions are asked of, where its benefit takes from these: a gift does not earn itself. */
export function linesAsked(takes: BenefitLines | null, sold: readonly SoldLine[]): readonly SoldLine[] {
  return takes?.of === 'others' ? sold.filter((line) => !takes.selects(line)) : sold
}

/** The lines that get the benefit, where the conditions selected these. */
export function linesTaken(
  takes: BenefitLines | null,
  selected: readonly SoldLine[],
  sold: readonly SoldLine[],
): readonly SoldLine[] {
  return takes === null ? selected : (takes.of === 'others' ? sold : selected).filter(takes.selects)
}
