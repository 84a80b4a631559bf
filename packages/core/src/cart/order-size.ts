import { BursarError } from '../errors/index.ts'
import type { Quote } from '../pricing/index.ts'
import type { CartLine } from './cart.ts'

/**
 * An order gives at most so many rights, one for each unit and part. They are stored by one commit once the money is there: so
 * many take PostgreSQL three seconds; six times as many never came to an end, and were paid for.
 */
const MAXIMUM_RIGHTS = 20_000

/** Refuses a cart whose order would give more rights than one can. @throws BursarError `quantity_not_allowed` */
export function assertSize({ lines }: Quote, lineId?: string): void {
  const rights = lines.reduce((sum, { quantity, parts }) => sum + quantity * parts.length, 0)
  if (rights <= MAXIMUM_RIGHTS) return
  throw new BursarError('quantity_not_allowed', {
    message: 'An order holds at most 20,000 units, each part of a bundle counted: buy the rest in another one.',
    data: { ...(lineId === undefined ? {} : { lineId }), rights, maximum: MAXIMUM_RIGHTS },
  })
}

/** May a line give more rights than before? What makes a cart smaller that a merge has made too large is never refused. */
export function isLarger(next: CartLine, before: CartLine | undefined): boolean {
  if (before === undefined || (next.quantity ?? 1) > (before.quantity ?? 1)) return true
  return (next.parts?.length ?? 0) > (before.parts?.length ?? 0)
}
