/** A fact about the shopper: `unknown` is neither yes nor no. */
export type Fact = 'yes' | 'no' | 'unknown'

/** What is known of who buys. */
export interface ShopperFacts {
  /** Customer id, or null for somebody not signed in. */
  customerId: string | null
  /** Names of the customer groups. */
  groups: readonly string[]
  /** Is this their first order? */
  firstOrder: Fact
  /**
   * Domain of the shopper's e-mail address in lower case, never the address; null for a customer without one.
   * Absent: not known.
   */
  emailDomain?: string | null | undefined
  /** What the shopper has a right to already. `unknown` or absent: it could not be learnt, which is not "nothing". */
  owned?: OwnedThings | 'unknown' | undefined
}

/** What a shopper has a right to, as far as something in the cart depends on it. */
export interface OwnedThings {
  /** Product ids. */
  products: readonly string[]
  /** Variant ids. */
  variants: readonly string[]
  /** Variant ids of which it could not be learnt: neither owned nor not. @default none */
  unknown?: readonly string[] | undefined
  /** Ids of the products of those variants, where a promotion asks for owned products. @default none */
  unknownProducts?: readonly string[] | undefined
  /** What was paid for owned variants, by variant id. In another currency it is 0. One that is missing is not known: orders of before have such. */
  paid?: { readonly [variantId: string]: PaidPrice } | undefined
}

/** What one unit of an owned variant cost, in the cart's currency and the site's price basis, minor units. */
export interface PaidPrice {
  /** The money paid, after all discounts; 0 while it is not paid. Of an upgrade with what was paid for what it credited. */
  amount: number
  /** Its price before discounts, and before an upgrade's credit, then. */
  listPrice: number
  /** It is still owed, on an invoice for one, by whoever bought it: it may be paid later, or never. @default paid, or never to be paid */
  isOwed?: true | undefined
  /** Will none of that money be credited, because somebody else is to pay it, or in another currency? @default it will */
  isUncredited?: true | undefined
  /**
   * What other orders that stand have credited of it already, minor units; 2^53 - 1, which is all of it, where one in another
   * currency has. @default 0
   */
  credited?: number | undefined
  /** What its counter says of that: what an upgrade that ended took along is held by none. Minor units. @default credited */
  held?: number | undefined
  /** The counter of what is credited of it. @default none: orders of before did not count it */
  counter?: string | undefined
}
