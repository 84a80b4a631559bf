import type { CartLineView, CartView } from '../../cart/index.ts'
import type { RecipientInput } from '../../customer/index.ts'
import type { BursarError } from '../../errors/index.ts'
import type { Quote, QuoteCode } from '../../pricing/index.ts'

/** What the shopper asks for: an operation of carts, or `signedIn`. */
export type CartCommand =
  | 'addLine'
  | 'updateLine'
  | 'removeLine'
  | 'applyCode'
  | 'removeCode'
  | 'update'
  | 'signedIn'
  | 'get'

/** A line as the shopper sees it: the server's, with what waits applied. */
export interface CartStoreLine extends Omit<CartLineView, 'recipient'> {
  /** Who gets it; while that waits, as it was named. */
  readonly recipient: CartLineView['recipient'] | RecipientInput
  /** Does a command on it wait for its answer? */
  readonly pending: boolean
}

/** A code as the shopper sees it. */
export interface CartStoreCode extends Omit<QuoteCode, 'id'> {
  /** Code id; null while the server has not answered. */
  readonly id: string | null
  /** Does it wait for its answer? */
  readonly pending: boolean
}

/** A command that was refused, or a cart that is gone, until it is dismissed. */
export interface CartProblem {
  /** Give it to `dismissError`. */
  readonly id: string
  /** Which command; `get` for a cart that is gone. */
  readonly command: CartCommand
  /** Of which line, where it was a line's. */
  readonly lineId: string | undefined
  /** Why: code, reason and a sentence that the shopper can act on. */
  readonly error: BursarError
}

/** The cart as the shopper sees it. Frozen in use: a change makes a new one. */
export interface CartState {
  /**
   * `loading`: there may be a cart, and no answer yet; `unavailable`: and the server does not answer, but is asked again.
   * `none`: there is no cart; the first command makes it, or a line that waits is to begin the next one after an order.
   * `open`: it takes commands. `ordered`: it became the order `cart.orderId`; the next command makes a new cart.
   */
  readonly status: 'loading' | 'unavailable' | 'none' | 'open' | 'ordered'
  /** The server's truth, without what waits; null until there is one, and while a line waits to begin the next. Its version never falls. */
  readonly cart: CartView | null
  /** Lines with what waits applied, also before there is a cart. */
  readonly lines: readonly CartStoreLine[]
  /** How many things are to be bought: the sum of the quantities of `lines`; 0 once they are ordered. */
  readonly count: number
  /** Codes with what waits applied. */
  readonly codes: readonly CartStoreCode[]
  /** ISO 4217 code with what waits applied; null while nobody has said it. */
  readonly currency: string | null
  /** ISO 3166-1 alpha-2, with what waits applied, or null. */
  readonly country: string | null
  /** Part of that country, such as `QC`, with what waits applied, or null. */
  readonly region: string | null
  /** The last price that the server gave, or null; with `estimate` what the page reckons instead. */
  readonly quote: Quote | null
  /**
   * `final`: `quote` is the price of what is shown; checkout starts from nothing else. `estimate`: it is what the page
   * reckons for what is shown, until the server says it. `stale`: it is an older price; mark it as busy. `none`: there is
   * no price yet.
   */
  readonly quoteState: 'none' | 'final' | 'estimate' | 'stale'
  /** How many commands wait for their answer. */
  readonly pending: number
  /** Did the server answer the last request? While it does not, what waits is kept and sent again. */
  readonly online: boolean
  /** How often the shopper signed out, here or in another tab, since the page was opened: what it kept of them is to be forgotten. */
  readonly signOuts: number
  /** What was refused, oldest first. */
  readonly errors: readonly CartProblem[]
}
