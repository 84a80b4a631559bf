import type { CommerceClient, PagePort, TabEvent } from '@bursar/core/client'
import { createElement, type ReactElement, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { createScope, type Scope, ScopeContext } from './scope.ts'
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
  /** A cart that the page was told of, such as `bursar_cart` of a buy link. Only the first one counts. */
  cartId?: string | undefined
  /** Another tab signed in or out, or placed the order. The cart is fetched when this has ended. */
  onTabEvent?: ((event: TabEvent) => unknown) | undefined
  /** Storage, timers, chance, network events and the other tabs, for tests. Only the first one counts. @default the browser's */
  page?: PagePort | undefined
  /** The page. */
  children?: ReactNode
}

const NOTHING: Snapshot = {}

/** Gives the hooks below it a client, a cart, and what else belongs to one shopper at one site. Several may stand side by side. */
export function BursarProvider(props: BursarProviderProps): ReactElement {
  const { client, site = 'default', children } = props
  const onTabEvent = useRef(props.onTabEvent)
  useEffect(() => {
    onTabEvent.current = props.onTabEvent
  })
  const make = () => {
    const { initial = NOTHING, cartId, page } = props
    return createScope({ client, site, initial, cartId, page, onTabEvent: (event) => onTabEvent.current?.(event) })
  }
  const [made, remake] = useState(make)
  let core = made
  if (core.client !== client || core.site !== site) {
    core = make()
    remake(core) // during render: React renders again at once, before anybody has seen the old one
  }
  const known = readOf(core.initial, 'site.get', {})
  const locale = props.locale ?? known?.locales[0] ?? 'en'
  const timeZone = props.timeZone ?? known?.timeZone ?? 'UTC'
  const scope = useMemo<Scope>(() => ({ ...core, locale, timeZone }), [core, locale, timeZone])
  return createElement(ScopeContext.Provider, { value: scope }, children)
}
