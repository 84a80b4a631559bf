import type { CommerceClient } from '../contract/index.ts'
import type { ConsentInput } from '../site/index.ts'

/** What a server must have been given, so that the cases have something to buy. Nothing of it is changed. */
export interface CommerceFixtures {
  /** Two currencies of ISO 4217: the first one that the site sells in, and one that it does not. */
  currencies: { sold: string; notSold: string }
  /** A published variant with a price above zero in that currency, of which one line may hold three, and without a limit. */
  variantId: string
  /** A code without limits, as typed, that takes something off the variant. */
  code: string
  /** All that checkout requires, at least one, each given. */
  consents: readonly ConsentInput[]
  /** A way to pay that says no `declined`: what `carts.checkout` is given. */
  payment: { paymentAccount?: string | undefined; paymentToken?: string | undefined }
}

/** The two customers that the cases tell apart. Neither need have bought anything; the cases make carts and orders for them. */
export type ContractCustomer = 'first' | 'second'

/** A server that is called in process, or in any way of one's own. */
export interface LocalSubject extends CommerceFixtures {
  /** The client of somebody without an account, who holds the cart of this token. */
  shopper(cartToken?: string): CommerceClient
  /** The client of one of two signed-in customers, who may still carry an anonymous cart's token. */
  customer(which: ContractCustomer, cartToken?: string): CommerceClient
}

/** A server that is called over HTTP by our own client. */
export interface RemoteSubject extends CommerceFixtures {
  /** Where the API is mounted. */
  baseUrl: string
  /** @default the platform's */
  fetch?: ((address: string, init: RequestInit) => Promise<Response>) | undefined
  /** Site id, where the host name alone does not say it. */
  site?: string | undefined
  /** Tokens of two customers, for `Authorization: Bearer`. */
  tokens: { readonly [customer in ContractCustomer]: string }
}

/** What the cases of {@link commerceContract} are asked of. */
export type CommerceSubject = LocalSubject | RemoteSubject
