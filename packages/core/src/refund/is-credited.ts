import { isStanding, type Order, type OrderLine } from '../order/index.ts'
import { creditCounter, isCredit } from '../pricing/index.ts'
import { fromInstant, type Instant } from '../time/index.ts'
import type { UnitPart } from './part-shares.ts'

/** What was paid for: one part of one unit of an order's line. */
export interface PaidPart extends UnitPart {
  /** Line id. */
  lineId: string
  /** The part's variant. */
  variantId: string
}

/**
 * Did another order that stands take something off for a part of this order: for an upgrade from it, or for a bundle that
 * has it as a part? An order stands from checkout on, while it waits for its money, and once it is placed until nothing is
 * left of that money and none is to come. Its holds say which part it credited; of an order that was stored before they did,
 * each part of the variant counts. What an upgrade credited is credited with what it bought, so one that does not stand counts
 * while what it bought is credited to an order that does. Pure.
 */
export function isCredited(order: Order, paid: PaidPart, others: readonly Order[]): boolean {
  return others.some((other) => {
    if (!mayCredit(other, order, paid)) return false
    const lines = other.lines.filter((line) => credits(line, paid.variantId))
    if (stands(other)) return lines.length > 0
    const rest = others.filter((one) => one !== other)
    return lines
      .filter(({ adjustments }) => isUpgrade(adjustments, paid.variantId))
      .flatMap(boughtParts)
      .some((bought) => isCredited(other, bought, rest))
  })
}

/** Does what an order holds, or held, name the part? Where it holds no credit at all, may it by its time? */
function mayCredit(other: Order, order: Order, { lineId, unit, part }: PaidPart): boolean {
  const held = [...other.holds, ...(other.returned ?? [])].filter(isCredit)
  if (held.length === 0) return isLater(isUnderWay(other) ? other.createdAt : other.placedAt, order.placedAt)
  const name = creditCounter(other.currency, order.id, lineId, unit, part)
  return held.some(({ counter }) => counter === name)
}

const isUnderWay = ({ state }: Order): boolean => state !== 'placed' && state !== 'closed' && state !== 'cancelled'

function stands(order: Order): boolean {
  return isUnderWay(order) || (order.state !== 'cancelled' && isStanding(order.money, order))
}

function isLater(one: Instant | null, other: Instant | null): boolean {
  return one !== null && other !== null && fromInstant(one) > fromInstant(other)
}

function credits({ adjustments, credited = [] }: OrderLine, variantId: string): boolean {
  return credited.includes(variantId) || isUpgrade(adjustments, variantId)
}

const isUpgrade = (adjustments: OrderLine['adjustments'], variantId: string): boolean =>
  adjustments.some(({ cause, amount }) => cause.type === 'upgrade' && cause.from === variantId && amount < 0)

/** Who upgrades buys one unit. */
const boughtParts = ({ id, parts }: OrderLine): readonly PaidPart[] =>
  parts.map((part) => ({ lineId: id, unit: 1, part: part.id, variantId: part.variantId }))
