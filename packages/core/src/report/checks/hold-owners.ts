import { type Check, problemUnless } from '../check.ts'
import { invariantOf } from '../invariant-of-counter.ts'
import type { HoldFacts } from '../record-facts.ts'

/** I9, I10: each hold belongs to a live order that names it, so that nothing is held for ever. */
export const holdOwners: Check<HoldFacts> = {
  name: 'holds belong to live orders',
  invariant: 'I9',
  find: ({ hold: { counter, hold, n, state }, order, grant }) => {
    // Codes that were tried are counted by holds as well: they belong to nobody.
    if (counter.startsWith('tries:')) return []
    if (counter.startsWith('run:')) {
      const isChosen = typeof grant?.run === 'string' && !grant.seatReturned && counter.endsWith(`:${grant.run}`)
      return problemUnless(isChosen, `${counter}/${hold}`, `${n} are ${state} for no right that chose the run`).map(
        (problem) => ({ ...problem, invariant: invariantOf(counter) }),
      )
    }
    const isNamed = order?.holds.some((named) => named.counter === counter) ?? false
    const owner =
      order === null ? 'no order' : isNamed ? `an order that is ${order.state}` : 'an order that names no such hold'
    return problemUnless(
      isNamed && order?.state !== 'cancelled',
      `${counter}/${hold}`,
      `${n} are ${state} for ${owner}`,
    ).map((problem) => ({ ...problem, invariant: invariantOf(counter) }))
  },
}
