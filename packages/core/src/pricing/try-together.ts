import type { PromotionContext } from '../promotion/index.ts'
import type { Contender } from './contender.ts'
import { limitMoney } from './limit-money.ts'
import type { SoldLine } from './working-line.ts'

/** What one promotion takes off. */
export interface Taken<One extends Contender> {
  /** The promotion. */
  readonly by: One
  /** Minor units for each of `by.lines`, at their places. */
  readonly amounts: readonly number[]
  /** The sum of `amounts`, over 0. */
  readonly sum: number
  /** Would its benefit be more, and is the sum the most that it may give to this order? */
  readonly isCut: boolean
}

/** Promotions that apply together, and what they take off in all. */
export interface Outcome<One extends Contender> {
  /** In the order of their application; each takes something. */
  readonly taken: readonly Taken<One>[]
  /** Minor units, in the site's price basis. */
  readonly discount: number
}

/**
 * What promotions take off one after the other, whatever was tried before. It leaves its traces in `left` of the lines.
 *
 * @throws RangeError when a benefit answers anything but a whole number of at least 0 for each of its lines.
 */
export function tryTogether<One extends Contender>(
  inOrder: readonly One[],
  sold: readonly SoldLine[],
  context: PromotionContext,
): Outcome<One> {
  startAgain(sold)
  const taken: Taken<One>[] = []
  let discount = 0
  for (const by of inOrder) {
    const one = takeOff(by, context)
    if (one === null) continue
    taken.push(one)
    discount += one.sum
  }
  return { taken, discount }
}

/** Takes one promotion off what is left of its lines; null where it takes nothing. */
export function takeOff<One extends Contender>(by: One, context: PromotionContext): Taken<One> | null {
  const cut = cutToLeft(by, by.rule.discounts(by.promotion.benefit, by.lines, context))
  const amounts = by.money === null ? cut : limitMoney(cut, by.lines, by.money)
  let sum = 0
  for (const [place, line] of by.lines.entries()) {
    const amount = amounts[place] ?? 0
    line.left -= amount
    sum += amount
  }
  return sum === 0 ? null : { by, amounts, sum, isCut: amounts !== cut }
}

/** Gives back what was taken off last. */
export function putBack({ by, amounts }: Taken<Contender>): void {
  for (const [place, line] of by.lines.entries()) line.left += amounts[place] ?? 0
}

/** Nothing is taken off yet. */
export function startAgain(sold: readonly SoldLine[]): void {
  for (const line of sold) line.left = line.base
}

function cutToLeft({ lines, promotion }: Contender, amounts: readonly number[]): readonly number[] {
  return lines.map(({ left }, place) => {
    const amount = amounts[place] ?? Number.NaN
    if (Number.isSafeInteger(amount) && amount >= 0) return Math.min(amount, left)
    throw new RangeError(`The benefit ${promotion.benefit.type} takes whole minor units off a line, not ${amount}.`)
  })
}
