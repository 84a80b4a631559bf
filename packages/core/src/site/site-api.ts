import type { ConsentKind } from './consent.ts'

/** A way to pay, as shoppers see it. */
export interface PaymentMethodView {
  /** Payment account id: what checkout is given. */
  account: string
  /** Name that shoppers see. */
  title: string
  /** Name of the processor: which adapter a page loads. */
  processor: string
  /** Test money or live money. */
  mode: 'test' | 'live'
  /** ISO 4217 codes. */
  currencies: readonly string[]
}

/** A site as shoppers see it. */
export interface SiteView {
  /** Site id. */
  id: string
  /** Name. */
  name: string
  /** ISO 4217 codes; the first is the default. */
  currencies: readonly string[]
  /** BCP 47 tags; the first is the default. */
  locales: readonly string[]
  /** IANA zone of its dates. */
  timeZone: string
  /** Do prices contain tax? */
  priceBasis: 'inclusive' | 'exclusive'
  /** May somebody without an account check out? */
  allowsGuests: boolean
  /** What checkout asks consent for. */
  requiredConsents: readonly ConsentKind[]
  /** Ways to pay, in the order shown. */
  paymentMethods: readonly PaymentMethodView[]
  /** Design tokens by name. */
  theme: { readonly [token: string]: string }
}
