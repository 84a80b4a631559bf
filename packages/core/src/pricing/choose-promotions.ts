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
 * and {@link MAXIMUM_EXCLUSIVES}. `priority`: the first by precedence that takes something stays, and what it excludes goes;
 * of a group the first that takes something beside the others that stay.
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
  const attempt: Attempt<One> = (some) => tryTogether(inOrderOfApplication(some), sold, context)
  if (choice === 'priority') return attempt(firstOnes(eligible, attempt))
  const combinable = inOrderOfApplication(eligible.filter(isCombinable))
  const together = searchTogether(combinable, { sold, context, mayLeaveOut: choice === 'best' })
  let best = attempt(together)
  for (const alone of eligible.filter((one) => !isCombinable(one)).slice(0, MAXIMUM_EXCLUSIVES)) {
    const outcome = attempt([alone])
    if (isBetter(outcome, best)) best = outcome
  }
  return best
}

const isCombinable = ({ promotion }: Contender): boolean => promotion.stacking === 'combinable'

/** Those that stay where the first by precedence excludes what comes after. */
function firstOnes<One extends Contender>(eligible: readonly One[], attempt: Attempt<One>): readonly One[] {
  const first = eligible.find((one) => attempt([one]).discount)
  return first && !isCombinable(first) ? [first] : firstOfGroups(eligible.filter(isCombinable), attempt)
}

/** What promotions take off together, in the order of application. */
type Attempt<One extends Contender> = (some: readonly One[]) => Outcome<One>

/**
 * Of each group the first that takes something beside those that come before it. One that is left nothing after all, by
 * what comes later but is applied earlier, shuts nobody out either: the choice is made again without it.
 */
function firstOfGroups<One extends Contender>(combinable: readonly One[], attempt: Attempt<One>): readonly One[] {
  const chosen: One[] = []
  const takes = (some: readonly One[], one: One) => attempt(some).taken.some(({ by }) => by === one)
  for (const one of combinable) {
    const { group } = one.promotion
    if (!group || (chosen.every((other) => other.promotion.group !== group) && takes(chosen.concat(one), one)))
      chosen.push(one)
  }
  const idle = chosen.find((one) => one.promotion.group && !takes(chosen, one))
  return idle
    ? firstOfGroups(
        combinable.filter((one) => one !== idle),
        attempt,
      )
    : chosen
}

function inOrderOfApplication<One extends Contender>(combinable: readonly One[]): readonly One[] {
  const ofLines = combinable.filter(({ step }) => step === 'line_promotion')
  return ofLines.length === combinable.length
    ? combinable
    : [...ofLines, ...combinable.filter(({ step }) => step === 'cart_promotion')]
}
