import type { Money } from '../money/index.ts'

/** The amount in one currency, minor units; null where there is none, for nothing is converted. */
export function amountIn(amounts: readonly Money[], currency: string): number | null {
  for (const entry of amounts) {
    if (entry.currency === currency) return entry.amount
  }
  return null
}
