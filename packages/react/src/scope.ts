import type { CartStore, CommerceClient, OrderWatcher, PagePort } from '@bursar/core/client'
import { createContext, useContext, useMemo } from 'react'
import { readOf, type Snapshot } from './snapshot.ts'

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

/** What the provider was given and made. */
export type GivenScope = ScopeCore & {
  readonly locale: string | undefined
  readonly timeZone: string | undefined
}

export const ScopeContext = /* @__PURE__ */ createContext<GivenScope | null>(null)

/** The provider's scope as it is, for hooks that show no amount and no date. */
export function useGivenScope(): GivenScope {
  const scope = useContext(ScopeContext)
  if (!scope) throw new Error('No BursarProvider: put one around the page.')
  return scope
}

/** The provider's client, site, locale, zone and cart store. */
export function useBursar(): Scope {
  const given = useGivenScope()
  return useMemo(() => {
    const known = readOf(given.initial, 'site.get', {})
    const { locale = known?.locales[0] ?? 'en', timeZone = known?.timeZone ?? 'UTC' } = given
    return { ...given, locale, timeZone }
  }, [given])
}

/** The one of its kind in this scope; made when it is first asked for. */
export function sharedBy<Value>({ shared }: Scope, key: unknown, make: () => Value): Value {
  if (!shared.has(key)) shared.set(key, make())
  return shared.get(key) as Value // what `make` of the same key made
}
