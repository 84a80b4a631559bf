import { type Check, problemUnless } from '../check.ts'
import { invariantOf } from '../invariant-of-counter.ts'
import type { CounterFacts } from '../record-facts.ts'

/** I9, I10: a counter stands at the sum of its holds, and within its limit. */
export const counterSums: Check<CounterFacts> = {
  name: 'counters are the sum of their holds',
  invariant: 'I9',
  find: ({ counter, used, held, committedRows, heldRows, limit }) =>
    [
      ...problemUnless(used === committedRows, counter, `${used} are used, its holds say ${committedRows}`),
      ...problemUnless(held === heldRows, counter, `${held} are held, its holds say ${heldRows}`),
      ...problemUnless(
        limit === null || used + held <= limit,
        counter,
        `${used} used and ${held} held are above the limit of ${limit}, unless it was lowered since`,
      ),
    ].map((problem) => ({ ...problem, invariant: invariantOf(counter) })),
}
