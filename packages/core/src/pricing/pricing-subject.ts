import type { Customer, TaxExemption } from '../customer/index.ts'
import type { Code, Promotion } from '../promotion/index.ts'
import type { PricedLine, ShopperFacts } from './pricing-inputs.ts'
import type { OwnedBy } from './rights-ahead.ts'

/** What is to be priced. */
export interface PricingSubject {
  /** Lines. */
  lines: readonly PricedLine[]
  /** Of which product a variant of the lines was when the cart was stored. @default unknown */
  productOf?: ((variantId: string) => string | undefined) | undefined
  /** Code ids. */
  codes: readonly string[]
  /** Those that were looked for already. @default none */
  knownCodes?: KnownCodes | undefined
  /** ISO 4217 code. */
  currency: string
  /** Place that the shopper declared, or null. */
  country: string | null
  /** Part of that country, or null. */
  region: string | null
  /** Who buys. */
  shopper: ShopperFacts
  /** That the shopper pays no tax, or null. */
  taxExemption: TaxExemption | null
  /** The shopper's e-mail address, to which a code may have been assigned. Never an input of a quote. @default unknown */
  email?: string | null | undefined
  /** What this cart's own pending order holds: it counts as left. */
  holds: readonly Hold[]
  /** The customer whose rights count; null for a guest and for somebody not signed in. @default null */
  owner?: Customer | null | undefined
  /** Reads what the owner owns, where that may have been begun already. @default the book's */
  ownedBy?: OwnedBy | undefined
  /** A promotion that is not live, to be priced with besides; it comes last of the inputs'. @default none */
  tried?: Promotion | undefined
  /** At checkout more is asked, and what other orders hold counts. @default cart */
  moment?: 'cart' | 'checkout' | undefined
}

/** Codes by id; null for one that is not there. */
export type KnownCodes = ReadonlyMap<string, Code | null>

/** What a pending order holds of something limited; the hold's id is the order's. */
export interface Hold {
  /** Name of the counter. */
  counter: string
  /** How many. */
  n: number
}
