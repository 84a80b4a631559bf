import { createOrderWatcher, type OrderWatcher, type WatchedOrder } from '@bursar/core/client'
import { useMemo } from 'react'
import { onceBy } from './once-by.ts'
import { type Scope, useBursar } from './scope.ts'
import { readOf } from './snapshot.ts'
import { checkoutOf } from './use-checkout.ts'
import { useStore } from './use-store.ts'

/** An order as {@link useOrder} shows it. */
export type OrderState = WatchedOrder & {
  /** Asks now. Never rejects. */
  refresh(): Promise<void>
}

/**
 * An order and its deliveries as they happen: asked for again until all has ended, and not in hidden tabs. Who signs in or
 * out sees `loading` until the server has said whether it is theirs.
 *
 * @param orderId null while it is not known: then it is `loading`
 */
export function useOrder(orderId: string | null): OrderState {
  const scope = useBursar()
  const watcher = useMemo(() => watcherOf(scope, orderId), [scope, orderId])
  const state = useStore(watcher)
  return useMemo(() => ({ ...state, refresh: watcher.refresh }), [state, watcher])
}

/** So many orders are kept for the way back to them; who looks at one keeps it anyway. */
const KEPT = 20

/** One watcher for all that show the same order to the same person. */
function watcherOf(scope: Scope, orderId: string | null): OrderWatcher {
  const { orders, initial } = scope
  if (!orders || !orderId) return NOTHING
  const watcher = onceBy(orders, orderId, () => {
    const options = () => checkoutOf(scope).options(orderId)
    return createOrderWatcher({ ...scope, orderId, options, initial: readOf(initial, 'orders.get', { orderId }) })
  })
  for (const oldest of orders.keys()) if (orders.size > KEPT) orders.delete(oldest)
  return watcher
}

const LOADING: WatchedOrder = { status: 'loading' }

/** Watches none. */
const NOTHING: OrderWatcher = {
  getState: () => LOADING,
  getInitialState: () => LOADING,
  subscribe: () => () => {},
  refresh: async () => {},
}
