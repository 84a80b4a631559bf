import { type CheckoutState, type CheckoutStore, createCheckoutStore } from '@bursar/core/client'
import { onceBy } from './once-by.ts'
import { type Scope, useBursar } from './scope.ts'
import { useStore } from './use-store.ts'

/**
 * The checkout: a state with the commands that are right in it. What was under way before a reload or a redirect is taken
 * up by itself.
 */
export function useCheckout(): CheckoutState {
  return useStore(checkoutOf(useBursar()))
}

/** The scope's one checkout. */
export function checkoutOf(scope: Scope): CheckoutStore {
  return onceBy(scope.shared, useCheckout, () => createCheckoutStore(scope))
}
