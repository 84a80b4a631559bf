import { exactAmount } from './exact-amount.ts'

/** One share of a split. */
export interface SplitWeight {
  /** Unique in the split; equal remainders go to the smaller id, by plain code-unit order. */
  readonly id: string
  /** A safe integer, zero or more. */
  readonly weight: number
}

/**
 * Splits a total in proportion to weights, by largest remainder: the shares are whole numbers that sum to the total
 * exactly, each within one unit of its exact part. What is left after cutting goes one unit each to the largest
 * remainders, ties to the smaller id. A weight of zero gets nothing, unless all are zero: then the split is even.
 * A negative total is split as the mirror of the positive one. Shares depend on ids and weights alone, never on the
 * order of the array; the map keeps that order.
 *
 * @param total minor units, a safe integer.
 * @throws RangeError on a bad total or weight, a repeated id, or a total other than zero with nobody to take it.
 */
export function splitByWeight(total: number, weights: readonly SplitWeight[]): Map<string, number> {
  exactAmount(total)
  const sum = sumOfWeights(weights)
  if (weights.length === 0) {
    if (total !== 0) throw new RangeError(`A total of ${total} cannot be split over an empty list.`)
    return new Map()
  }
  const even = sum === 0
  const cut = even
    ? cutSafe(
        Math.abs(total),
        weights.map(({ id }) => ({ id, weight: 1 })),
        weights.length,
      )
    : cutByWeight(total, weights, sum)
  handOutRest(cut)
  return collectShares(cut, total < 0)
}

/**
 * Splits a total into `count` parts that differ by one unit at most; the earlier parts take the larger shares.
 *
 * @param total minor units, a safe integer.
 * @param count a whole number of at least 1.
 * @throws RangeError on a bad total or count.
 */
export function splitEvenly(total: number, count: number): number[] {
  exactAmount(total)
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`A total is split into 1 or more, not ${count}.`)
  const rest = total % count
  const base = (total - rest) / count
  const step = Math.sign(rest)
  return Array.from({ length: count }, (_, index) => (index < Math.abs(rest) ? base + step : base))
}

/** A share cut toward zero, and what the cut left of it. Remainders of one split have one denominator. */
interface CutShare {
  readonly id: string
  share: number
  readonly remainder: number | bigint
}

interface Cut {
  readonly shares: CutShare[]
  /** Units not handed out yet: fewer than there are shares with a remainder. */
  readonly rest: number
}

function cutByWeight(total: number, weights: readonly SplitWeight[], sum: number): Cut {
  const size = Math.abs(total)
  const largest = weights.reduce((most, { weight }) => Math.max(most, weight), 0)
  const isSafe = Number.isSafeInteger(sum) && Number.isSafeInteger(size * largest)
  return isSafe ? cutSafe(size, weights, sum) : cutExact(size, weights)
}

function cutSafe(size: number, weights: readonly SplitWeight[], sum: number): Cut {
  let rest = size
  const shares = weights.map(({ id, weight }) => {
    const product = size * weight
    const remainder = product % sum
    const share = (product - remainder) / sum
    rest -= share
    return { id, share, remainder }
  })
  return { shares, rest }
}

function cutExact(size: number, weights: readonly SplitWeight[]): Cut {
  const sum = weights.reduce((total, { weight }) => total + BigInt(weight), 0n)
  let rest = size
  const shares = weights.map(({ id, weight }) => {
    const product = BigInt(size) * BigInt(weight)
    const share = Number(product / sum)
    rest -= share
    return { id, share, remainder: product % sum }
  })
  return { shares, rest }
}

function handOutRest({ shares, rest }: Cut): void {
  if (rest === 0) return
  const ranked = [...shares].sort(byRemainderThenId)
  for (const share of ranked.slice(0, rest)) share.share += 1
}

function byRemainderThenId(left: CutShare, right: CutShare): number {
  if (left.remainder !== right.remainder) return left.remainder > right.remainder ? -1 : 1
  return left.id < right.id ? -1 : 1
}

function collectShares({ shares }: Cut, isNegative: boolean): Map<string, number> {
  const result = new Map<string, number>()
  for (const { id, share } of shares) result.set(id, isNegative ? 0 - share : share)
  if (result.size !== shares.length) throw new RangeError('Each id stands once in a split; one is repeated.')
  return result
}

/** Answers a number that is not safe when the sum is not; the caller then reckons exactly. */
function sumOfWeights(weights: readonly SplitWeight[]): number {
  let sum = 0
  for (const { id, weight } of weights) {
    if (!Number.isSafeInteger(weight) || weight < 0) {
      throw new RangeError(`The weight of ${JSON.stringify(id)} is a whole number of at least 0, not ${weight}.`)
    }
    sum += weight
  }
  return sum
}
