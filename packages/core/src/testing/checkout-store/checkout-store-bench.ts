import type { CartStore, CartStoreOptions } from '../../client/cart-store/cart-store.ts'
import { CHECKOUT_COMMANDS, type CheckoutState } from '../../client/checkout-store/checkout-state.ts'
import type { CheckoutStore, CheckoutStoreOptions } from '../../client/checkout-store/checkout-store.ts'
import { createCartStore } from '../../client/index.ts'
import type { CommerceClient } from '../../contract/index.ts'
import type { PagePort } from '../../ports/index.ts'
import type { ConsentInput } from '../../site/index.ts'
import { type FaultyNetwork, faultyNetwork } from '../cart-store/faulty-network.ts'
import { type TabClock, tabClock } from '../cart-store/tab-clock.ts'
import { type VirtualBrowser, type VirtualTab, virtualBrowser } from '../cart-store/virtual-browser.ts'
import { expectSame, expectThat } from '../expectations.ts'
import type { ShopperChoice } from '../simulated-processor/index.ts'
import { type TestRuntime, testRuntime } from '../test-runtime.ts'
import { type CheckoutShop, type CheckoutShopKind, checkoutShop, type Shopper } from './checkout-shop.ts'

/** What the cases are asked of. */
export interface CheckoutStoreSubject {
  /** Makes the store that is tried. */
  createStore(options: CheckoutStoreOptions): CheckoutStore
  /** How it calls the shop. @default 'in_process' */
  readonly kind?: CheckoutShopKind | undefined
}

/** One tab with a cart's store and a checkout's store in it. */
export interface CheckoutTab {
  /** The cart's. */
  readonly cart: CartStore
  /** The checkout's, subscribed to. */
  readonly store: CheckoutStore
  /** The tab. */
  readonly tab: VirtualTab
  /** The states that it went through, one after the other, with the first. */
  readonly shown: readonly CheckoutState['status'][]
  /** The state, which must be of this status. */
  expect<Status extends CheckoutState['status']>(status: Status): Extract<CheckoutState, { status: Status }>
  /** Leaves the page and opens it again, with new stores. */
  reload(): CheckoutTab
}

/** What a case works with. */
export interface CheckoutStoreBench extends TabClock {
  /** The shop. */
  readonly shop: CheckoutShop
  /** The clock of all. */
  readonly runtime: TestRuntime
  /** The network between tabs and shop. */
  readonly network: FaultyNetwork
  /** The browser. */
  readonly browser: VirtualBrowser
  /** Who the shopper is now. */
  readonly shopper: { who: Shopper }
  /** What the site asks for, given. */
  readonly consents: readonly ConsentInput[]
  /** Opens a tab. */
  open(options?: { page?: VirtualTab | undefined }): CheckoutTab
  /** Opens a tab whose cart holds the course, as the line `course`. */
  openWithCourse(): Promise<CheckoutTab>
  /** The same, and a second tab that shows the same cart. */
  openInTwoTabs(): Promise<readonly [CheckoutTab, CheckoutTab]>
  /** Makes a store that nobody has subscribed to, in a tab. */
  createStore(tab: CheckoutTab, page?: PagePort): CheckoutStore
  /** The processor's field, in which the shopper does this. */
  field(choice: ShopperChoice): (clientSecret: string) => Promise<unknown>
  /** Lets time go by until no tab waits for an answer. */
  settle(...tabs: readonly CheckoutTab[]): Promise<void>
  /** Goes until a tab shows this status. */
  reach(tab: CheckoutTab, status: CheckoutState['status']): Promise<void>
  /** The keys of all requests of an operation, in order. */
  keys(operation: string): (string | undefined)[]
  /** How many requests of an operation were made. */
  count(operation: string): number
  /** Fails unless so many payments took money. */
  expectCharges(count: 0 | 1): void
  /** Fails if any tab ever showed a state that may not be. */
  expectSound(): void
}

/** What the site of the bench requires. */
export const TERMS: readonly ConsentInput[] = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }]

/** Makes a bench with a fresh shop and browser. */
export async function checkoutStoreBench(
  { createStore, kind = 'in_process' }: CheckoutStoreSubject,
  options: { hasChannels?: boolean | undefined; seed?: number | undefined } = {},
): Promise<CheckoutStoreBench> {
  const runtime = testRuntime({ seed: options.seed })
  const clock = tabClock(runtime)
  const shop = await checkoutShop(kind, runtime)
  const network = faultyNetwork(runtime)
  const browser = virtualBrowser(runtime, options)
  const shopper: { who: Shopper } = { who: 'learner-1' }
  const opened = new Map<CheckoutStore, CommerceClient>()
  const wrong: unknown[] = []
  let tabs = 0

  /** A listener that throws would break the store that it listens to. */
  const note = (look: () => void) => {
    try {
      look()
    } catch (error) {
      wrong.push(error)
    }
  }

  const openIn = (tab: VirtualTab): CheckoutTab => {
    tabs += 1
    const client = shop.client(network, { tab: tabs, isClosed: tab.isClosed }, () => shopper.who)
    const cart = createCartStore({ client, page: tab.page } satisfies CartStoreOptions)
    const store = createStore({ client, cart, page: tab.page })
    const shown: CheckoutState['status'][] = []
    const look = () => {
      if (tab.isClosed()) return
      const state = store.getState()
      note(() => expectRightState(state, shop))
      if (shown.at(-1) !== state.status) shown.push(state.status)
    }
    look()
    cart.subscribe(() => {})
    store.subscribe(look)
    opened.set(store, client)
    return {
      cart,
      store,
      tab,
      shown,
      expect: (status) => {
        const state = store.getState()
        bench.expectSound()
        expectSame([state.status, shown], [status, shown], `where the checkout stands (${textOf(state)})`)
        return state as Extract<CheckoutState, { status: typeof status }> // by the line above
      },
      reload: () => openIn(tab.reload()),
    }
  }

  const bench: CheckoutStoreBench = {
    ...clock,
    shop,
    runtime,
    network,
    browser,
    shopper,
    consents: TERMS,
    open: ({ page = browser.tab() } = {}) => openIn(page),
    async openWithCourse() {
      const tab = bench.open()
      const added = await clock.ended(tab.cart.addLine({ variantId: shop.variants.course, lineId: 'course' }))
      expectThat(added.ok, 'the course is in the cart')
      await bench.settle(tab)
      return tab
    },
    async openInTwoTabs() {
      const [one, two] = [await bench.openWithCourse(), bench.open()]
      await bench.settle(one, two)
      return [one, two]
    },
    createStore: ({ store, cart, tab }, page = tab.page) => {
      const client = opened.get(store)
      expectThat(client !== undefined, 'the tab is of this bench')
      return createStore({ client, cart, page })
    },
    field: (choice) => (clientSecret) => shop.processor.confirm(clientSecret, choice),
    async settle(...open) {
      await clock.run(50)
      const isIdle = ({ cart, store, tab }: CheckoutTab) => {
        const { pending, online, status, quoteState } = cart.getState()
        const isStill = pending === 0 && online && status !== 'loading' && quoteState !== 'stale'
        return tab.isClosed() || (isStill && !['starting', 'confirming'].includes(store.getState().status))
      }
      let quiet = 0
      await clock.until(() => {
        quiet = open.every(isIdle) ? quiet + 1 : 0
        return quiet > 10 // messages and answers under way have arrived
      }, 'the stores come to rest')
    },
    reach: ({ store, shown }, status) =>
      clock.until(() => store.getState().status === status, `${status} is reached (after ${shown.join(', ')})`),
    keys: (operation) => network.requests.filter((one) => one.operation === operation).map(({ key }) => key),
    count: (operation) => bench.keys(operation).length,
    expectSound() {
      if (wrong.length > 0) throw wrong[0]
    },
    expectCharges(count) {
      const charged = [...shop.taken().values()].flat()
      expectSame(charged.length, count, 'payments that took money')
    },
  }
  return bench
}

/** What holds for each state that is shown: its commands are those of the table, and `placed` is what the server said. */
function expectRightState(state: CheckoutState, { told }: CheckoutShop): void {
  const commands = Object.entries(state).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []))
  expectSame(commands.sort(), [...CHECKOUT_COMMANDS[state.status]].sort(), `the commands of ${state.status}`)
  if (!('start' in state)) expectSame(state.canStart, false, `canStart of ${state.status}`)
  if (state.status === 'placed')
    expectThat(told.has(state.order.id), 'the server placed the order that is shown as placed')
}

const textOf = (state: CheckoutState): string =>
  JSON.stringify(state, (name, value) => (['order', 'before', 'after'].includes(name) ? '…' : value))
