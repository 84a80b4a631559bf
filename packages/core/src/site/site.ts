import type { RoundingMode } from '../money/index.ts'
import type { ConsentKind } from './consent.ts'
import type { SitePricing } from './site-pricing.ts'

/** What a site does with a sale whose facts it could not learn. */
export type UnknownPolicy = 'sell_and_review' | 'refuse'

/** One storefront of an operator. Carts, orders and number series belong to it. */
export interface Site {
  /** `sit_…` or a short name that the operator chose; unique over all operators. */
  id: string
  /** Name that shoppers see. */
  name: string
  /** Exact host names, in lower case, without port. */
  hosts: readonly string[]
  /** Origins that browsers may call from, such as `https://learn.example.org`. */
  origins: readonly string[]
  /** Addresses to which a shopper may be sent back; a URL must be one of them or below it, by whole parts of the path. */
  returnUrls: readonly string[]
  /** Seller id. */
  seller: string
  /** ISO 4217 codes; the first is the default. In carts of one that is not among them any more nothing has a price. */
  currencies: readonly string[]
  /** BCP 47 tags; the first is the default. */
  locales: readonly string[]
  /** IANA zone of the site's dates. */
  timeZone: string
  /** ISO 3166-1 alpha-2: the place of sale assumed until something better is known. */
  country: string
  /** Price lists that the site sells from, by id. */
  priceLists: readonly string[]
  /** Payment accounts that it offers, by id, in the order shown. */
  paymentAccounts: readonly string[]
  /** Consents that checkout requires. */
  requiredConsents: readonly ConsentKind[]
  /** May somebody without an account check out? */
  allowsGuests: boolean
  /** Does delivery start when an order on account is placed, before it is paid? */
  deliversOnAccount: boolean
  /** What happens to what an order has delivered when its captured payment fails later, or all its money goes back. What is not delivered yet waits either way. */
  onPaymentFailure: 'suspend' | 'keep'
  /** How fractions of a minor unit are rounded. */
  rounding: RoundingMode
  /** Are list prices shown with tax (`inclusive`) or without? */
  priceBasis: 'inclusive' | 'exclusive'
  /** How prices are reckoned, where it is not the default. */
  pricing?: SitePricing | undefined
  /** Is money captured at once, or authorised and captured later? */
  capture: 'automatic' | 'manual'
  /** Minutes for which a checkout keeps what it holds; then the payment is closed. 5 to 10,080. */
  checkoutMinutes: number
  /** Policies for facts that could not be learnt. */
  policies: { ownership: UnknownPolicy; tax: UnknownPolicy; screening: UnknownPolicy }
  /** Prefix of order numbers. */
  orderPrefix: string
  /** Design tokens by name, such as `accent: '#0b5cad'`; names, values and contrast are checked when it is written. */
  theme: { readonly [token: string]: string }
}
