import type { Change } from '../ports/index.ts'
import { isCredit } from '../pricing/index.ts'
import type { Instant } from '../time/index.ts'
import { resized } from './give-back.ts'
import { isStanding } from './money-state.ts'
import type { Order } from './order.ts'

/**
 * What an order credited of other payments is free to be credited again once the order stands no more, all of it and not
 * before: refunded in part it keeps its price. Where money of it is there after all it is taken again, past what is left too.
 * Pure.
 *
 * @returns the changes, to be committed with the news, what the order holds then, and what was given back of it.
 */
export function settledCredits(
  order: Pick<Order, 'id' | 'holds' | 'returned' | 'money' | 'total' | 'onAccount'>,
  now: Instant,
): {
  changes: readonly Change[]
  holds: readonly Order['holds'][number][]
  returned: readonly Order['holds'][number][]
} {
  const { id, holds, returned = [] } = order
  const [from, to] = isStanding(order.money, order) ? [returned, holds] : [holds, returned]
  const moved = from.filter(isCredit)
  const [rest, more] = [from.filter((hold) => !isCredit(hold)), [...to, ...moved]]
  const isTaken = from === returned
  const changes = moved.flatMap(({ counter, n }) =>
    resized({ counter, hold: id }, { before: isTaken ? 0 : n, after: isTaken ? n : 0, due: now }),
  )
  return { changes, ...(isTaken ? { holds: more, returned: rest } : { holds: rest, returned: more }) }
}
