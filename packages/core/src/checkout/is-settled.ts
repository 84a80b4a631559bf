import { isRefunded, type Order } from '../order/index.ts'
import { ENDED, type Payment } from '../payment/index.ts'

/** Is nothing left to ask about a payment? Its order is placed or ended, or another payment took over. */
export function isSettled(order: Order, payment: Payment): boolean {
  const { id, captured, onAccount, state, captureBefore } = payment
  if (order.state !== 'pending') {
    const isKept = onAccount || (state === 'authorized' && captureBefore === null)
    return captured > 0 || isEnded(state) || (isItsOwn(order, payment) && isKept)
  }
  return order.paymentId !== id && isEnded(state)
}

/**
 * Does an order want this payment's money: was it placed by it, or is to be? What is held for one that has ended is wanted
 * by nobody; nor is what is still held where another payment has brought all the money.
 */
export function isItsOwn(order: Order, { id, state, captured }: Payment): boolean {
  if (order.paymentId !== id || order.state === 'cancelled') return false
  return captured > 0 || state !== 'authorized' || !isPaidInFull(order)
}

/** Did all of its money come, and not go back? */
export function isPaidInFull({ money, total }: Order): boolean {
  return money.captured >= total && !isRefunded(money)
}

const isEnded = (state: Payment['state']): boolean => ENDED.includes(state)
