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
      /** Says who gets it. */
      setRecipient(recipient: RecipientInput): ReturnType<CartStore['setRecipient']>
      /** Removes it. */
      remove(): ReturnType<CartStore['removeLine']>
    }

/** One line by its id: renders when the line, its price or its problems change, not when another line does. */
export function useCartLine(lineId: string): CartLineState {
  const { setQuantity, setRecipient, removeLine } = useBursar().cart
  const [find, findPrice] = useMemo(() => {
    const isIt = ({ id }: { id: string }) => id === lineId
    return [({ lines }: Cart) => lines.find(isIt), ({ quote }: Cart) => quote?.lines.find(isIt) ?? null]
  }, [lineId])
  const line = useCart(find)
  const price = useCart(findPrice)
  const quoteState = useCart(selectQuoteState)
  const errors = useCart(selectErrors)
  return useMemo<CartLineState>(
    () =>
      line
        ? {
            ...{ status: 'ready', line, price, quoteState },
            problems: errors.filter((problem) => problem.lineId === lineId),
            setQuantity: (quantity) => setQuantity(lineId, quantity),
            setRecipient: (recipient) => setRecipient(lineId, recipient),
            remove: () => removeLine(lineId),
          }
        : { status: 'none' },
    [line, price, quoteState, errors, lineId, setQuantity, setRecipient, removeLine],
  )
}

const selectQuoteState = (cart: Cart) => cart.quoteState
const selectErrors = (cart: Cart) => cart.errors
