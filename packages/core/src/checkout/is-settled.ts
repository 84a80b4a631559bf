import type { Order } from '../order/index.ts'
import { ENDED, type Payment } from '../payment/index.ts'

/** Is nothing left to ask about a payment? Its order is placed or ended, or another payment took over. */
export function isSettled(order: Order, { id, captured, onAccount, state, captureBefore }: Payment): boolean {
  const isItsOwn = order.paymentId === id && order.state !== 'cancelled'
  if (order.state !== 'pending') {
    const isKept = onAccount || (state === 'authorized' && captureBefore === null)
    return captured > 0 || isEnded(state) || (isItsOwn && isKept)
  }
  return order.paymentId !== id && isEnded(state)
}

const isEnded = (state: Payment['state']): boolean => ENDED.includes(state)
