import type { Quote } from '../pricing/index.ts'
import type { Cart } from './cart.ts'

/** A check before a change of a cart or a checkout that may refuse it: "at most 50 seats per company". Pure. */
export interface Guard {
  /** A short name for the refusal. */
  name: string
  /** Which change it looks at. */
  at: 'cart' | 'checkout'
  /** A sentence for the shopper if the change is refused, or null. */
  check(change: { cart: Cart; quote: Quote }): string | null
}
