import type { PromotionContext } from '../promotion/index.ts'
import type { Contender } from './contender.ts'
import { isBetter } from './is-better.ts'
import type { PromotionChoice } from './pricing-inputs.ts'
import { searchTogether } from './search-together.ts'
import { type Outcome, tryTogether } from './try-together.ts'
import type { SoldLine } from './working-line.ts'

/** At most so many exclusive promotions compete for a cart, those that come first by precedence. */
export const MAXIMUM_EXCLUSIVES = 100

/**
 * Chooses which promotions apply where they exclude each other: an exclusive one stands alone, and of a group one
 * applies. They apply one after the other, line promotions before cart promotions, each by precedence, and each sees what
 * the one before left.
 *
 * `best`: the largest discount before tax of any set that may stand together. Equal ones are decided by the larger
 * priority, then the smaller id, among those that take something; see {@link searchTogether} for the bound of the search,
 * and {@link MAXIMUM_EXCLUSIVES}. `priority`: the first by precedence that takes something stays, and what it excludes goes.
 * Absent: as `best`, but no combinable promotion is left out where no group asks for it.
 *
 * @param eligible by precedence.
 */
export function choosePromotions<One extends Contender>(
  eligible: readonly One[],
  sold: readonly SoldLine[],
  context: PromotionContext,
  choice: PromotionChoice | undefined,
): Outcome<One> {
  if (choice === 'priority') return tryTogether(inOrderOfApplication(firstOnes(eligible, sold, context)), sold, context)
  const combinable = inOrderOfApplication(eligible.filter(isCombinable))
  const together = searchTogether(combinable, { sold, context, mayLeaveOut: choice === 'best' })
  let best = tryTogether(together, sold, context)
  for (const alone of eligible.filter((one) => !isCombinable(one)).slice(0, MAXIMUM_EXCLUSIVES)) {
    const outcome = tryTogether([alone], sold, context)
    if (isBetter(outcome, best)) best = outcome
  }
  return best
}

const isCombinable = ({ promotion }: Contender): boolean => promotion.stacking === 'combinable'

/** Those that stay where the first by precedence excludes what comes after. */
function firstOnes<One extends Contender>(
  eligible: readonly One[],
  sold: readonly SoldLine[],
  context: PromotionContext,
): readonly One[] {
  const chosen: One[] = []
  const groups = new Set<string>()
  for (const one of eligible) {
    const group = one.promotion.group ?? null
    const isShutOut = isCombinable(one) ? group !== null && groups.has(group) : chosen.length > 0
    if (isShutOut || tryTogether([one], sold, context).discount === 0) continue
    if (!isCombinable(one)) return [one]
    chosen.push(one)
    if (group !== null) groups.add(group)
  }
  return chosen
}

function inOrderOfApplication<One extends Contender>(combinable: readonly One[]): readonly One[] {
  const ofLines = combinable.filter(({ step }) => step === 'line_promotion')
  return ofLines.length === combinable.length
    ? combinable
    : [...ofLines, ...combinable.filter(({ step }) => step === 'cart_promotion')]
}
