/** Which cart is the shopper's, as all tabs know it. */
export interface KeptCart {
  /** Cart id. */
  readonly id?: string | undefined
  /** What opens a guest's cart. */
  readonly token?: string | undefined
  /** Is it a customer's? */
  readonly isOwned?: boolean | undefined
  /** A guest's cart whose place it took; at sign-in it goes into the customer's. */
  readonly guest?: { readonly id?: string | undefined; readonly token?: string | undefined } | undefined
}
