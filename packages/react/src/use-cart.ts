import type { CartState, CartStore } from '@bursar/core/client'
import { useMemo, useSyncExternalStore } from 'react'
import { sharedBy, useBursar } from './scope.ts'

/** What a page can do with a cart. Each command shows at once, settles when the server answered, and never rejects. */
export type CartCommands = Pick<
  CartStore,
  | 'addLine'
  | 'setQuantity'
  | 'setRecipient'
  | 'removeLine'
  | 'applyCode'
  | 'removeCode'
  | 'update'
  | 'refresh'
  | 'dismissError'
>

/** The shopper's cart, and what can be done with it. */
export interface Cart extends Omit<CartState, 'status'>, CartCommands {
  /**
   * `loading`: there may be a cart, and no answer yet; `unavailable`: and the server does not answer, but is asked again.
   * `none`: there is no cart; the first command makes it. `open`: it takes commands. `ordered`: it became the order
   * `cart.orderId`; the next command makes a new cart.
   */
  readonly status: CartState['status'] | 'unavailable'
  /** How many things are in it: the sum of the quantities. */
  readonly count: number
}

/** The whole cart: renders at each change of it. */
export function useCart(): Cart
/**
 * A part of the cart: renders only when that part changes. Select what is there (`cart.count`, `cart.lines`,
 * `cart.addLine`); an object that is made anew each time is a change each time.
 */
export function useCart<Part>(select: (cart: Cart) => Part): Part
export function useCart<Part = Cart>(select?: (cart: Cart) => Part): Part | Cart {
  const scope = useBursar()
  const carts = sharedBy(scope, useCart, () => readingsOf(scope.cart))
  const [read, readFirst] = useMemo(
    () => (select ? carts.map((cart) => remembered(cart, select)) : carts),
    [carts, select],
  ) as [() => Part | Cart, () => Part] // as many as there are of the cart
  return useSyncExternalStore(scope.cart.subscribe, read, readFirst)
}

/** The cart now and the first one, with the commands: the same object as long as the state is the same. */
function readingsOf({
  getState,
  getInitialState,
  subscribe: _subscribe,
  signedIn: _signedIn,
  signedOut: _signedOut,
  placed: _placed,
  options: _options,
  ...commands
}: CartStore): readonly (() => Cart)[] {
  return [getState, getInitialState].map((read) =>
    remembered(read, (state) => ({
      ...state,
      ...commands,
      status: state.status === 'loading' && !state.online ? 'unavailable' : state.status,
      count: state.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    })),
  )
}

/** A reading of a source that is made anew only when the source has changed. */
function remembered<Source, Value>(source: () => Source, read: (value: Source) => Value): () => Value {
  let last: [Source, Value] | undefined
  return () => {
    const now = source()
    if (!last || !Object.is(last[0], now)) last = [now, read(now)]
    return last[1]
  }
}
