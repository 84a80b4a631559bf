import type { CartProblem, CartState, CartStore, CartStoreLine, QuoteLine, RecipientInput } from '@bursar/core/client'
import { useMemo } from 'react'
import { useBursar } from './scope.ts'
import { type Cart, useCart } from './use-cart.ts'

/** A line of the cart, as one row of a page needs it. */
export type CartLineState =
  /** There is no such line. */
  | { readonly status: 'none' }
  | {
      readonly status: 'ready'
      /** The line with what waits applied. */
      readonly line: CartStoreLine
      /** Its last price, or null while there is none. */
      readonly price: QuoteLine | null
      /** Is `price` that of what is shown? */
      readonly quoteState: CartState['quoteState']
      /** What was refused about it, oldest first. */
      readonly problems: readonly CartProblem[]
      /** Sets its quantity, 1 to 1,000. */
      setQuantity(quantity: number): ReturnType<CartStore['setQuantity']>
      /** Chooses the parts of a bundle's groups; they replace those chosen before. */
      setParts(parts: readonly string[]): ReturnType<CartStore['setParts']>
      /** Says who gets it. */
      setRecipient(recipient: RecipientInput): ReturnType<CartStore['setRecipient']>
      /** Removes it. */
      remove(): ReturnType<CartStore['removeLine']>
    }

/** One line by its id: renders when the line, its price or its problems change, not when another line does. */
export function useCartLine(lineId: string): CartLineState {
  const { cart } = useBursar()
  return useCart(useMemo(() => selectLine(cart, lineId), [cart, lineId]))
}

const NONE: CartLineState = { status: 'none' }

/** Selects the line: the same object as long as it says the same. */
function selectLine(store: CartStore, lineId: string): (cart: Cart) => CartLineState {
  let last = NONE
  return ({ lines, quote, quoteState, errors }) => {
    const isIt = ({ id }: { id: string }) => id === lineId
    const line = lines.find(isIt)
    const next: CartLineState = line
      ? {
          ...{ status: 'ready', line, price: quote?.lines.find(isIt) ?? null, quoteState },
          problems: errors.filter((problem) => problem.lineId === lineId),
          setQuantity: (quantity) => store.setQuantity(lineId, quantity),
          setParts: (parts) => store.setParts(lineId, parts),
          setRecipient: (recipient) => store.setRecipient(lineId, recipient),
          remove: () => store.removeLine(lineId),
        }
      : NONE
    if (JSON.stringify(next) !== JSON.stringify(last)) last = next
    return last
  }
}
