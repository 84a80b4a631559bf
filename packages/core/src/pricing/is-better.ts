import { comparePrecedence } from './compare-precedence.ts'
import type { Contender } from './contender.ts'
import type { Outcome } from './try-together.ts'

/**
 * Is an outcome better than another? The larger discount; of equal ones the one whose promotions come first by
 * precedence, compared one by one, and then the one with fewer.
 */
export function isBetter(outcome: Outcome<Contender>, other: Outcome<Contender>): boolean {
  if (outcome.discount !== other.discount) return outcome.discount > other.discount
  if (outcome.discount === 0) return false
  const [mine, theirs] = [byPrecedence(outcome), byPrecedence(other)]
  for (const [place, one] of mine.entries()) {
    const opposite = theirs[place]
    if (opposite === undefined) return false
    if (opposite.id !== one.id) return comparePrecedence(one, opposite) < 0
  }
  return mine.length < theirs.length
}

function byPrecedence({ taken }: Outcome<Contender>): readonly Contender['promotion'][] {
  return taken.map(({ by }) => by.promotion).sort(comparePrecedence)
}
