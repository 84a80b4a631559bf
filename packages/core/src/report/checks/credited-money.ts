import { isStanding } from '../../order/index.ts'
import { type Check, openCase } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

/**
 * I4: what an order credited of another one's money is still there: it was not given back besides, nor did it fail. Of a part
 * of that money nobody knows what it was for: it counts where one of the credits may be in it, and less is left than was
 * credited. What several orders credited of one is not added up.
 */
export const creditedMoney: Check<OrderFacts> = {
  name: 'credited money was not given back',
  invariant: 'I4',
  find: ({ order, credited }) => {
    const isPlaced = order.state === 'placed' || order.state === 'closed'
    if (!isPlaced || !isStanding(order.money, order)) return []
    return credited.flatMap(({ order: { id, total, money }, amounts }) => {
      const left = Math.max(0, money.captured - money.refunded)
      const amount = amounts.reduce((sum, one) => sum + one, 0)
      if (left >= amount || total - left < Math.min(...amounts)) return []
      const what = `it credited ${amount} of the order ${id}, of whose money ${left} are left`
      return [openCase(order.id, `${what}: ask the payer for the rest, or give back this one's too and end it`)]
    })
  },
}
