import type { Account } from '../../journal/index.ts'
import type { Order } from '../../order/index.ts'
import { type Check, openCase, type Problem, problemUnless } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

/**
 * I3: what its payments have captured and not given back is the order's cash in the journal; what is owed after all is
 * its receivable; what belongs to nothing waits in suspense, for a person.
 */
export const capturedCash: Check<OrderFacts> = {
  name: 'captured money is in the journal',
  invariant: 'I3',
  find: ({ order, payments, journal }) => {
    const balance = (account: Account): number =>
      journal
        .flatMap(({ entries }) => entries)
        .filter((entry) => entry.account === account && entry.currency === order.currency)
        .reduce((sum, { amount }) => sum + amount, 0)
    const taken = payments.reduce((sum, { captured, refunded }) => sum + captured - refunded, 0)
    const captured = payments.reduce((sum, payment) => sum + payment.captured, 0)
    const owed = order.placedAt === null || order.state === 'cancelled' ? 0 : Math.max(0, order.total - captured)
    const [cash, receivable, suspense] = [balance('cash'), balance('receivable'), balance('suspense')]
    return [
      ...problemUnless(cash === taken, order.id, `its payments hold ${taken}, its cash in the journal is ${cash}`),
      ...problemUnless(
        receivable === owed,
        order.id,
        `${owed} are owed, its receivable in the journal is ${receivable}`,
      ),
      ...(suspense === 0 ? [] : [waiting(order, suspense)]),
    ]
  },
}

function waiting(order: Order, suspense: number): Problem {
  const { id, state, money } = order
  if (suspense > 0 && state !== 'cancelled' && money.captured >= money.refunded)
    return openCase(id, standing(order, suspense))
  const what = suspense < 0 ? `${-suspense} were paid` : `${suspense} were given back`
  const why = state === 'cancelled' ? 'for an order that had ended' : 'that nothing of the order accounts for'
  return openCase(id, `${what} ${why}: settle it with the payer`)
}

/** Of an order that stands, the payer has what they were to have: what is left to do is the shop's. */
function standing({ total, money }: Order, suspense: number): string {
  const own = Math.min(money.captured, total) // what came above its total is not its own, and went back first
  if (money.refunded >= money.captured) return `all of the ${own} that came were given back: end it`
  const what = `${suspense} of ${own} were given back at the processor`
  const todo = 'write in your accounts what they were for'
  // Where less came than its total, the rest is another case.
  return money.captured < total ? `${what}: ${todo}` : `${what}: nobody owes anything; ${todo}`
}
