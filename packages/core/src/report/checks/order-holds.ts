import { isBudget, isRefunded } from '../../order/index.ts'
import { type Check, openCase, problemUnless } from '../check.ts'
import { invariantOf } from '../invariant-of-counter.ts'
import type { OrderFacts } from '../order-facts.ts'

/**
 * I9, I10: a pending order holds what it says, a placed one has used it, an ended one has given it back. A version of before
 * did not always give back to a budget what an order used whose money has all gone back.
 */
export const orderHolds: Check<OrderFacts> = {
  name: 'orders hold what they say',
  invariant: 'I9',
  find: ({ order, holds }) => {
    const expected = order.state === 'cancelled' ? null : order.placedAt === null ? 'held' : 'committed'
    const isSpent = order.state === 'placed' && isRefunded(order.money)
    const spent = isSpent ? order.holds.filter(isBudget) : []
    const cases = spent.map(({ counter, n }) =>
      openCase(order.id, `has used ${n} of ${counter}, though all of its money went back: end it`),
    )
    const problems = order.holds.flatMap(({ counter, n }) => {
      const row = holds.find((hold) => hold.counter === counter)
      const found = row === undefined ? 'nothing' : `${row.n} ${row.state}`
      const wanted = expected === null ? 'nothing' : `${n} ${expected}`
      return problemUnless(found === wanted, order.id, `should have ${wanted} of ${counter}, and has ${found}`).map(
        (problem) => ({ ...problem, invariant: invariantOf(counter) }),
      )
    })
    return [...problems, ...cases]
  },
}
