import type { Order, OrderLine } from '../order/index.ts'
import { isCredit } from '../pricing/index.ts'

/** What a right was bought for, minor units. */
export interface BoughtRight {
  /** The counter of what is credited of it. */
  readonly counter: string
  /** The money kept for it by itself. */
  readonly paid: number
  /** What its order credited for an upgrade to it, or null. */
  readonly upgrade: UpgradeHold | null
}

/** What an order took off the price of an upgrade. */
interface UpgradeHold {
  /** The counter of what was upgraded. */
  readonly from: string
  /** How much, minor units, over 0. */
  readonly n: number
  /** Does the order still hold it? One that ended, or whose money went back, gave it back. */
  readonly isHeld: boolean
}

/** What rights are worth, by the counter of each, minor units. */
export interface RightValues {
  /** The money paid for it, and of what its upgrade credited the money paid for that. */
  worthOf(counter: string): number
  /** What orders that stand have credited of it. */
  creditedOf(counter: string): number
}

/**
 * What the rights of one customer are worth for an upgrade or a program: who paid 10 for `audit` and 40 more for `verified`
 * paid 50 for it. Only money carries: of a list price that was credited what exceeds the money does not, and where several
 * orders credited the same payment each carries what the others leave. What an upgrade credited and gave back stays
 * credited as far as a later order that stands has credited it along with the upgrade. Pure.
 *
 * @param credited what orders hold of them, by counter.
 */
export function valueRights(
  rights: readonly BoughtRight[],
  credited: { get(counter: string): number | undefined },
): RightValues {
  const byCounter = new Map(rights.map((right) => [right.counter, right]))
  const ended = Map.groupBy(
    rights.filter(({ upgrade }) => upgrade?.isHeld === false),
    ({ upgrade }) => upgrade?.from,
  )
  return { worthOf, creditedOf }

  function worthOf(counter: string): number {
    const right = byCounter.get(counter)
    return right === undefined ? 0 : right.paid + carriedBy(right)
  }

  function creditedOf(counter: string): number {
    return (ended.get(counter) ?? []).reduce((sum, right) => sum + creditBy(right), credited.get(counter) ?? 0)
  }

  function carriedBy(right: BoughtRight): number {
    if (right.upgrade === null) return 0
    const { from } = right.upgrade
    const credit = creditBy(right)
    return Math.min(credit, Math.max(0, worthOf(from) - (creditedOf(from) - credit)))
  }

  /** What an order that ended credited counts as far as what it sold is credited: an upgrade upgrades what was bought before it. */
  function creditBy({ counter, upgrade }: BoughtRight): number {
    if (upgrade === null) return 0
    return upgrade.isHeld ? upgrade.n : Math.min(upgrade.n, creditedOf(counter))
  }
}

/**
 * What an order credited for a line that is an upgrade, as its step and what it holds say, or null. Orders that were stored
 * before they held it carry nothing: what they credited is free to be credited where it was paid.
 *
 * @param variants what was bought, by the counter of what is credited of it.
 */
export function upgradeHold(
  { lines, holds, returned = [], state }: Pick<Order, 'lines' | 'holds' | 'returned' | 'state'>,
  lineId: string,
  variants: ReadonlyMap<string, string>,
): UpgradeHold | null {
  const line = lines.find(({ id }) => id === lineId)
  const from = line && upgradeOf(line)?.from
  const hold = [...holds, ...returned].find((one) => isCredit(one) && variants.get(one.counter) === from)
  if (from === undefined || hold === undefined) return null
  return { from: hold.counter, n: hold.n, isHeld: state !== 'cancelled' && holds.includes(hold) }
}

/** Which variant a line upgraded, and what was taken off for it, minor units; null where nothing was. */
export function upgradeOf({ adjustments }: Pick<OrderLine, 'adjustments'>): { from: string; n: number } | null {
  for (const { cause, amount } of adjustments)
    if (cause.type === 'upgrade' && amount < 0) return { from: cause.from, n: 0 - amount }
  return null
}
