import type { Money } from '../money/index.ts'
import type { OrderView, PaymentView } from '../order/index.ts'
import type { ConsentInput } from '../site/index.ts'

/** Who buys, where nobody is signed in and the site takes guests. */
export interface GuestInput {
  /** Where the receipt goes and by which the entitlement is claimed. */
  email: string
  /** Name; it takes the place of the one that is kept with this address until something was bought or somebody claims it. */
  name?: string | undefined
}

/** Input of `carts.checkout`. */
export interface CheckoutInput {
  /** Cart id. */
  cartId: string
  /** The total that the shopper saw; another amount or another currency is `price_changed`. */
  expectedTotal: Money
  /** What the shopper agreed to or not. */
  consents?: readonly ConsentInput[] | undefined
  /** Payment account id. @default the first that the site offers for the currency */
  paymentAccount?: string | undefined
  /** What the processor's browser fields gave: a token, never card data. */
  paymentToken?: string | undefined
  /** Where the processor sends the shopper back to; must begin with one of the site's addresses. */
  returnUrl?: string | undefined
  /** Who buys, where nobody is signed in. */
  guest?: GuestInput | undefined
}

/** Answer of `carts.checkout`. A declined payment is no error: the order waits for another attempt. */
export interface CheckoutResult {
  /** The order. A guest opens it with the cart's token. */
  order: OrderView
  /** The payment, or null for a total of zero. */
  payment: PaymentView | null
}
