import type { Change } from '../ports/index.ts'
import { type Hold, isCredit } from '../pricing/index.ts'
import type { Instant } from '../time/index.ts'
import { isBudget, resized, share } from './give-back.ts'
import type { Order } from './order.ts'
import { type UsedCode, usesGivenBack } from './uses-given-back.ts'

/** Money of a refund that failed after all. */
export interface MoneyKept {
  /** Minor units, over 0. */
  readonly amount: number
  /** What of the order's money was refunded before, at least `amount`. */
  readonly refunded: number
  /** The order's codes, as its kept pricing inputs have them. */
  readonly codes: readonly UsedCode[]
  /** The clock. */
  readonly now: Instant
}

/**
 * What is taken again of what refunds gave back, where one of them failed after all: of budgets as large a share as is kept
 * of the money, rounded down, and all of it with the rest; uses of codes unless their rule gives them for the refunds that
 * stand. Past a limit too: the discount is used. Pure.
 *
 * @returns the changes, to be committed with the news, what the order holds then, and what stays given back.
 */
export function takenAgain(
  { id, holds, returned = [] }: Pick<Order, 'id' | 'holds' | 'returned'>,
  { amount, refunded, codes, now }: MoneyKept,
): { changes: readonly Change[]; holds: readonly Hold[]; returned: readonly Hold[] } {
  const isWhole = amount >= refunded
  const standing = new Set(usesGivenBack(returned, codes, isWhole ? 'nothing' : 'a_part'))
  const changes: Change[] = []
  const kept = new Map(holds.map((hold) => [hold.counter, hold]))
  const left: Hold[] = []
  for (const hold of returned) {
    const { counter } = hold
    // What was credited follows whether the order stands.
    const isGiven = standing.has(hold) || isCredit(hold)
    const taken = isBudget(hold) && !isWhole ? share(hold.n, amount, refunded) : isGiven ? 0 : hold.n
    if (taken < hold.n) left.push({ ...hold, n: hold.n - taken })
    if (taken === 0) continue
    const before = kept.get(counter)?.n ?? 0
    kept.set(counter, { counter, n: before + taken })
    changes.push(...resized({ counter, hold: id }, { before, after: before + taken, due: now }))
  }
  return { changes, holds: [...kept.values()], returned: left }
}
