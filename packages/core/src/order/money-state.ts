/** What money an order has to do with, in minor units. Derived from operations, never set by hand. */
export interface MoneyAmounts {
  /** What is still to be paid. */
  due: number
  /** Authorised and not captured. */
  authorized: number
  /** Captured. */
  captured: number
  /** Given back. */
  refunded: number
  /** Taken by disputes. */
  disputed: number
  /** Given up. */
  writtenOff: number
}

/** The state that the amounts make. `disputed` stands beside it: see {@link MoneyAmounts.disputed}. */
export type MoneyState =
  | 'unpaid'
  | 'on_account'
  | 'overdue'
  | 'authorized'
  | 'partly_paid'
  | 'paid'
  | 'partly_refunded'
  | 'refunded'
  | 'written_off'

/** Derives the state of an order's money. A total of zero is `paid`. */
export function moneyState(amounts: MoneyAmounts, order: { total: number; onAccount: boolean }): MoneyState {
  if (amounts.writtenOff > 0 && amounts.due === 0) return 'written_off'
  // Where a payment failed after a refund nothing came of it, whatever went back: its total is owed again.
  if (amounts.captured > 0 && wentBack(amounts, order) > 0) return isRefunded(amounts) ? 'refunded' : 'partly_refunded'
  if (amounts.captured >= order.total) return 'paid'
  if (amounts.captured > 0) return 'partly_paid'
  if (amounts.authorized > 0) return 'authorized'
  return order.onAccount ? 'on_account' : 'unpaid'
}

/**
 * Does what a placed order credited of other payments stay credited? Until nothing is left of the money that was paid for it
 * and none is to come.
 */
export function isStanding(money: MoneyAmounts, order: { total: number; onAccount: boolean }): boolean {
  if (order.total === 0 || money.captured > money.refunded) return true
  return money.refunded === 0 && (order.onAccount || money.authorized > 0)
}

/** Has all of the money that came gone back, or more, where some of it failed after a refund? */
export function isRefunded({ captured, refunded }: Pick<MoneyAmounts, 'captured' | 'refunded'>): boolean {
  return refunded > 0 && refunded >= captured
}

/** How much of an order's own money went back, minor units: what came above its total never was its own, and goes back first. */
export function wentBack({ captured, refunded }: MoneyAmounts, { total }: { total: number }): number {
  return Math.max(0, refunded - Math.max(0, captured - total))
}
