/** What every operation may be given besides its input. */
export interface OperationOptions {
  /** A random key for one intention; a repeat with the same key has no second effect. 8 to 200 characters. */
  idempotencyKey?: string | undefined
  /** The version that the caller saw; another one is `version_conflict`. */
  ifVersion?: number | undefined
  /** Secret of an anonymous cart, for this call alone, instead of the one that the client was made with. 1 to 200 characters. */
  cartToken?: string | undefined
  /**
   * What a cart's answer holds besides: `pricingInputs`, for a page that estimates. Over HTTP the header `Bursar-Expand`.
   * @default nothing
   */
  expand?: 'pricingInputs' | undefined
  /** Ends the wait for an answer, not what the operation does. */
  signal?: AbortSignal | undefined
}

/** One page of a list. */
export interface PageOf<T> {
  /** In the list's order. */
  items: readonly T[]
  /** Where the next page begins, or null on the last. */
  nextCursor: string | null
}

/** Which page of a list. */
export interface PageInput {
  /** `nextCursor` of the page before. */
  cursor?: string | undefined
  /** Items per page, 1 to 100. @default 50 */
  limit?: number | undefined
}
