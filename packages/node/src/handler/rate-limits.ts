/** What is counted: codes that turned out not to be valid, carts that were made, and payments that were declined. */
export type LimitedAct = 'codes' | 'carts' | 'payments'

/** Counts what somebody does, and says when it is too much. */
export interface RateLimits {
  /**
   * How many of each act are too many: of those that only their answer tells, so many of somebody are under way at once. @default 30 of each
   */
  readonly acts?: { readonly [Act in LimitedAct]: number } | undefined
  /**
   * Counts so many acts more, 1 or more, of somebody: the network of a request's address or the customer id, of one site.
   * Atomic between all that share the counts. Answers null, or after how many seconds another try is worth it; then
   * nothing was done, and nothing is counted. Never rejects: what cannot be counted is let through.
   */
  take(act: LimitedAct, who: string, count: number): Promise<number | null>
  /** Takes back so many of them. Never rejects. */
  giveBack(act: LimitedAct, who: string, count: number): Promise<void>
}
