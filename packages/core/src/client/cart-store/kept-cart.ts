/** Which cart is the shopper's, as all tabs know it. */
export interface KeptCart {
  /** Cart id. */
  readonly id?: string | undefined
  /** What opens a guest's cart. */
  readonly token?: string | undefined
  /** Is it a customer's? */
  readonly isOwned?: boolean | undefined
}
