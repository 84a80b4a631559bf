import { ENDED, type Payment } from '../../payment/index.ts'
import { isSame } from '../../storage/index.ts'
import { type Check, openCase, type Problem, problemUnless } from '../check.ts'
import type { OrderFacts } from '../order-facts.ts'

/** I6: at most one live order per cart and one live payment per order, and the cart names its order. */
export const liveAttempts: Check<OrderFacts> = {
  name: 'one live order per cart, one live payment per order',
  invariant: 'I6',
  find: (facts) => {
    const { order, ordersOfCart, payments } = facts
    const live = ordersOfCart.filter(({ state }) => state !== 'cancelled').map(({ id }) => id)
    // What comes alive after its order was placed or has ended has a job that closes it.
    const isClosing = ({ id }: Payment) =>
      order.state !== 'pending' && order.paymentId !== id && facts.jobs.has('payment.reconcile', id)
    const open = payments.filter((payment) => !ENDED.includes(payment.state) && !isClosing(payment))
    return [
      ...problemUnless(live.length <= 1, order.id, `the cart ${order.cartId} has the live orders ${live.join(', ')}`),
      ...doubleProblems(order.id, open),
      ...cartProblems(facts),
    ]
  },
}

/** Money of another attempt may come after all: then what the order was placed by is wanted no more. */
function doubleProblems(order: string, open: readonly Payment[]): Problem[] {
  const waiting = open.filter(({ captured }) => captured === 0)
  if (open.length < 2 || waiting.length === 0) return []
  const [paid, rest] = [open.filter(({ captured }) => captured > 0), namesOf(waiting)]
  if (paid.length === 0) return [{ record: order, message: `the payments ${rest} are live together` }]
  return [openCase(order, `was paid by ${namesOf(paid)}, and ${rest} can still be charged: void it at its processor`)]
}

const namesOf = (payments: readonly Payment[]): string => payments.map(({ id }) => id).join(', ')

function cartProblems({ order, cart }: OrderFacts): Problem[] {
  if (cart === null) {
    // Once its order was cancelled, a cart that nobody uses is forgotten like others.
    return problemUnless(order.state === 'cancelled', order.id, `its cart ${order.cartId} is not there`)
  }
  if (order.state === 'placed' || order.state === 'closed') {
    return problemUnless(cart.orderId === order.id, order.id, `its cart ${cart.id} does not name it`)
  }
  if (order.state !== 'pending') return []
  const isNamed = cart.checkout?.orderId === order.id && isSame(cart.checkout.holds, order.holds)
  return problemUnless(isNamed, order.id, `its cart ${cart.id} does not name it and what it holds`)
}
