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
}
