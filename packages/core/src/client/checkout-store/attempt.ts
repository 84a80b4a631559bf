/** What is under way, as it outlives the page: an attempt to buy a cart, or an order that was taken up by its id. Nothing in it names a person. */
export interface Attempt {
  /** The idempotency key of the attempt. */
  readonly key?: string | undefined
  /** Id of the cart that it buys. */
  readonly cartId?: string | undefined
  /** What opens a guest's cart and order. */
  readonly cartToken?: string | undefined
  /** The chosen parts of the cart's lines when it was started: its order does not say them. */
  readonly parts?: string | undefined
  /** How much more the cart said then than what was accepted: a guest's need never come to it. */
  readonly above?: number | undefined
  /** The order, once known. */
  readonly orderId?: string | null | undefined
  /** Is how it ends not known yet? Then who is told that it is not there may have to sign in again. Not said of what may be somebody else's. */
  readonly isOpen?: boolean | undefined
  /** Was it started with what the processor's fields gave? Then what is to be done is no field to fill in. */
  readonly isTokenised?: boolean | undefined
}
