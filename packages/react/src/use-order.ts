import { createOrderWatcher, type OrderWatcher, type WatchedOrder } from '@bursar/core/client'
import { useMemo, useSyncExternalStore } from 'react'
import { type Scope, sharedBy, useBursar } from './scope.ts'
import { readOf } from './snapshot.ts'
import { checkoutOf } from './use-checkout.ts'

/** An order as {@link useOrder} shows it. */
export type OrderState = WatchedOrder & {
  /** Asks now. Never rejects. */
  refresh(): Promise<void>
}

/** An order and its deliveries as they happen: asked for again until all has ended, and not in hidden tabs. */
export function useOrder(orderId: string): OrderState {
  const watcher = watcherOf(useBursar(), orderId)
  const state = useSyncExternalStore(watcher.subscribe, watcher.getState, watcher.getInitialState)
  return useMemo(() => ({ ...state, refresh: watcher.refresh }), [state, watcher])
}

/** One watcher for all that show the same order. */
function watcherOf(scope: Scope, orderId: string): OrderWatcher {
  return sharedBy(scope, `order ${orderId}`, () => {
    const options = () => checkoutOf(scope).options(orderId)
    return createOrderWatcher({ ...scope, orderId, options, initial: readOf(scope.initial, 'orders.get', { orderId }) })
  })
}
