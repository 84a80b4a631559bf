import { splitByWeight } from '../money/index.ts'
import type { OrderLine } from '../order/index.ts'
import type { LineShares, PartShare, UnitPart } from './part-shares.ts'
import { countKept, type KeptCost, type ReplayLine } from './replay-kept.ts'
import { addAmounts, NO_AMOUNTS, type ShareAmounts, sumAmounts, takeAmounts } from './share-amounts.ts'

/** How a refund of a part is reckoned; frozen in the line. */
export type RefundRule = OrderLine['refundRule']

/** Why a refund can't be reckoned. */
export type ReckonRefusal =
  /** No part was chosen. */
  | 'nothing_chosen'
  /** A part is not of the line, was refunded before, or is chosen twice. */
  | 'not_kept'
  /** The rule is `whole_only`, and something of the line is not chosen. */
  | 'only_the_whole_line'
  /** The rule is `reprice`, and the pricing inputs are missing or of another engine. */
  | 'not_replayable'

/** What a refund gives back, and what is kept. */
export type Reckoning =
  | {
      outcome: 'reckoned'
      /** What each chosen part gives back. */
      refunded: readonly PartShare[]
      /** Their sum. */
      amount: ShareAmounts
      /** What is left: under `reprice` a new version. */
      shares: LineShares
    }
  | { outcome: 'refused'; reason: ReckonRefusal }

/** What a refund is reckoned from. */
export interface RefundReckoning {
  /** The line as it was sold. */
  line: OrderLine
  /** What is left of it: as sold, or as the last refund answered. */
  shares: LineShares
  /** What is to be refunded. */
  chosen: readonly UnitPart[]
  /** How. */
  rule: RefundRule
  /** Prices what is kept; null where it can't be. Only `reprice` asks it. */
  replay: ReplayLine | null
}

/**
 * Reckons the refund of parts of a line. Never below zero, never above the chosen parts' shares, and refunds in any
 * order that end with nothing kept sum to what was paid, net and each tax by itself.
 *
 * `share` gives the shares back. `whole_only` does so for all that is left at once. `reprice` gives what is left of the
 * money paid for the line less what the kept parts would have cost then, at most the chosen parts' shares; what it
 * holds back joins the kept parts' shares, with the tax that was paid on it, in proportion to their cost then. Pure.
 */
export function reckonRefund({ line, shares, chosen, rule, replay }: RefundReckoning): Reckoning {
  const names = new Set(chosen.map(nameOf))
  if (names.size === 0) return { outcome: 'refused', reason: 'nothing_chosen' }
  const leaving = shares.kept.filter((share) => names.has(nameOf(share)))
  if (leaving.length !== chosen.length) return { outcome: 'refused', reason: 'not_kept' }
  const kept = shares.kept.filter((share) => !names.has(nameOf(share)))
  if (rule === 'reprice') return reprice({ line, shares, leaving, kept, replay })
  if (rule === 'whole_only' && kept.length > 0) return { outcome: 'refused', reason: 'only_the_whole_line' }
  return { outcome: 'reckoned', refunded: leaving, amount: sumAmounts(leaving), shares: { ...shares, kept } }
}

/** What `reprice` gives: what was paid and is left, less the cost of what is kept; from 0 to the leaving parts' shares. */
export function repricedAmount(amounts: { left: number; leaving: number; cost: number }): number {
  return Math.max(0, Math.min(amounts.leaving, amounts.left - amounts.cost))
}

interface Repricing {
  readonly line: OrderLine
  readonly shares: LineShares
  readonly leaving: readonly PartShare[]
  readonly kept: readonly PartShare[]
  readonly replay: ReplayLine | null
}

function reprice({ line, shares, leaving, kept, replay }: Repricing): Reckoning {
  if (kept.length === 0) {
    return { outcome: 'reckoned', refunded: leaving, amount: sumAmounts(leaving), shares: { ...shares, kept } }
  }
  if (replay === null) return { outcome: 'refused', reason: 'not_replayable' }
  const cost = replay(countKept(line, kept))
  const [of, ofKept] = [totalOf(leaving), totalOf(kept)]
  const total = repricedAmount({ left: of + ofKept, leaving: of, cost: cost.total })
  const { refunded, heldBack } = giveBack(leaving, total)
  const targets = splitByName(of + ofKept - total, kept, costsOf(line, kept, cost))
  return {
    outcome: 'reckoned',
    refunded,
    amount: sumAmounts(refunded),
    shares: { ...shares, version: shares.version + 1, kept: rewrite(kept, targets, heldBack) },
  }
}

/** Splits what is given back over the leaving parts, in proportion to their shares. */
function giveBack(leaving: readonly PartShare[], total: number): { refunded: PartShare[]; heldBack: ShareAmounts } {
  const amounts = splitByName(
    total,
    leaving,
    leaving.map((share) => share.total),
  )
  const cut = leaving.map((share, place) => ({ share, ...takeAmounts(share, amounts[place] ?? 0) }))
  return {
    refunded: cut.map(({ share: { unit, part }, taken }) => ({ unit, part, ...taken })),
    heldBack: sumAmounts(cut.map(({ left }) => left)),
  }
}

/** Moves money between the kept parts, with its tax, until each has its target. */
function rewrite(kept: readonly PartShare[], targets: readonly number[], heldBack: ShareAmounts): PartShare[] {
  let pool = heldBack
  const trimmed = kept.map((share, place) => {
    const { taken, left } = takeAmounts(share, Math.min(share.total, targets[place] ?? 0))
    pool = addAmounts(pool, left)
    return taken
  })
  return kept.map(({ unit, part }, place) => {
    const own = trimmed[place] ?? NO_AMOUNTS
    const { taken, left } = takeAmounts(pool, (targets[place] ?? 0) - own.total)
    pool = left
    return { unit, part, ...addAmounts(own, taken) }
  })
}

/** What each kept part would have cost then, in their order. */
function costsOf(line: OrderLine, kept: readonly PartShare[], cost: KeptCost): number[] {
  const units = Map.groupBy(kept, ({ unit }) => unit)
  const whole = [...units].filter(([, parts]) => parts.length === line.parts.length).map(([unit]) => unit)
  const places = new Map(whole.map((unit, place) => [unit, place]))
  const taken = new Map<string, number>()
  return kept.map(({ unit, part }) => {
    const place = places.get(unit)
    if (place !== undefined) return cost.whole[place]?.get(part) ?? 0
    const next = taken.get(part) ?? 0
    taken.set(part, next + 1)
    return cost.loose.get(part)?.[next] ?? 0
  })
}

/** Ids of one length, so that ties go to the earlier one. */
function splitByName(total: number, parts: readonly UnitPart[], weights: readonly number[]): number[] {
  const named = parts.map((_, place) => ({ id: String(place).padStart(7, '0'), weight: weights[place] ?? 0 }))
  return [...splitByWeight(total, named).values()]
}

function totalOf(shares: readonly PartShare[]): number {
  return shares.reduce((sum, { total }) => sum + total, 0)
}

function nameOf({ unit, part }: UnitPart): string {
  return `${unit}/${part}`
}
