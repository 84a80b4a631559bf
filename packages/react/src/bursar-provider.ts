import {
  type CartStore,
  type CommerceClient,
  createCartStore,
  type Estimate,
  type PagePort,
  type TabEvent,
} from '@bursar/core/client'
import { createElement, type ReactElement, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { ScopeContext, type ScopeCore } from './scope.ts'
import { impersonal, type Snapshot } from './snapshot.ts'

/** What {@link BursarProvider} takes. */
export interface BursarProviderProps {
  /**
   * Remote (`createCommerceClient`) or in process (`commerce.as(principal)`). Make it outside of the component: another
   * client is another shop, and everything begins anew.
   */
  client: CommerceClient
  /** Site id: keeps what is stored and cached of different sites apart. @default 'default' */
  site?: string | undefined
  /**
   * BCP 47 tag of amounts and dates, also with an underscore (`de_DE`), as many hosts keep it. @default the first locale of
   * the site in `initial`, else 'en'; so too where it is empty
   */
  locale?: string | undefined
  /** IANA zone of dates. @default that of the site in `initial`, else 'UTC'; so too where it is empty */
  timeZone?: string | undefined
  /** What the server fetched with `prefetch` of `@bursar/react/server`. Only the first client's first one counts. */
  initial?: Snapshot | undefined
  /** A cart that the page was told of, such as `bursar_cart` of a buy link. Only the first client's first one counts. */
  cartId?: string | undefined
  /**
   * Loads what reckons a total at once while commands wait: `() => import('@bursar/core/estimate')`. Only the first one
   * counts. @default none, and the total is `stale` meanwhile
   */
  estimate?: (() => Promise<{ estimate: Estimate }>) | undefined
  /** Another tab signed in or out, or placed the order. The cart is fetched when this has ended. */
  onTabEvent?: ((event: TabEvent) => unknown) | undefined
  /** Storage, timers, chance, network events and the other tabs, for tests. Only the first one counts. @default the browser's */
  page?: PagePort | undefined
  /** The page. */
  children?: ReactNode
}

/** Gives the hooks below it a client, a cart, and what else belongs to one shopper at one site. Several may stand
 * side by side; of one site a tab should have one, for what waits for the next page is kept for one of them only. */
export function BursarProvider(props: BursarProviderProps): ReactElement {
  const { client, site = 'default' } = props
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  const make = ({ initial = {}, cartId }: Pick<BursarProviderProps, 'initial' | 'cartId'>): ScopeCore => {
    /** Others see nothing of what the one before saw; nothing is asked before it is known for whom. */
    const change = (orders: ScopeCore['orders'] = new Map()) =>
      remake((now) => (now.cart === cart ? { ...now, initial: impersonal(now.initial), orders } : now))
    const onTabEvent = async (event: TabEvent) => {
      const isOther = event !== 'placed'
      if (isOther) change(null)
      try {
        await latest.current.onTabEvent?.(event)
      } finally {
        if (isOther) change()
      }
    }
    const store = createCartStore({ ...props, initial: initial.cart, cartId, onTabEvent })
    const cart: CartStore = {
      ...store,
      signedIn() {
        change()
        return store.signedIn()
      },
      signedOut() {
        change()
        store.signedOut()
      },
    }
    return { client, site, initial, cart, page: props.page, shared: new Map(), orders: new Map() }
  }
  let [core, remake] = useState(() => make(props))
  if (core.client !== client || core.site !== site) {
    core = make({}) // what was fetched, and the cart, were of the shop before
    remake(core) // during render: React renders again at once, before anybody has seen the old one
  }
  const { cart } = core
  // A sign-out in another tab is heard where no hook looks at the cart, too.
  useEffect(() => cart.subscribe(() => {}), [cart])
  const known = core.initial.site
  const locale = props.locale?.replaceAll('_', '-') || known?.locales[0] || 'en'
  const timeZone = props.timeZone || known?.timeZone || 'UTC'
  const value = useMemo(() => ({ ...core, locale, timeZone }), [core, locale, timeZone])
  return createElement(ScopeContext.Provider, { value }, props.children)
}
