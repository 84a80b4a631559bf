import type { Instant } from '../time/index.ts'

/** A discount that the host's server promised by a signed token, as its verifier read it. Nothing of it is checked but the signature. */
export interface SignedDiscount {
  /** Who signed it. */
  readonly issuer: string
  /** Names this one discount, which can then be used once; null: as often as its promotion allows. */
  readonly id: string | null
  /** The promotion that it draws on. */
  readonly promotion: string
  /** Percent off, a decimal string; of a promotion of percents. */
  readonly percent?: string | undefined
  /** Amount off in minor units; of a promotion of amounts. */
  readonly amount?: { readonly amount: number; readonly currency: string } | undefined
  /** Ids of the products that it takes something off; absent: all that its promotion does. */
  readonly products?: readonly string[] | undefined
  /** The customer's id at the host for whom it is, or null. */
  readonly customer: string | null
  /** The cart that it is for, or null. */
  readonly cart: string | null
  /** Until when it can be used (exclusive). */
  readonly until: Instant
}

/** A token to be read. */
export interface DiscountRequest {
  /** As the page sent it, 1 to 4,096 characters. */
  readonly token: string
  /** The site at which it is used: it must have been signed for this one. */
  readonly site: { readonly operator: string; readonly site: string }
  /** The clock: it must not have expired by then. */
  readonly now: Instant
}

/** `none`: it is another's to read, ask the next; `wrong`: it is not valid; the reason is for the operator's log alone. */
export type DiscountAnswer =
  | { outcome: 'valid'; discount: SignedDiscount }
  | { outcome: 'none' }
  | { outcome: 'wrong'; reason: string }
  | { outcome: 'unavailable'; reason: string }

/** Reads the tokens by which the host's server promises discounts. The first that does not say `none` decides. */
export interface DiscountVerifier {
  /** A short name for logs. */
  readonly name: string
  /** Checks signature, expiry and site. Must not throw for a bad token: that is `wrong`. Idempotent, without effects. */
  verify(request: DiscountRequest): Promise<DiscountAnswer>
}
