import type { Recipient } from '../customer/index.ts'
import type { Hold } from '../pricing/index.ts'
import type { Instant } from '../time/index.ts'

/** At most so many lines in a cart. */
export const MAXIMUM_LINES = 200
/** At most so many codes in a cart. */
export const MAXIMUM_CODES = 20
/** So many of a cart's last idempotency keys are kept in it. */
export const KEPT_KEYS = 32

/** One line of a cart. What is a default is not stored: quantity 1, the buyer as recipient. */
export interface CartLine {
  /** Made by the caller, 1 to 64 characters, unique in the cart. */
  id: string
  /** Variant id. */
  variantId: string
  /** The variant's product as the line was stored, by which it is found sooner; absent where that was not known. */
  productId?: string | undefined
  /** 1 to 1,000; absent means 1. */
  quantity?: number | undefined
  /** Ids of the parts that were chosen from a bundle's groups; absent means none. */
  parts?: readonly string[] | undefined
  /** Absent means the buyer. */
  recipient?: Recipient | undefined
}

/** What a shopper means to buy, as it is stored: never a price, never a name. Belongs to a site. */
export interface Cart {
  /** `crt_…` */
  id: string
  /** SHA-256 of the token that opens it while nobody owns it; null once a customer does. */
  tokenHash: string | null
  /** Who owns it, or null. */
  customerId: string | null
  /** ISO 4217 code. */
  currency: string
  /** At most {@link MAXIMUM_LINES}. */
  lines: readonly CartLine[]
  /** Code ids, at most {@link MAXIMUM_CODES}. */
  codes?: readonly string[] | undefined
  /** Place that the shopper declared, ISO 3166-1 alpha-2. */
  country?: string | undefined
  /** Part of that country, where it was declared too. */
  region?: string | undefined
  /** Short hashes of the last keys and their requests, newest last. */
  keys?: readonly string[] | undefined
  /** The pending order that checkout made of it, and what that order holds of limited things. */
  checkout?: { readonly orderId: string; readonly holds: readonly Hold[] } | undefined
  /** The order that it became, once that order was placed. A cart with an order takes no more commands. */
  orderId?: string | undefined
  /** The cart in which goes on what was added while that order was being paid. */
  nextCartId?: string | undefined
  /** When it was made. */
  createdAt: Instant
  /** Day of the last command, UTC (`2027-01-31`). Absent in carts of releases that did not note it. */
  usedOn?: string | undefined
}

/** The cart with the day of a command, by which it is forgotten when nobody uses it any more. */
export function usedAt(cart: Cart, now: Instant): Cart {
  return { ...cart, usedOn: dayOf(now) }
}

/** The day of an instant, UTC. */
export function dayOf(now: Instant): string {
  return now.slice(0, 10)
}
