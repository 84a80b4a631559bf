import { hashOf } from '../ids/index.ts'
import { allocateUnits, type Order, type OrderLine, type UnitRun } from '../order/index.ts'
import {
  ENGINE_VERSION,
  type PricedLine,
  type PricedVariant,
  type PricingInputs,
  pricesAsThen,
  type QuotePart,
  quote,
} from '../pricing/index.ts'
import type { PromotionRules } from '../promotion/index.ts'
import { type UnitPart, unitsOf } from './part-shares.ts'

/** How much of a line is kept: what its replayed price depends on. */
export interface KeptCounts {
  /** Units of which every part is kept. */
  readonly whole: number
  /** Parts kept of units that have lost one, by part id, 0 or more. */
  readonly loose: ReadonlyMap<string, number>
}

/** What kept parts would have cost then, minor units. */
export interface KeptCost {
  /** Of all of them. */
  readonly total: number
  /** Of the whole units, one list for each in turn, by part id. */
  readonly whole: readonly ReadonlyMap<string, number>[]
  /** Of the loose parts, one amount for each in turn, by part id. */
  readonly loose: ReadonlyMap<string, readonly number[]>
}

/** Prices what is kept of a line as if no more had been bought. */
export type ReplayLine = (counts: KeptCounts) => KeptCost

/**
 * Prices what is kept of a line by the order's own pricing inputs: whole units as the line's variant in their number,
 * loose parts as their own variants, the other lines as they were bought, so that a refund of one line never moves the
 * price of another. What may be sold does not matter any more: places, publication and the maximum of a line are not
 * asked. What had no price of its own in that quantity costs its share as it was sold. Where a calculator reckoned the
 * taxes and prices do not contain them, each part bears tax as it did when it was sold. Answers are remembered.
 *
 * @returns null where an older engine priced the order, and this one comes to another quote.
 * @throws RangeError for inputs that are not the order's.
 */
export function replayLine(order: Order, line: OrderLine, source: ReplaySource): ReplayLine | null {
  return replayOrder(order, source)?.(line) ?? null
}

/** {@link replayLine} for any of an order's lines: what holds for all of them is looked at once. */
export function replayOrder(order: Order, source: ReplaySource): ((line: OrderLine) => ReplayLine) | null {
  if (!pricesAsThen(source.inputs, order, source.rules)) return null
  if (hashOf(source.inputs) !== order.inputsHash)
    throw new RangeError(`These pricing inputs are not those of the order ${order.number}: their hash differs.`)
  const { lines, ...rest } = withoutLimits({ ...source.inputs, engine: ENGINE_VERSION })
  const isTaxedAsSold = source.inputs.taxes?.type === 'calculated' && order.priceBasis === 'exclusive'
  return (line) => {
    const inputs = { ...rest, lines: lines.filter(({ id }) => id !== line.id) }
    const bought = lines.find(({ id }) => id === line.id)
    const known = new Map<string, KeptCost>()
    return (counts) => {
      const key = JSON.stringify([counts.whole, ...[...counts.loose].sort()])
      const cost = known.get(key) ?? priceKept({ line, bought, inputs, counts, rules: source.rules, isTaxedAsSold })
      known.set(key, cost)
      return cost
    }
  }
}

/** What a replay needs. */
export interface ReplaySource {
  /** The order's stored pricing inputs. */
  readonly inputs: PricingInputs
  /** The host's kinds of promotions, if it has its own. */
  readonly rules?: PromotionRules | undefined
}

/** Counts what is kept of a line. */
export function countKept(line: OrderLine, kept: readonly UnitPart[]): KeptCounts {
  const parts = new Map<number, number>()
  for (const { unit } of kept) parts.set(unit, (parts.get(unit) ?? 0) + 1)
  const isWhole = (unit: number): boolean => parts.get(unit) === line.parts.length
  const loose = new Map<string, number>()
  for (const { unit, part } of kept) if (!isWhole(unit)) loose.set(part, (loose.get(part) ?? 0) + 1)
  return { whole: [...parts.keys()].filter(isWhole).length, loose }
}

/**
 * What was sold was there to be sold, alone or in a bundle, and nobody needs anything before any more. What a calculator
 * said holds for the amounts that were sold, and for no others.
 */
function withoutLimits({ taxes: _, ...inputs }: PricingInputs): PricingInputs {
  const variants = Object.entries(inputs.variants).map(([id, variant]): [string, PricedVariant] => [
    id,
    { ...variant, refusal: null, maximumQuantity: Number.MAX_SAFE_INTEGER, prerequisite: undefined },
  ])
  return { ...inputs, variants: Object.fromEntries(variants) }
}

interface KeptLine {
  readonly line: OrderLine
  /** The line as it was priced, with what was chosen for it. */
  readonly bought: PricedLine | undefined
  /** Without it. */
  readonly inputs: PricingInputs
  readonly counts: KeptCounts
  readonly rules: PromotionRules | undefined
  /** Does each part bear the tax that it bore, instead of what the tables say? */
  readonly isTaxedAsSold: boolean
}

function priceKept({ line, bought, inputs, counts, rules, isTaxedAsSold }: KeptLine): KeptCost {
  const wholeLine: PricedLine = {
    ...bought,
    ...{ id: line.id, variantId: line.variantId, quantity: counts.whole },
    // What the buyer owned did not count when they bought several, and does not where one of them is kept.
    ...(line.quantity > 1 ? { forOthers: true } : {}),
  }
  const looseLines = line.parts.flatMap((part) => {
    const quantity = counts.loose.get(part.id) ?? 0
    return quantity === 0
      ? []
      : [{ id: `${line.id}/${part.id}`, part: part.id, variantId: part.variantId, quantity, forOthers: true as const }]
  })
  const kept = [...(counts.whole > 0 ? [wholeLine] : []), ...looseLines.map(({ part: _, ...loose }) => loose)]
  const priced = new Map(
    quote({ ...inputs, lines: [...inputs.lines, ...kept] }, rules).lines.map((one) => [one.id, one]),
  )
  const runsOf = (id: string, loose?: string): readonly UnitRun[] | null => {
    const found = priced.get(id)
    if (found === undefined || found.refusal !== null) return null
    if (!isTaxedAsSold) return allocateUnits(found)
    return allocateUnits({ ...found, parts: found.parts.map((part) => taxedAsSold(part, line, loose ?? part.id)) })
  }
  const asSold = unitsOf(line.units)
  const wholeRuns = runsOf(line.id)
  const units = wholeRuns === null ? asSold.slice(0, counts.whole) : unitsOf(wholeRuns)
  const whole = units.map(({ allocations }) => new Map(allocations.map(({ part, total }) => [part, total])))
  const loose = new Map(
    looseLines.map(({ id, part, quantity }) => {
      const runs = runsOf(id, part)
      if (runs !== null) return [part, unitsOf(runs).map(({ allocations }) => allocations[0]?.total ?? 0)]
      const own = asSold.slice(0, quantity).map(({ allocations }) => allocations.find((one) => one.part === part))
      return [part, own.map((one) => one?.total ?? 0)]
    }),
  )
  const amounts = [...whole.flatMap((unit) => [...unit.values()]), ...[...loose.values()].flat()]
  return { total: amounts.reduce((sum, amount) => sum + amount, 0), whole, loose }
}

/** A part with the tax in the proportion in which it was sold, rounded down: what it costs more, the refund gives less. */
function taxedAsSold(part: QuotePart, line: OrderLine, id: string): QuotePart {
  const sold = line.units.flatMap(({ count, allocations }) =>
    allocations.flatMap((one) => (one.part === id ? [{ net: one.net * count, tax: one.tax * count }] : [])),
  )
  const net = sold.reduce((sum, one) => sum + BigInt(one.net), 0n)
  const taxed = sold.reduce((sum, one) => sum + BigInt(one.tax), 0n)
  const tax = net === 0n ? 0 : Number((BigInt(part.net) * taxed) / net)
  return { ...part, tax, total: part.net + tax }
}
