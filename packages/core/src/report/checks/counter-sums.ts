import { type Check, openCase, problemUnless } from '../check.ts'
import { invariantOf } from '../invariant-of-counter.ts'
import type { CounterFacts } from '../record-facts.ts'

/**
 * I9, I10: a counter stands at the sum of its holds. Above its limit it is a case: nothing is sold past a limit, but one can be
 * lowered since, and what was sold to a guest counts for who claims it.
 */
export const counterSums: Check<CounterFacts> = {
  name: 'counters are the sum of their holds',
  invariant: 'I9',
  find: ({ counter, used, held, committedRows, heldRows, limit }) =>
    [
      ...problemUnless(used === committedRows, counter, `${used} are used, its holds say ${committedRows}`),
      ...problemUnless(held === heldRows, counter, `${held} are held, its holds say ${heldRows}`),
      ...(limit !== null && used + held > limit
        ? [openCase(counter, `${used} used and ${held} held are above the limit of ${limit}, as it is now`)]
        : []),
    ].map((problem) => ({ ...problem, invariant: invariantOf(counter) })),
}
