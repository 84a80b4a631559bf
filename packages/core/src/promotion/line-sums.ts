import type { PromotableLine } from './promotion-rules.ts'

/** How many units lines have together. */
export function unitsOf(lines: readonly Pick<PromotableLine, 'quantity'>[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0)
}

/** What lines come to at list prices, minor units. */
export function subtotalOf(lines: readonly Pick<PromotableLine, 'base'>[]): number {
  return lines.reduce((sum, { base }) => sum + base, 0)
}
