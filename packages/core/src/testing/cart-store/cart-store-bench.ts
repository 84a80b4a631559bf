import type { CartWithQuote } from '../../cart/index.ts'
import type { CartStore, CartStoreOptions } from '../../client/cart-store/cart-store.ts'
import type { CommerceClient } from '../../contract/index.ts'
import type { ContractCustomer } from '../commerce-subject.ts'
import { expectThat } from '../expectations.ts'
import { type TestRuntime, testRuntime } from '../test-runtime.ts'
import { type FaultyNetwork, faultyNetwork, type NetworkTab } from './faulty-network.ts'
import { type TabClock, tabClock } from './tab-clock.ts'
import { type VirtualBrowser, type VirtualTab, virtualBrowser } from './virtual-browser.ts'

/** Who the shopper is: one of two customers, or nobody. All tabs of a browser are of one shopper. */
export type Who = ContractCustomer | null

/** A shop for one case, and how tabs reach it. */
export interface CartStoreShop {
  /** Three published variants with a price; lines may hold ten of the first one and not `tooMany`, and five of the second. */
  /** Another currency that the site sells in; a new cart has the first one. */
  readonly otherCurrency: string
  readonly variantIds: readonly [string, string, string]
  /** See above. */
  readonly tooMany: number
  /** A code that takes something off the first variant, and its id. */
  readonly code: { readonly typed: string; readonly id: string }
  /** A client that reaches the shop through the network, for whoever the shopper is at each request. */
  client(network: FaultyNetwork, tab: NetworkTab, who: () => Who): CommerceClient
  /** A client that no network lies before. */
  direct(who: Who, cartToken: string | undefined): CommerceClient
  /** Orders and pays what is in a cart; `meanwhile` happens once the order is begun and before it is paid. Answers the order's id. */
  order(client: CommerceClient, cart: CartWithQuote, meanwhile?: () => Promise<void>): Promise<string>
}

/** What the cases are asked of. */
export interface CartStoreSubject {
  /** Makes the store that is tried. */
  createStore(options: CartStoreOptions): CartStore
  /** Makes a shop. */
  shop(): Promise<CartStoreShop>
}

/** One tab with a store in it. */
export interface StoreTab {
  /** Its store, subscribed to. */
  readonly store: CartStore
  /** The tab. */
  readonly tab: VirtualTab
  /** Leaves the page and opens it again, with a new store. */
  reload(): StoreTab
}

/** What a case works with. */
export interface CartStoreBench extends TabClock {
  /** The shop. */
  readonly shop: CartStoreShop
  /** The clock of tabs and network. */
  readonly runtime: TestRuntime
  /** The network between them and the shop. */
  readonly network: FaultyNetwork
  /** The browser. */
  readonly browser: VirtualBrowser
  /** Who the shopper is now. */
  readonly shopper: { who: Who }
  /** Makes a store that nobody has subscribed to. */
  createStore(options: Omit<CartStoreOptions, 'client'>): CartStore
  /** Opens a tab. */
  open(options?: Partial<CartStoreOptions>): StoreTab
  /** Lets time go by until no store has anything to do. */
  settle(...tabs: readonly StoreTab[]): Promise<void>
  /** The cart as the server has it. */
  truth(tab: StoreTab): Promise<CartWithQuote>
  /** How many requests of an operation were made. */
  count(operation: string): number
}

/** Makes a bench with a fresh shop and browser. */
export async function cartStoreBench(
  { createStore, shop: makeShop }: CartStoreSubject,
  options: { hasChannels?: boolean | undefined; seed?: number | undefined } = {},
): Promise<CartStoreBench> {
  const shop = await makeShop()
  const runtime = testRuntime({ seed: options.seed })
  const clock = tabClock(runtime)
  const network = faultyNetwork(runtime)
  const browser = virtualBrowser(runtime, options)
  const shopper: { who: Who } = { who: null }
  let tabs = 0

  const openIn = (tab: VirtualTab, given: Partial<CartStoreOptions>): StoreTab => {
    tabs += 1
    const client = shop.client(network, { tab: tabs, isClosed: tab.isClosed }, () => shopper.who)
    const store = createStore({ client, page: tab.page, ...given })
    store.subscribe(() => {})
    return { store, tab, reload: () => openIn(tab.reload(), given) }
  }

  return {
    ...clock,
    shop,
    runtime,
    network,
    browser,
    shopper,
    createStore: (given) =>
      createStore({ client: shop.client(network, { tab: 0, isClosed: () => false }, () => shopper.who), ...given }),
    open: (given = {}) => openIn(browser.tab(), given),
    async settle(...open) {
      await clock.run(50)
      const isIdle = ({ store }: StoreTab) => {
        const { pending, online, status, quoteState } = store.getState()
        return pending === 0 && online && status !== 'loading' && quoteState !== 'stale'
      }
      let quiet = 0
      await clock.until(() => {
        quiet = open.every(isIdle) ? quiet + 1 : 0
        return quiet > 10 // messages and answers under way have arrived
      }, 'the stores come to rest')
    },
    truth: (tab) => {
      const { cart } = tab.store.getState()
      expectThat(cart !== null, 'there is a cart')
      return shop.direct(shopper.who, tab.store.options().cartToken).carts.get({ cartId: cart.id })
    },
    count: (operation) => network.requests.filter((request) => request.operation === operation).length,
  }
}
