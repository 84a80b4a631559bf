/** A set of products by hand, which conditions of promotions name. Belongs to the operator. */
export interface ProductCollection {
  /** `col_…`, or what the caller chose. */
  id: string
  /** Name, for staff. */
  name: string
  /** Product ids, at most 1,000, each once. */
  products: readonly string[]
}
