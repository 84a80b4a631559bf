import { isStanding, type Order } from '../order/index.ts'
import { fromInstant, type Instant } from '../time/index.ts'

/**
 * Did a later order that stands take something off for a variant of this order: for an upgrade from it, or for a bundle that
 * has it as a part? An order stands once it is placed, until nothing is left of the money that was paid for it and none is
 * to come. Pure.
 */
export function isCredited(order: Order, variantId: string, others: readonly Order[]): boolean {
  return others.some((other) => stands(other) && isLater(other.placedAt, order.placedAt) && credits(other, variantId))
}

const stands = (order: Order): boolean =>
  (order.state === 'placed' || order.state === 'closed') && isStanding(order.money, order)

function isLater(one: Instant | null, other: Instant | null): boolean {
  return one !== null && other !== null && fromInstant(one) > fromInstant(other)
}

function credits({ lines }: Order, variantId: string): boolean {
  return lines.some(
    ({ adjustments, credited = [] }) =>
      credited.includes(variantId) ||
      adjustments.some(({ cause, amount }) => cause.type === 'upgrade' && cause.from === variantId && amount < 0),
  )
}
