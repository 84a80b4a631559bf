import type { QuoteLine, QuotePart } from '../pricing/index.ts'
import type { Allocation, UnitRun } from './order.ts'

/**
 * Splits each part of a quoted line over its units, once and for all: what a refund of a unit gives back. For every
 * (unit, part): base − discount is the total where prices contain tax, else the net; net + tax = total; nothing is
 * negative. Each column sums over the units to the part's own.
 *
 * The base is split evenly, the discount in proportion to the base, the tax in proportion to base − discount; each by
 * largest remainder, ties to the earlier unit. Net and total follow from these, so that no column is rounded by itself.
 *
 * @returns runs of units with equal allocations, in order, that cover units 1 to `quantity`; none for a line that was
 * refused. A part makes at most four runs, so time does not grow with the quantity.
 * @throws RangeError for a part whose amounts do not belong together.
 */
export function allocateUnits(line: Pick<QuoteLine, 'quantity' | 'parts'>): UnitRun[] {
  const parts = line.parts.map((part) => allocatePart(part, line.quantity))
  if (parts.length === 0) return []
  const starts = new Set(parts.flatMap((runs) => runs.map(({ first }) => first)))
  const ordered = [...starts].sort((left, right) => left - right)
  return ordered.map((first, place) => ({
    first,
    count: (ordered[place + 1] ?? line.quantity + 1) - first,
    allocations: parts.flatMap((runs) => runs.findLast((run) => run.first <= first)?.allocation ?? []),
  }))
}

/** Units in a row with equal amounts, while they are split; amounts are of each unit, minor units. */
interface Run {
  readonly count: number
  readonly base: number
  readonly discount: number
  readonly tax: number
}

function allocatePart(part: QuotePart, quantity: number): readonly { first: number; allocation: Allocation }[] {
  const isInclusive = isTaxContained(part)
  let runs: readonly Run[] = [{ count: quantity, base: 0, discount: 0, tax: 0 }]
  runs = splitOver(runs, part.base, () => 1).map(({ run, count, share }) => ({ ...run, count, base: share }))
  runs = splitOver(runs, part.discount, ({ base }) => base).map(({ run, count, share }) => ({
    ...run,
    count,
    discount: share,
  }))
  runs = splitOver(runs, part.tax, amountOf).map(({ run, count, share }) => ({ ...run, count, tax: share }))
  let first = 1
  return runs.map((run) => {
    const started = { first, allocation: allocationOf(run, part.id, isInclusive) }
    first += run.count
    return started
  })
}

function allocationOf(run: Run, part: string, isInclusive: boolean): Allocation {
  const { base, discount, tax } = run
  const net = isInclusive ? amountOf(run) - tax : amountOf(run)
  return { part, base, discount, net, tax, total: net + tax }
}

const amountOf = ({ base, discount }: Run): number => base - discount

/** A part says by its sums whether its prices contain tax; without tax both hold, and mean the same. */
function isTaxContained({ id, base, discount, net, tax, total }: QuotePart): boolean {
  const amount = base - discount
  if (net + tax === total && (amount === total || amount === net)) return amount === total
  throw new RangeError(`The amounts of the part ${JSON.stringify(id)} do not belong together.`)
}

/** Some units of a run, and what each of them gets. */
interface Share {
  readonly run: Run
  readonly count: number
  readonly share: number
}

/** Splits a total over all units of the runs by largest remainder, ties to the earlier unit. Only one run breaks in two. */
function splitOver(runs: readonly Run[], total: number, weightOf: (run: Run) => number): readonly Share[] {
  const sum = runs.reduce((all, run) => all + run.count * weightOf(run), 0)
  if (sum === 0 && total !== 0)
    throw new RangeError(`An amount of ${total} cannot be split over units that cost nothing.`)
  const cut = runs.map((run) => ({ run, ...divide(total, weightOf(run), sum), more: 0 }))
  let rest = cut.reduce((left, { run, share }) => left - run.count * share, total)
  for (const one of [...cut].sort((left, right) => right.remainder - left.remainder)) {
    one.more = Math.min(rest, one.run.count)
    rest -= one.more
  }
  return cut.flatMap(({ run, share, more }) => [
    ...(more > 0 ? [{ run, count: more, share: share + 1 }] : []),
    ...(more < run.count ? [{ run, count: run.count - more, share }] : []),
  ])
}

/** `total × weight / sum`, cut, and what the cut left; exact also where the product is no safe integer. */
function divide(total: number, weight: number, sum: number): { share: number; remainder: number } {
  if (sum === 0) return { share: 0, remainder: 0 }
  const product = total * weight
  if (Number.isSafeInteger(product)) return { share: Math.floor(product / sum), remainder: product % sum }
  const [exact, divisor] = [BigInt(total) * BigInt(weight), BigInt(sum)]
  return { share: Number(exact / divisor), remainder: Number(exact % divisor) }
}
