import type { ShopperFacts } from '../promotion/index.ts'
import { paidFor } from './owned-facts.ts'
import type { QuoteUse } from './quote.ts'
import type { WorkingLine } from './working-line.ts'

/**
 * The counter of what orders of a currency that stand have credited of what was paid: for one part of one unit of an order,
 * `credited:<currency>:<order id>:<line id>:<unit>:<part>`, or for what the learner has by their platform, of which a list
 * price is credited, `credited:<currency>:<variant id>:<customer id>`.
 */
export const creditCounter = (currency: string, ...names: readonly (string | number)[]): string =>
  ['credited', currency, ...names].join(':')

/** Is it of what was paid before and is credited, and not a use? */
export const isCredit = ({ counter }: Pick<QuoteUse, 'counter'>): boolean => counter.startsWith('credited:')

/** What was paid and is credited: one part of one unit of an order's line. */
interface CreditedPart {
  readonly orderId: string
  readonly lineId: string
  readonly unit: number
  readonly part: string
}

/** Whose money such a counter is of; null where it is of what a platform gave. */
export function creditedPart({ counter }: Pick<QuoteUse, 'counter'>): CreditedPart | null {
  const [, , orderId = '', lineId = '', unit, part] = counter.split(':')
  return part === undefined ? null : { orderId, lineId, unit: Number(unit), part }
}

/**
 * What the lines credit of what was paid before. Of two orders at once that credit the same payment the second finds more
 * credited than it was priced with, and is priced again: so the limit is of what the counter itself can reach.
 */
export function creditsUsed(sold: readonly WorkingLine[], shopper: ShopperFacts): readonly QuoteUse[] {
  return sold.flatMap(creditsOf).flatMap(({ variantId, credit }) => {
    const { counter, credited = 0, held = credited } = paidFor(shopper, variantId) ?? {}
    return counter === undefined || credit <= 0 ? [] : [{ counter, n: credit, limit: held + credit }]
  })
}

/** What a line takes off for what was paid before: no two lines of a cart do so for the same variant. */
function creditsOf({ leftOut, adjustments }: WorkingLine): readonly { variantId: string; credit: number }[] {
  const upgrades = adjustments.flatMap(({ cause, amount }) =>
    cause.type === 'upgrade' ? [{ variantId: cause.from, credit: 0 - amount }] : [],
  )
  return [...leftOut, ...upgrades]
}
