import type { CommerceClient } from '@bursar/core/client'
import { createContext, useContext } from 'react'
import type { Snapshot } from './snapshot.ts'

/** What a {@link BursarProvider} gives to the hooks below it. */
export interface Scope {
  /** Remote, or `commerce.as(principal)`. */
  readonly client: CommerceClient
  /** Site id: keeps what is stored and cached of different sites apart. */
  readonly site: string
  /** BCP 47 tag of amounts and dates. */
  readonly locale: string
  /** IANA zone of dates. */
  readonly timeZone: string
  /** What the server fetched. */
  readonly initial: Snapshot
}

export const ScopeContext = /* @__PURE__ */ createContext<Scope | null>(null)

/** The provider's client, site, locale and zone. */
export function useBursar(): Scope {
  const scope = useContext(ScopeContext)
  if (scope === null) throw new Error('A hook of Bursar was called outside of BursarProvider: put one around the page.')
  return scope
}
