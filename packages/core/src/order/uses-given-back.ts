import type { Hold } from '../pricing/index.ts'
import type { ReturnsUse } from '../promotion/index.ts'

/** A code of an order, as its kept pricing inputs have it. */
export interface UsedCode {
  /** Code id. */
  readonly id: string
  /** Its declared rule. @default 'never' */
  readonly returnsUse?: ReturnsUse | undefined
}

/**
 * The uses of codes that a refund of captured money gives back, each by its code's rule: `never`, `always` with any refund,
 * or when the `whole_order` is refunded. Who refunds releases these holds and takes them off the order, so that a second
 * refund gives back nothing more. Uses of promotions, places and orders are no uses of a code: they stay.
 *
 * @param holds what the order holds still.
 * @param refunded how much of the order is refunded, this refund and those before it.
 */
export function usesGivenBack(
  holds: readonly Hold[],
  codes: readonly UsedCode[],
  refunded: 'nothing' | 'a_part' | 'whole_order',
): readonly Hold[] {
  const returning = codes.filter(({ returnsUse = 'never' }) => isReturned(returnsUse, refunded))
  return holds.filter(({ counter }) => returning.some(({ id }) => isUseOf(counter, id)))
}

function isReturned(rule: ReturnsUse, refunded: 'nothing' | 'a_part' | 'whole_order'): boolean {
  if (refunded === 'nothing' || rule === 'never') return false
  return rule === 'always' || refunded === 'whole_order'
}

/** Of all, `code:<id>`, or of one customer, `code:<id>:<customer id>`. */
const isUseOf = (counter: string, id: string): boolean => counter === `code:${id}` || counter.startsWith(`code:${id}:`)
