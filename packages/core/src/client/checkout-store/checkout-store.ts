import type { CommerceClient, OperationOptions } from '../../contract/index.ts'
import type { PagePort } from '../../ports/index.ts'
import type { CartStore } from '../cart-store/cart-store.ts'
import type { CheckoutState } from './checkout-state.ts'

/** What a checkout store is made of. */
export interface CheckoutStoreOptions {
  /** Remote, or in process. */
  client: CommerceClient
  /** The cart that is bought; it is told when the order is placed, and tells the other tabs. */
  cart: CartStore
  /** Site id: checkouts of different sites share nothing. @default 'default' */
  site?: string | undefined
  /** Storage, timers, chance, network events. @default the browser's */
  page?: PagePort | undefined
}

/**
 * The checkout of one tab, as a machine of states that a page renders from. One random key per attempt, kept for the tab
 * (without anything that names a person), so that a second click, a reload, a redirect or a lost answer never pays twice.
 * Framework-free; nothing starts before the first subscriber or command.
 */
export interface CheckoutStore {
  /** The state now: the same object until something changes. */
  getState(): CheckoutState
  /** The state that it began with: `idle`. */
  getInitialState(): CheckoutState
  /** Calls back after each change. The first subscriber takes up what was left before a reload or a redirect. */
  subscribe(listener: () => void): () => void
  /** What opens an order: a guest's needs the token of the cart that it was. */
  options(orderId: string): Pick<OperationOptions, 'cartToken'>
}
