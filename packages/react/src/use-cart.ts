import type { CartState, CartStore } from '@bursar/core/client'
import { useMemo, useSyncExternalStore } from 'react'
import { useBursar } from './scope.ts'

/** What a page can do with a cart. Each command shows at once, settles when the server answered, and never rejects. */
export type CartCommands = Pick<
  CartStore,
  | 'addLine'
  | 'setQuantity'
  | 'setParts'
  | 'setRecipient'
  | 'removeLine'
  | 'applyCode'
  | 'removeCode'
  | 'update'
  | 'refresh'
  | 'dismissError'
>

/** The shopper's cart, and what can be done with it. */
export interface Cart extends CartState, CartCommands {}

/** The whole cart: renders at each change of it. */
export function useCart(): Cart
/**
 * A part of the cart: renders only when that part changes. Select what is there (`cart.count`, `cart.lines`,
 * `cart.addLine`); an object that is made anew each time is a change each time.
 */
export function useCart<Part>(select: (cart: Cart) => Part): Part
export function useCart<Part>(select: (cart: Cart) => Part | Cart = whole): Part | Cart {
  const { cart } = useBursar()
  const partOf = useMemo(() => partsOf(cart, select), [cart, select])
  return useSyncExternalStore(
    cart.subscribe,
    () => partOf(cart.getState()),
    () => partOf(cart.getInitialState()),
  )
}

const whole = (cart: Cart) => cart

/** What is selected of a state with the commands: the same as long as the state is the same. */
function partsOf<Part>(store: CartStore, select: (cart: Cart) => Part): (state: CartState) => Part {
  let last: CartState
  let part: Part
  return (state) => {
    if (last !== state) {
      last = state
      part = select({ ...store, ...state })
    }
    return part
  }
}
