import type { PurchaseRows } from './purchase-rows.ts'

/** The reads and the commits of a purchase, by hand; each by the number of the purchase. */
export interface PurchaseStore {
  readonly rows: PurchaseRows
  /** Before a cart is made: the state of prices, the customer and what they own. */
  readNew(n: number): Promise<void>
  create(n: number): Promise<void>
  /** Before it is bought: the same, the cart and whether this was asked before. */
  readBought(n: number): Promise<void>
  /** Order, payment, what is held, a job; the cart. */
  freeze(n: number): Promise<void>
  /** Order, payment, cart and hold once more; journal, events, right, grant, a job. */
  settle(n: number): Promise<void>
  /** The job leased; grant and customer read; the grant written before and after the platform was asked; the job ended. */
  deliver(n: number): Promise<void>
}
