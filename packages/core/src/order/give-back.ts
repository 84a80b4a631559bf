import type { Change } from '../ports/index.ts'
import type { Hold } from '../pricing/index.ts'
import type { Instant } from '../time/index.ts'
import type { Order } from './order.ts'
import { type UsedCode, usesGivenBack } from './uses-given-back.ts'

/** Money that goes back to who paid. */
export interface MoneyBack {
  /** Minor units, over 0. */
  readonly amount: number
  /** What of the order's money was not refunded before, at least `amount`. */
  readonly left: number
  /** The order's codes, as its kept pricing inputs have them. */
  readonly codes: readonly UsedCode[]
  /** The clock. */
  readonly now: Instant
}

/**
 * What a refund of captured money gives back of what a placed order has used: to budgets as large a share of what is left
 * of the order's discount as is refunded of its money, rounded down, and all of it with the rest of the money; uses of codes
 * by their rule. What is given back is no longer the order's, so that nothing comes back twice. Pure.
 *
 * @returns the changes, to be committed with the refund, what the order holds then, and what was given back of it.
 */
export function givenBack(
  { id, holds, returned = [] }: Pick<Order, 'id' | 'holds' | 'returned'>,
  { amount, left, codes, now }: MoneyBack,
): { changes: readonly Change[]; holds: readonly Hold[]; returned: readonly Hold[] } {
  const isWhole = amount >= left
  const uses = new Set(usesGivenBack(holds, codes, isWhole ? 'whole_order' : 'a_part'))
  const changes: Change[] = []
  const kept: Hold[] = []
  const given = new Map(returned.map(({ counter, n }) => [counter, n]))
  for (const hold of holds) {
    const back =
      uses.has(hold) || (isWhole && isBudget(hold)) ? hold.n : isBudget(hold) ? share(hold.n, amount, left) : 0
    const rest = hold.n - back
    if (rest > 0) kept.push(back === 0 ? hold : { ...hold, n: rest })
    if (back > 0) given.set(hold.counter, (given.get(hold.counter) ?? 0) + back)
    if (back > 0)
      changes.push(...resized({ counter: hold.counter, hold: id }, { before: hold.n, after: rest, due: now }))
  }
  return { changes, holds: kept, returned: [...given].map(([counter, n]) => ({ counter, n })) }
}

/** Is it of a budget, and not a use? */
export const isBudget = ({ counter }: Hold): boolean => counter.startsWith('budget:')

/** `n × amount / left`, rounded down. */
export function share(n: number, amount: number, left: number): number {
  return Number((BigInt(n) * BigInt(amount)) / BigInt(left))
}

/** A hold has one size: another one is taken anew in the same commit, whatever the limit has become since. */
export function resized(
  named: { counter: string; hold: string },
  { before, after, due }: { before: number; after: number; due: Instant },
): Change[] {
  const released: Change[] = before === 0 ? [] : [{ do: 'releaseHold', ...named }]
  if (after === 0) return released
  const taken: Change = { do: 'hold', ...named, n: after, limit: Number.MAX_SAFE_INTEGER, due }
  return [...released, taken, { do: 'commitHold', ...named }]
}
