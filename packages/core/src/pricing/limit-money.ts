import { splitByWeight } from '../money/index.ts'

/** How much a promotion may give to an order, minor units in the site's price basis. */
export interface MoneyLimit {
  /** To one order, or null. */
  readonly perOrder: number | null
  /** Left of its budget, or null for one without. */
  readonly left: number | null
  /** What an order gets for which the budget is too short. */
  readonly whenShort: 'nothing' | 'rest'
}

/**
 * Cuts what a promotion takes off each line to what it may give: first to the most that one order gets, then to what is
 * left of its budget, if it gives the rest at all. What is cut is spread in proportion, by largest remainder, ties to the
 * smaller line id.
 */
export function limitMoney(
  amounts: readonly number[],
  lines: readonly { readonly id: string }[],
  { perOrder, left, whenShort }: MoneyLimit,
): readonly number[] {
  const wanted = amounts.reduce((sum, amount) => sum + amount, 0)
  const forOrder = perOrder === null ? wanted : Math.min(wanted, perOrder)
  const isShort = left !== null && forOrder > left
  const given = !isShort ? forOrder : whenShort === 'rest' ? left : 0
  if (given === wanted) return amounts
  const weights = lines.map(({ id }, place) => ({ id, weight: amounts[place] ?? 0 }))
  return [...splitByWeight(given, weights).values()]
}
