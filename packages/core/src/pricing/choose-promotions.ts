import type { PromotionContext } from '../promotion/index.ts'
import { comparePrecedence } from './compare-precedence.ts'
import type { EligiblePromotion } from './judge-promotions.ts'
import type { PricedPromotion } from './pricing-inputs.ts'
import type { WorkingLine } from './working-line.ts'

/** At most so many exclusive promotions compete for a cart, those that come first by precedence. */
export const MAXIMUM_EXCLUSIVES = 100

/** What one promotion takes off. */
export interface Taken {
  /** The promotion. */
  readonly by: EligiblePromotion
  /** Minor units for each of `by.lines`, at their places. */
  readonly amounts: readonly number[]
}

/** Promotions that apply together, and what they take off in all. */
export interface Outcome {
  /** In the order of their application; each takes something. */
  readonly taken: readonly Taken[]
  /** Minor units, in the site's price basis. */
  readonly discount: number
}

/**
 * Chooses the best outcome for the shopper: the largest discount before tax among all combinable promotions together
 * and each exclusive one alone. Equal ones: the promotion with the larger priority, then the smaller id, among those
 * that take something. The search tries one outcome more than there are exclusive promotions, at most
 * {@link MAXIMUM_EXCLUSIVES} + 1.
 *
 * Combinable ones apply one after the other, line promotions before cart promotions, each by precedence, and each sees
 * what the one before left.
 *
 * @param eligible by precedence.
 */
export function choosePromotions(
  eligible: readonly EligiblePromotion[],
  sold: readonly WorkingLine[],
  context: PromotionContext,
): Outcome {
  const combinable = eligible.filter(({ promotion }) => promotion.stacking === 'combinable')
  let best = tryTogether(inOrderOfApplication(combinable), sold, context)
  let exclusives = 0
  for (const alone of eligible) {
    if (alone.promotion.stacking !== 'exclusive') continue
    exclusives += 1
    if (exclusives > MAXIMUM_EXCLUSIVES) break
    const outcome = tryTogether([alone], sold, context)
    if (isBetter(outcome, best)) best = outcome
  }
  return best
}

/**
 * What promotions take off one after the other, whatever was tried before. It leaves its traces in `left` of the lines.
 *
 * @throws RangeError when a benefit answers anything but a whole number of at least 0 for each of its lines.
 */
export function tryTogether(
  inOrder: readonly EligiblePromotion[],
  sold: readonly WorkingLine[],
  context: PromotionContext,
): Outcome {
  for (const line of sold) line.left = line.base
  const taken: Taken[] = []
  let discount = 0
  for (const by of inOrder) {
    const amounts = cutToLeft(by, by.rule.discounts(by.promotion.benefit, by.lines, context))
    const sum = takeOff(by.lines, amounts)
    if (sum === 0) continue
    taken.push({ by, amounts })
    discount += sum
  }
  return { taken, discount }
}

function cutToLeft({ lines, promotion }: EligiblePromotion, amounts: readonly number[]): readonly number[] {
  return lines.map(({ left }, place) => {
    const amount = amounts[place] ?? Number.NaN
    if (Number.isSafeInteger(amount) && amount >= 0) return Math.min(amount, left)
    throw new RangeError(`The benefit ${promotion.benefit.type} takes whole minor units off a line, not ${amount}.`)
  })
}

function takeOff(lines: readonly WorkingLine[], amounts: readonly number[]): number {
  let sum = 0
  for (const [place, line] of lines.entries()) {
    const amount = amounts[place] ?? 0
    line.left -= amount
    sum += amount
  }
  return sum
}

function inOrderOfApplication(combinable: readonly EligiblePromotion[]): readonly EligiblePromotion[] {
  const ofLines = combinable.filter(({ step }) => step === 'line_promotion')
  return ofLines.length === combinable.length
    ? combinable
    : [...ofLines, ...combinable.filter(({ step }) => step === 'cart_promotion')]
}

function isBetter(outcome: Outcome, best: Outcome): boolean {
  if (outcome.discount !== best.discount) return outcome.discount > best.discount
  const [challenger, holder] = [firstByPrecedence(outcome), firstByPrecedence(best)]
  return challenger !== null && holder !== null && comparePrecedence(challenger, holder) < 0
}

function firstByPrecedence({ taken }: Outcome): PricedPromotion | null {
  let first: PricedPromotion | null = null
  for (const { by } of taken) {
    if (first === null || comparePrecedence(by.promotion, first) < 0) first = by.promotion
  }
  return first
}
