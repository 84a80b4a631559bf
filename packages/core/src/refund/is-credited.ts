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

/** Another order that took something off for what was paid before. */
interface CreditingOrder {
  readonly order: Order
  /** The counters that it holds, or held, of what was credited: they name parts. */
  readonly held: ReadonlySet<string>
}

/** Of other orders of one customer, those that may have credited a part, made once for all parts that are asked about. */
export function creditingOrders(others: readonly Order[]): readonly CreditingOrder[] {
  return others
    .filter(({ lines }) => lines.some(({ adjustments, credited = [] }) => credited.length > 0 || upgrades(adjustments)))
    .map((order) => {
      const held = [...order.holds, ...(order.returned ?? [])].filter(isCredit)
      return { order, held: new Set(held.map(({ counter }) => counter)) }
    })
}

/**
 * Did another order that stands take something off for a part of this order: for an upgrade from it, or for a bundle that
 * has it as a part? An order stands from checkout on, while it waits for its money, and once it is placed until nothing is
 * left of that money and none is to come. Its holds say which part it credited; of an order that was stored before they did,
 * each part of the variant counts. What an upgrade credited is credited with what it bought, so one that does not stand counts
 * while what it bought is credited to an order that does. Pure.
 */
export function isCredited(order: Order, paid: PaidPart, others: readonly CreditingOrder[]): boolean {
  return others.some((crediting) => {
    if (!mayCredit(crediting, order, paid)) return false
    const other = crediting.order
    const lines = other.lines.filter((line) => credits(line, paid.variantId))
    if (stands(other)) return lines.length > 0
    const rest = others.filter((one) => one !== crediting)
    return lines
      .filter(({ adjustments }) => isUpgrade(adjustments, paid.variantId))
      .flatMap(boughtParts)
      .some((bought) => isCredited(other, bought, rest))
  })
}

/** Does what an order holds, or held, name the part? Where it holds no credit at all, may it by its time? */
function mayCredit({ order: other, held }: CreditingOrder, order: Order, { lineId, unit, part }: PaidPart): boolean {
  if (held.size === 0) return isLater(isUnderWay(other) ? other.createdAt : other.placedAt, order.placedAt)
  return held.has(creditCounter(other.currency, order.id, lineId, unit, part))
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

const upgrades = (adjustments: OrderLine['adjustments']): boolean =>
  adjustments.some(({ cause, amount }) => cause.type === 'upgrade' && amount < 0)

/** Who upgrades buys one unit. */
const boughtParts = ({ id, parts }: OrderLine): readonly PaidPart[] =>
  parts.map((part) => ({ lineId: id, unit: 1, part: part.id, variantId: part.variantId }))
