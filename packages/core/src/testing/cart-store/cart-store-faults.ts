import type { CartState } from '../../client/cart-store/cart-state.ts'
import type { CartStore, CartStoreOptions } from '../../client/cart-store/cart-store.ts'
import { createCartStore } from '../../client/index.ts'
import { BursarError, isBursarError } from '../../errors/index.ts'
import type { PagePort, TabMessage } from '../../ports/index.ts'
import { type Ask, withSpoiltClient, withSpoiltPage } from '../spoilt-options.ts'

/** A cart store that is wrong in one way. The contract must find it. */
export interface CartStoreFault {
  /** What is wrong with it. */
  readonly name: string
  /** Makes one. */
  createStore(options: CartStoreOptions): CartStore
}

type Done = { cart: { version: number } }
type WithPage = CartStoreOptions & { page: PagePort }

/** The wrong stores: each breaks one promise, at the client that it calls, at the page that it is given or at itself. */
export const cartStoreFaults: readonly CartStoreFault[] = [
  atClient('a new key at each try', (ask) => {
    let n = 0
    return (operation, input, options) => ask(operation, input, { ...options, idempotencyKey: `another-key-${n++}` })
  }),
  atClient(
    'no keys',
    (ask) => (operation, input, options) => ask(operation, input, { ...options, idempotencyKey: undefined }),
  ),
  atClient('each change is sent twice', (ask) => async (operation, input, options) => {
    if (operation === 'carts.updateLine') await ask(operation, input, options)
    return ask(operation, input, options)
  }),
  atClient('each change has a twin beside it', (ask) => (operation, input, options) => {
    if (operation === 'carts.updateLine')
      void ask('carts.get', { cartId: (input as { cartId: string }).cartId }, options).catch(() => {})
    return ask(operation, input, options)
  }),
  atClient('two carts are made for one', (ask) => async (operation, input, options) => {
    if (operation === 'carts.create') await ask(operation, input, options)
    return ask(operation, input, options)
  }),
  atClient(
    'no answer is a refusal',
    (ask) => (operation, input, options) =>
      ask(operation, input, options).catch((error: unknown) => {
        throw isBursarError(error) && error.code !== 'unavailable' ? error : new BursarError('forbidden')
      }),
  ),
  atClient(
    '500 is a refusal',
    (ask) => (operation, input, options) =>
      ask(operation, input, options).catch((error: unknown) => {
        throw isBursarError(error, 'internal') ? new BursarError('forbidden') : error
      }),
  ),
  atClient(
    'a conflict is a refusal',
    (ask) => (operation, input, options) =>
      ask(operation, input, options).catch((error: unknown) => {
        throw isBursarError(error, 'version_conflict') ? new BursarError('forbidden') : error
      }),
  ),
  atClient(
    'a refusal is a success',
    (ask) => (operation, input, options) =>
      ask(operation, input, options).catch((error: unknown) => {
        if (!isBursarError(error, 'quantity_not_allowed')) throw error
        return ask('carts.get', { cartId: (input as { cartId: string }).cartId }, options)
      }),
  ),
  atClient('an older answer replaces a newer one', (ask) => {
    let n = 0
    return async (operation, input, options) => {
      const answer = await ask(operation, input, options)
      if (answer === null || typeof answer !== 'object' || !('cart' in answer)) return answer
      n += 1
      return { ...answer, cart: { ...(answer as Done).cart, version: n } } // whatever comes later seems newer
    }
  }),
  atClient(
    'at sign-in nothing is merged',
    (ask) => (operation, input, options) => ask(operation, operation === 'me.takeCart' ? {} : input, options),
  ),
  atClient('at sign-in the customer’s own cart is not looked for', (ask) => async (operation, input, options) => {
    if (operation === 'me.takeCart') await ask('carts.create', {}, {})
    return ask(operation, input, options)
  }),
  atClient('at sign-in the currency is forgotten', (ask) => async (operation, input, options) => {
    if (operation === 'me.takeCart' && (await ask('me.cart', {}, {})) === null) await ask('carts.create', {}, {})
    return ask(operation, input, options)
  }),
  atClient('a cart that is gone is never given up', (ask) => {
    let last: unknown
    return async (operation, input, options) => {
      try {
        last = await ask(operation, input, options)
        return last
      } catch (error) {
        if (operation === 'carts.get' && last !== undefined) return last
        throw error
      }
    }
  }),
  atPage('what waits is forgotten with the page', ({ own, ...page }) => ({
    ...page,
    own: { ...own, setItem: () => {} },
  })),
  atPage('what waits is resumed with other keys', ({ own, ...page }) => ({
    ...page,
    own: { ...own, getItem: (key) => own.getItem(key)?.replace(/"key":"..../g, '"key":"0000') ?? null },
  })),
  atPage('each tab has a cart of its own', ({ shared: _, ...page }) => ({ ...page, shared: page.own })),
  atPage('names are stored', ({ own, ...page }) => ({
    ...page,
    own: { ...own, setItem: (key, value) => own.setItem(key, `${value} ${value === '' ? '' : 'ada'}`) },
  })),
  atPage('waits last a second', (page) => ({
    ...page,
    sleep: (milliseconds, signal) => page.sleep(Math.min(milliseconds, 1000), signal),
  })),
  atPage('waits never end', (page) => ({ ...page, sleep: (_, signal) => page.sleep(1e12, signal) })),
  atPage('the return of the network is not heard', (page) => ({ ...page, onReturn: () => () => {} })),
  atPage('other tabs are not heard', (page) => ({ ...page, openChannel: (name) => page.openChannel(name, () => {}) })),
  atPage('other tabs are not told', (page) => telling(page, () => [])),
  atPage('tabs are told the whole cart', (page) =>
    telling(page, (message) => [{ ...message, lines: [] } as TabMessage]),
  ),
  ...(['signed_in', 'signed_out', 'placed'] as const).map((type) =>
    atPage(`other tabs are not told of ${type}`, (page) =>
      telling(page, (message) => (message.type === type ? [] : [message])),
    ),
  ),
  {
    name: 'the page is touched when the store is made',
    createStore: (options) => {
      ;(options as WithPage).page.randomBytes(1) // the bench gives one
      return createCartStore(options)
    },
  },
  atStore('clicks are dropped while one is in flight', (store) => ({
    setQuantity: (lineId, quantity) =>
      store.getState().pending > 0
        ? Promise.resolve({ ok: true, state: store.getState() })
        : store.setQuantity(lineId, quantity),
  })),
  atStore('only what the server has is shown', (store) => ({
    getState: reading(store, (state) => ({
      lines: state.cart?.lines.map((line) => ({ ...line, pending: false })) ?? [],
    })),
  })),
  atStore('the quote is always final', (store) => ({ getState: reading(store, () => ({ quoteState: 'final' })) })),
  atStore('errors go with the next success', (store) => ({
    getState: reading(store, ({ pending, errors }) => ({ errors: pending === 0 ? [] : errors })),
  })),
  atStore('errors stay when they are dismissed', () => ({ dismissError: () => {} })),
  atStore('the state is another object at each look', (store) => ({ getState: () => ({ ...store.getState() }) })),
  atStore('lines are other objects at each change', (store) => ({
    getState: reading(store, ({ lines }) => ({ lines: lines.map((line) => ({ ...line })) })),
  })),
  atStore('a removal waits until all else is sent', (store) => ({
    removeLine: (lineId) =>
      store.getState().pending > 0 ? after(store, () => store.removeLine(lineId)) : store.removeLine(lineId),
  })),
  atStore('changes of one line are not joined', (store) => ({
    setRecipient: (lineId, recipient) => after(store, () => store.setRecipient(lineId, recipient)),
  })),
  atClient('the next cart of an ordered one is not named', (ask) => async (operation, input, options) => {
    const answer = (await ask(operation, input, options)) as { cart?: { nextCartId?: string } } | null
    if (answer?.cart?.nextCartId === undefined) return answer
    const { nextCartId: _named, ...cart } = answer.cart
    return { ...answer, cart }
  }),
  atStore('sign-out forgets nothing', () => ({ signedOut: () => {} })),
  atStore('the order is not told', () => ({ placed: () => {} })),
  atStore('a fetch waits for the network', (store) => ({
    refresh: async () => {
      for (;;) {
        const result = await store.refresh()
        if (result.ok) return result
      }
    },
  })),
]

function atClient(name: string, spoil: (ask: Ask) => Ask): CartStoreFault {
  return { name, createStore: (options) => createCartStore(withSpoiltClient(options, spoil)) }
}

function atPage(name: string, spoil: (page: PagePort) => PagePort): CartStoreFault {
  return { name, createStore: (options) => createCartStore(withSpoiltPage(options, spoil)) }
}

function atStore(name: string, spoil: (store: CartStore) => Partial<CartStore>): CartStoreFault {
  return {
    name,
    createStore: (options) => {
      const store = createCartStore(options)
      return { ...store, ...spoil(store) }
    },
  }
}

/** Reads the state with some members replaced, stable as the store's own. */
function reading(store: CartStore, change: (state: CartState) => Partial<CartState>): () => CartState {
  let from: CartState | null = null
  let changed = store.getState()
  return () => {
    const state = store.getState()
    if (state !== from) changed = { ...state, ...change(state) }
    from = state
    return changed
  }
}

function telling(page: PagePort, filter: (message: TabMessage) => TabMessage[]): PagePort {
  return {
    ...page,
    openChannel: (name, receive) => {
      const channel = page.openChannel(name, receive)
      if (channel === null) return null
      return {
        ...channel,
        postMessage: (message) => {
          for (const one of filter(message)) channel.postMessage(one)
        },
      }
    },
  }
}

/** Does it when nothing waits. */
function after<T>(store: CartStore, act: () => Promise<T>): Promise<T> {
  return new Promise((resolve) => {
    const look = () => {
      if (store.getState().pending > 0) return
      stop()
      resolve(act())
    }
    const stop = store.subscribe(look)
    queueMicrotask(look)
  })
}
