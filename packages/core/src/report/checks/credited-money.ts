import { isRefunded, isStanding } from '../../order/index.ts'
import { type Check, openCase } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

/**
 * I4: what an order credited of another one's money is not given back besides. Of a part of that money nobody knows what it was
 * for: it counts where all of the credit may be in it, and what is left is less than the credit.
 */
export const creditedMoney: Check<OrderFacts> = {
  name: 'credited money was not given back',
  invariant: 'I4',
  find: ({ order, credited }) => {
    const isPlaced = order.state === 'placed' || order.state === 'closed'
    if (!isPlaced || !isStanding(order.money, order)) return []
    return credited.flatMap(({ order: { id, money }, amount }) => {
      const left = Math.max(0, money.captured - money.refunded)
      if (!isRefunded(money) && (money.refunded < amount || left >= amount)) return []
      const what = `it credited ${amount} of the order ${id}, of whose money ${left} are left`
      return [openCase(order.id, `${what}: ask the payer for the rest, or give back this one's too and end it`)]
    })
  },
}
