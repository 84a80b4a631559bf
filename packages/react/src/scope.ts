import type { CartStore, CommerceClient, OrderWatcher, PagePort } from '@bursar/core/client'
import { createContext, useContext } from 'react'
import type { Snapshot } from './snapshot.ts'

/** What a `BursarProvider` gives to the hooks below it. */
export interface Scope {
  /** Remote, or `commerce.as(principal)`. */
  readonly client: CommerceClient
  /** Site id: keeps what is stored and cached of different sites apart. */
  readonly site: string
  /** BCP 47 tag of amounts and dates. */
  readonly locale: string
  /** IANA zone of dates. */
  readonly timeZone: string
  /** What the server fetched; after a sign-in or sign-out, what of it is nobody's own. */
  readonly initial: Snapshot
  /** The cart's store: `cart.signedIn()` after a sign-in, `cart.signedOut()`. */
  readonly cart: CartStore
  /** The page's storage, timers and events, where they are not the browser's. */
  readonly page: PagePort | undefined
  /** What hooks made for this client and site, so that all of them share one. */
  readonly shared: Map<unknown, unknown>
  /** The orders that were looked at, by id, by the person who is here; null while nobody knows who that is. */
  readonly orders: Map<string, OrderWatcher> | null
}

/** What belongs to one client at one site, and of it what one person sees. */
export type ScopeCore = Pick<Scope, 'client' | 'site' | 'initial' | 'cart' | 'page' | 'shared' | 'orders'>

export const ScopeContext = /* @__PURE__ */ createContext<Scope | null>(null)

/** The provider's client, site, locale, zone and cart store. */
export function useBursar(): Scope {
  const scope = useContext(ScopeContext)
  if (!scope) throw new Error('No BursarProvider.')
  return scope
}
