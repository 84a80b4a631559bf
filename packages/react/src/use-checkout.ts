import { type CheckoutState, type CheckoutStore, createCheckoutStore } from '@bursar/core/client'
import { useSyncExternalStore } from 'react'
import { onceBy } from './once-by.ts'
import { type Scope, useBursar } from './scope.ts'

/**
 * The checkout: a state with the commands that are right in it. What was under way before a reload or a redirect is taken
 * up by itself.
 */
export function useCheckout(): CheckoutState {
  const { subscribe, getState, getInitialState } = checkoutOf(useBursar())
  return useSyncExternalStore(subscribe, getState, getInitialState)
}

/** The scope's one checkout. */
export function checkoutOf(scope: Scope): CheckoutStore {
  return onceBy(scope.shared, useCheckout, () => createCheckoutStore(scope))
}
