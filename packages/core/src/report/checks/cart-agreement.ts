import { type Check, problemUnless } from '../check.ts'
import type { CartFacts } from '../record-facts.ts'

/** I6: the orders that a cart names are there, are of it, and stand where it says. */
export const cartAgreement: Check<CartFacts> = {
  name: 'carts name their own orders',
  invariant: 'I6',
  find: ({ cart, order, pending }) => [
    ...(cart.orderId === undefined
      ? []
      : problemUnless(
          order !== null && order.cartId === cart.id && (order.state === 'placed' || order.state === 'closed'),
          cart.id,
          `became the order ${cart.orderId}, which is ${order === null ? 'not there' : `${order.state}, of ${order.cartId}`}`,
        )),
    ...(cart.checkout === undefined
      ? []
      : problemUnless(
          pending !== null && pending.cartId === cart.id && isWaiting(pending.state),
          cart.id,
          `is checked out by the order ${cart.checkout.orderId}, which is ${pending === null ? 'not there' : `${pending.state}, of ${pending.cartId}`}`,
        )),
  ],
}

const isWaiting = (state: string): boolean => ['pending', 'awaiting_approval', 'on_hold'].includes(state)
