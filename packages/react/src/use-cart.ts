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
  const store = sharedBy(scope, useCart, () => cartOf(scope.cart))
  const [read, readFirst] = useMemo(
    () => (select ? [remembered(store.cart, select), remembered(store.first, select)] : [store.cart, store.first]),
    [store, select],
  )
  return useSyncExternalStore<Part | Cart>(scope.cart.subscribe, read, readFirst)
}

/** The store's state with the commands: the same object as long as the state is the same. */
function cartOf(store: CartStore): { cart(): Cart; first(): Cart } {
  const { addLine, setQuantity, setRecipient, removeLine, applyCode, removeCode, update, refresh, dismissError } = store
  const commands = {
    addLine,
    setQuantity,
    setRecipient,
    removeLine,
    applyCode,
    removeCode,
    update,
    refresh,
    dismissError,
  }
  const toCart = (state: CartState): Cart => ({
    ...state,
    ...commands,
    status: state.status === 'loading' && !state.online ? 'unavailable' : state.status,
    count: state.lines.reduce((sum, { quantity }) => sum + quantity, 0),
  })
  return { cart: remembered(store.getState, toCart), first: remembered(store.getInitialState, toCart) }
}

/** A reading of a source that is made anew only when the source has changed. */
function remembered<Source, Value>(source: () => Source, read: (value: Source) => Value): () => Value {
  let last: { source: Source; value: Value } | undefined
  return () => {
    const now = source()
    if (last === undefined || !Object.is(last.source, now)) last = { source: now, value: read(now) }
    return last.value
  }
}
