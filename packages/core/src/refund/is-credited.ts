import type { Order } from '../order/index.ts'
import { fromInstant, type Instant } from '../time/index.ts'

/**
 * Did a later order that stands take something off for an upgrade from a variant of this order? An order stands once it is
 * placed, until all the money that was paid for it has gone back. Pure.
 */
export function isCredited(order: Order, variantId: string, others: readonly Order[]): boolean {
  return others.some((other) => stands(other) && isLater(other.placedAt, order.placedAt) && credits(other, variantId))
}

function stands({ state, total, money }: Order): boolean {
  return (state === 'placed' || state === 'closed') && (total === 0 || money.refunded < total)
}

function isLater(one: Instant | null, other: Instant | null): boolean {
  return one !== null && other !== null && fromInstant(one) > fromInstant(other)
}

function credits({ lines }: Order, variantId: string): boolean {
  return lines.some(({ adjustments }) =>
    adjustments.some(({ cause, amount }) => cause.type === 'upgrade' && cause.from === variantId && amount < 0),
  )
}
