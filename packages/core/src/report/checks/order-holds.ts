import { type Check, problemUnless } from '../check.ts'
import { invariantOf } from '../invariant-of-counter.ts'
import type { OrderFacts } from '../order-facts.ts'

/** I9, I10: a pending order holds what it says, a placed one has used it, an ended one has given it back. */
export const orderHolds: Check<OrderFacts> = {
  name: 'orders hold what they say',
  invariant: 'I9',
  find: ({ order, holds }) => {
    const expected = order.state === 'cancelled' ? null : order.placedAt === null ? 'held' : 'committed'
    return order.holds.flatMap(({ counter, n }) => {
      const row = holds.find((hold) => hold.counter === counter)
      const found = row === undefined ? 'nothing' : `${row.n} ${row.state}`
      const wanted = expected === null ? 'nothing' : `${n} ${expected}`
      return problemUnless(found === wanted, order.id, `should have ${wanted} of ${counter}, and has ${found}`).map(
        (problem) => ({ ...problem, invariant: invariantOf(counter) }),
      )
    })
  },
}
