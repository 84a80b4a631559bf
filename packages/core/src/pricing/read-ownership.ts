import type { Variant } from '../catalog/index.ts'
import type { Customer } from '../customer/index.ts'
import type { Scope } from '../ports/index.ts'
import type { OwnedThings } from '../promotion/index.ts'
import type { Instant } from '../time/index.ts'
import type { QuoteUse } from './quote.ts'

/** What is asked of a customer's rights. */
export interface OwnershipQuestion {
  /** Whose rights: the record as it was read with the cart. */
  customer: Customer
  /** The clock. */
  now: Instant
  /** ISO 4217 code of the cart: money paid in another credits nothing. */
  currency: string
  /** Those of all sites of the operator: what an order in another has credited is credited in none. */
  currencies: readonly string[]
  /** The site's: what was paid counts in it, with its tax or without. */
  priceBasis: 'inclusive' | 'exclusive'
  /** Variants that something depends on. */
  variants: readonly Variant[]
  /** Ids of those of which learning platforms are asked, where our own records say nothing. */
  asked: ReadonlySet<string>
  /** Ids of those of which it matters what was paid. */
  credited: ReadonlySet<string>
  /** What the cart's own pending order holds: what it credits is not credited elsewhere. */
  holds: readonly Pick<QuoteUse, 'counter' | 'n'>[]
}

/**
 * Begins to read a customer's rights, and then says what the customer owns: of what our own records know, what they say,
 * refunded and withdrawn counting as not owned; of the rest, what learning platforms answer in time. Nothing that could not
 * be learnt is taken for "owns nothing". Pricing sees neither rights nor orders; who assembles the shop gives it this.
 * Null is somebody whom the shop meets now: it has no rights of theirs to read, and platforms know them by their id at the host.
 */
export type ReadOwnership = (
  scope: Scope,
  customerId: string | null,
) => (question: OwnershipQuestion) => Promise<OwnedThings>
