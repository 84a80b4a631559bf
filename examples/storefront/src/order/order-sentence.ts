import type { OrderView } from '@bursar/core/client'

/** Where an order stands, in a few words. */
export function orderSentence({ state, delivery, money }: OrderView): string {
  if (state === 'cancelled') return 'Cancelled'
  if (state === 'pending') return 'Waiting for payment'
  switch (delivery) {
    case 'queued':
      return 'Being delivered'
    case 'waiting':
      return 'Waiting'
    case 'parked':
      return 'We are looking into it'
    case 'withdrawn':
    case 'withdrawing':
    case 'withdraw_parked':
      return 'Withdrawn'
    default:
      return money.state === 'on_account' || money.state === 'unpaid' ? 'Ordered' : 'Delivered'
  }
}
