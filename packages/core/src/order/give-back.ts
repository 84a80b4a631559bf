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
 * @returns the changes, to be committed with the refund, and what the order holds then.
 */
export function givenBack(
  { id, holds }: Pick<Order, 'id' | 'holds'>,
  { amount, left, codes, now }: MoneyBack,
): { changes: readonly Change[]; holds: readonly Hold[] } {
  const isWhole = amount >= left
  const uses = new Set(usesGivenBack(holds, codes, isWhole ? 'whole_order' : 'a_part'))
  const changes: Change[] = []
  const kept: Hold[] = []
  for (const hold of holds) {
    const back =
      uses.has(hold) || (isWhole && isBudget(hold)) ? hold.n : isBudget(hold) ? share(hold.n, amount, left) : 0
    const rest = hold.n - back
    if (rest > 0) kept.push(back === 0 ? hold : { ...hold, n: rest })
    if (back > 0) changes.push(...shrink({ counter: hold.counter, hold: id }, rest, now))
  }
  return { changes, holds: kept }
}

const isBudget = ({ counter }: Hold): boolean => counter.startsWith('budget:')

function share(n: number, amount: number, left: number): number {
  return Number((BigInt(n) * BigInt(amount)) / BigInt(left))
}

/** A hold has one size: what stays of it is taken again in the same commit, whatever the limit has become since. */
function shrink(named: { counter: string; hold: string }, rest: number, due: Instant): Change[] {
  const released: Change = { do: 'releaseHold', ...named }
  if (rest === 0) return [released]
  const taken: Change = { do: 'hold', ...named, n: rest, limit: Number.MAX_SAFE_INTEGER, due }
  return [released, taken, { do: 'commitHold', ...named }]
}
