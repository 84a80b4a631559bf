import { isStanding, type Order, type OrderLine } from '../order/index.ts'
import { fromInstant, type Instant } from '../time/index.ts'

/**
 * Did a later order that stands take something off for a variant of this order: for an upgrade from it, or for a bundle that
 * has it as a part? An order stands once it is placed, until nothing is left of the money that was paid for it and none is
 * to come. What an upgrade credited is credited with what it bought, so one that does not stand counts while what it bought
 * is credited to an order that does. Pure.
 */
export function isCredited(order: Order, variantId: string, others: readonly Order[]): boolean {
  return others.some((other) => {
    if (!isLater(other.placedAt, order.placedAt)) return false
    const lines = other.lines.filter((line) => credits(line, variantId))
    if (stands(other)) return lines.length > 0
    return lines.some((line) => isUpgrade(line.adjustments, variantId) && isCredited(other, line.variantId, others))
  })
}

const stands = (order: Order): boolean =>
  (order.state === 'placed' || order.state === 'closed') && isStanding(order.money, order)

function isLater(one: Instant | null, other: Instant | null): boolean {
  return one !== null && other !== null && fromInstant(one) > fromInstant(other)
}

function credits({ adjustments, credited = [] }: OrderLine, variantId: string): boolean {
  return credited.includes(variantId) || isUpgrade(adjustments, variantId)
}

const isUpgrade = (adjustments: OrderLine['adjustments'], variantId: string): boolean =>
  adjustments.some(({ cause, amount }) => cause.type === 'upgrade' && cause.from === variantId && amount < 0)
