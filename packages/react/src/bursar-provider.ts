import type { CommerceClient } from '@bursar/core/client'
import { createElement, type ReactElement, type ReactNode, useMemo } from 'react'
import { type Scope, ScopeContext } from './scope.ts'
import { readOf, type Snapshot } from './snapshot.ts'

/** What {@link BursarProvider} takes. */
export interface BursarProviderProps {
  /**
   * Remote (`createCommerceClient`) or in process (`commerce.as(principal)`). Make it outside of the component: another
   * client is another shop, and everything begins anew.
   */
  client: CommerceClient
  /** Site id: keeps what is stored and cached of different sites apart. @default 'default' */
  site?: string | undefined
  /** BCP 47 tag of amounts and dates. @default the first locale of the site in `initial`, else 'en' */
  locale?: string | undefined
  /** IANA zone of dates. @default that of the site in `initial`, else 'UTC' */
  timeZone?: string | undefined
  /** What the server fetched with `prefetch` of `@bursar/react/server`. Only the first one counts. */
  initial?: Snapshot | undefined
  /** The page. */
  children?: ReactNode
}

const NOTHING: Snapshot = {}

/** Gives the hooks below it a client and what belongs to one shopper at one site. Providers may stand side by side. */
export function BursarProvider(props: BursarProviderProps): ReactElement {
  const { client, site = 'default', initial = NOTHING, children } = props
  const known = readOf(initial, 'site.get', {})
  const locale = props.locale ?? known?.locales[0] ?? 'en'
  const timeZone = props.timeZone ?? known?.timeZone ?? 'UTC'
  const scope = useMemo<Scope>(
    () => ({ client, site, locale, timeZone, initial }),
    [client, site, locale, timeZone, initial],
  )
  return createElement(ScopeContext.Provider, { value: scope }, children)
}
