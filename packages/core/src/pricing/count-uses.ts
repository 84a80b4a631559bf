import { sortFew } from '../ids/index.ts'
import { amountIn, mentions } from '../promotion/index.ts'
import { creditsUsed } from './credits-used.ts'
import type { EligiblePromotion } from './judge-promotions.ts'
import { variantsTaken } from './places.ts'
import type { PricedVariant, PricingInputs } from './pricing-inputs.ts'
import type { QuoteUse } from './quote.ts'
import type { Taken } from './try-together.ts'
import type { WorkingLine } from './working-line.ts'

/** The counter of a customer's orders, over all sites of the operator: those that are pending, placed or closed. */
export const ordersCounter = (customerId: string): string => `orders:${customerId}`

/** The counter of what a promotion has given away in a currency, minor units. */
export const budgetCounter = (promotionId: string, currency: string): string => `budget:${promotionId}:${currency}`

/** The counter of the places of a variant with a capacity. */
export const capacityCounter = (variantId: string): string => `capacity:${variantId}`

/** The counter of how often a customer has bought, and is buying, a variant that a person can have once. */
export const boughtCounter = (variantId: string, customerId: string): string => `owned:${variantId}:${customerId}`

/**
 * What the quote would use of limited things, ordered by counter: one use of each promotion and code that took
 * something off and has a limit, the places of variants with a capacity, a bundle's parts included, and, where a
 * promotion of a first order took something off, the customer's first order: of two at once, one is priced again.
 * Of a promotion with a budget it uses the money that it took off, in minor units. The own uses of somebody not signed in
 * are counted at checkout. Of what was paid before it uses what it credits. Counters: `promotion:<id>`, `promotion:<id>:<customer id>`, `budget:<id>:<currency>`,
 * `code:<id>`, `code:<id>:<customer id>`, `capacity:<variant id>`, `orders:<customer id>`,
 * `owned:<variant id>:<customer id>`, and `credited:…` of what was paid.
 */
export function countUses(
  sold: readonly WorkingLine[],
  applied: readonly Taken<EligiblePromotion>[],
  { shopper, currency }: Pick<PricingInputs, 'shopper' | 'currency'>,
): readonly QuoteUse[] {
  const { customerId, firstOrder } = shopper
  const uses = [
    ...placesUsed(sold),
    ...creditsUsed(sold, shopper),
    ...boughtOnce(sold, customerId),
    ...applied.flatMap((one) => usesOf(one, customerId, currency)),
  ]
  if (customerId !== null && firstOrder === 'yes' && applied.some(isOfFirstOrder)) {
    uses.push({ counter: ordersCounter(customerId), n: 1, limit: 1 })
  }
  return sortFew(uses, (left, right) => (left.counter < right.counter ? -1 : 1))
}

const isOfFirstOrder = ({ by }: Taken<EligiblePromotion>): boolean => mentions(by.promotion.conditions, 'first_order')

function usesOf(
  { by, sum }: Taken<EligiblePromotion>,
  customerId: string | null,
  currency: string,
): readonly QuoteUse[] {
  const uses: QuoteUse[] = []
  const { promotion, code } = by
  const { limits } = promotion
  const budget = amountIn(limits.money ?? [], currency)
  if (budget !== null) uses.push({ counter: budgetCounter(promotion.id, currency), n: sum, limit: budget })
  if (limits.uses !== null) uses.push({ counter: `promotion:${promotion.id}`, n: 1, limit: limits.uses })
  if (limits.usesPerCustomer !== null && customerId !== null) {
    uses.push({ counter: `promotion:${promotion.id}:${customerId}`, n: 1, limit: limits.usesPerCustomer })
  }
  if (code !== null && code.uses !== null) uses.push({ counter: `code:${code.id}`, n: 1, limit: code.uses })
  if (code?.usesPerCustomer && customerId !== null) {
    uses.push({ counter: `code:${code.id}:${customerId}`, n: 1, limit: code.usesPerCustomer })
  }
  return uses
}

/** What a person can have once is held while it is bought, against a second order that sells it to them meanwhile. */
function boughtOnce(sold: readonly WorkingLine[], customerId: string | null): Iterable<QuoteUse> {
  const used = new Map<string, QuoteUse>()
  if (customerId === null) return []
  for (const line of sold) {
    for (const { id, repeatable, bought } of partsForShopper(line)) {
      if (repeatable !== false || bought === undefined) continue
      const counter = boughtCounter(id, customerId)
      used.set(counter, { counter, n: 1, limit: bought.used + bought.held + 1 })
    }
  }
  return used.values()
}

const partsForShopper = ({ isForShopper, parts }: WorkingLine): readonly PricedVariant[] =>
  isForShopper ? parts.map(({ variant }) => variant) : []

function placesUsed(sold: readonly WorkingLine[]): Iterable<QuoteUse> {
  const used = new Map<string, QuoteUse>()
  for (const line of sold) {
    for (const { id, capacity } of variantsTaken(line)) {
      if (capacity === null) continue
      const n = (used.get(id)?.n ?? 0) + line.quantity
      used.set(id, { counter: capacityCounter(id), n, limit: capacity })
    }
  }
  return used.values()
}
