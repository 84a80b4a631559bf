/** One attempt to buy a cart, as it outlives the page. Nothing in it names a person. */
export interface Attempt {
  /** The idempotency key. */
  readonly key: string
  /** Cart id. */
  readonly cartId: string | null
  /** What opens a guest's cart and order. */
  readonly cartToken?: string | undefined
  /** The order, once known. */
  readonly orderId: string | null
  /** Was it started with what the processor's fields gave? Then what is to be done is no field to fill in. */
  readonly isTokenised: boolean
}
