import type { CheckoutState } from '../../client/checkout-store/checkout-state.ts'
import type { CheckoutStore, CheckoutStoreOptions } from '../../client/checkout-store/checkout-store.ts'
import { createCheckoutStore } from '../../client/index.ts'
import { BursarError, isBursarError } from '../../errors/index.ts'
import type { OrderView } from '../../order/index.ts'
import type { PagePort } from '../../ports/index.ts'
import { type Ask, withSpoiltClient, withSpoiltPage } from '../spoilt-options.ts'

/** A checkout store that is wrong in one way. The contract must find it. */
export interface CheckoutStoreFault {
  /** What is wrong with it. */
  readonly name: string
  /** Makes one. */
  createStore(options: CheckoutStoreOptions): CheckoutStore
}

type WithPage = CheckoutStoreOptions & { page: PagePort }

/** The wrong stores: each breaks one promise, at the client that it calls, at the page or the cart that it is given, or at itself. */
export const checkoutStoreFaults: readonly CheckoutStoreFault[] = [
  atClient('a new key at each try', (ask) => {
    let n = 0
    return (operation, input, options) =>
      ask(
        operation,
        input,
        operation === 'carts.checkout' ? { ...options, idempotencyKey: `another-key-${n++}` } : options,
      )
  }),
  atClient('a key that was declined is used again', (ask) => {
    let first: string | undefined
    return (operation, input, options) => {
      if (operation !== 'carts.checkout') return ask(operation, input, options)
      first ??= options.idempotencyKey
      return ask(operation, input, { ...options, idempotencyKey: first })
    }
  }),
  atClient(
    'no keys',
    (ask) => (operation, input, options) => ask(operation, input, { ...options, idempotencyKey: undefined }),
  ),
  atClient('each start is sent twice', (ask) => async (operation, input, options) => {
    if (operation === 'carts.checkout')
      await ask(operation, input, { ...options, idempotencyKey: `${options.idempotencyKey}-2` })
    return ask(operation, input, options)
  }),
  atClient(
    'a start without an answer is sent again',
    (ask) => (operation, input, options) =>
      ask(operation, input, options).catch((error: unknown) => {
        if (operation !== 'carts.checkout' || (isBursarError(error) && error.status < 500)) throw error
        return ask(operation, input, { ...options, idempotencyKey: `${options.idempotencyKey}-again` })
      }),
  ),
  atClient('no answer is a refusal', (ask) =>
    refusing(ask, (error) => !isBursarError(error) || error.code === 'unavailable'),
  ),
  atClient('500 is a refusal', (ask) => refusing(ask, (error) => isBursarError(error, 'internal'))),
  atClient('who is not signed in is refused for good', (ask) =>
    refusing(ask, (error) => isBursarError(error, 'unauthenticated')),
  ),
  atClient(
    'another price is paid without a word',
    (ask) => (operation, input, options) =>
      ask(operation, input, options).catch((error: unknown) => {
        if (!isBursarError(error, 'price_changed')) throw error
        const { total } = error.data as { total: { amount: number; currency: string } }
        return ask(
          operation,
          { ...input, expectedTotal: total },
          { ...options, idempotencyKey: `${options.idempotencyKey}-more` },
        )
      }),
  ),
  atClient('the currency of the expected total is that of the site', (ask) => async (operation, input, options) => {
    if (operation !== 'carts.checkout') return ask(operation, input, options)
    const { cartId, expectedTotal } = input as { cartId: string; expectedTotal: { amount: number } }
    const { cart } = (await ask('carts.get', { cartId }, options)) as { cart: { currency: string } }
    return ask(operation, { ...input, expectedTotal: { ...expectedTotal, currency: cart.currency } }, options)
  }),
  atClient(
    'only the record is read: the processor is not asked',
    (ask) => (operation, input, options) =>
      ask(operation === 'orders.refreshPayment' ? 'orders.get' : operation, input, options),
  ),
  atClient(
    'what is accepted is taken for paid',
    (ask) => (operation, input, options) =>
      ask(operation, input, options).then((answer) => changeOrder(answer, (order) => ({ ...order, state: 'placed' }))),
  ),
  atClient(
    'a pending order is not looked for',
    (ask) => (operation, input, options) =>
      ask(operation, input, options).then((answer) =>
        operation === 'carts.get' && hasCart(answer)
          ? { ...answer, cart: { ...answer.cart, orderId: null, pendingOrderId: null } }
          : answer,
      ),
  ),
  atClient('the line that is sold out is not told', (ask) => withoutData(ask, 'sold_out')),
  atClient('the consents that are missing are not told', (ask) => withoutData(ask, 'consent_required')),
  atClient(
    'a guest’s order is asked for without the token',
    (ask) => (operation, input, options) =>
      ask(operation, input, operation === 'orders.refreshPayment' ? { ...options, cartToken: undefined } : options),
  ),
  atPage('an attempt is forgotten with the page', ({ own, ...page }) => ({
    ...page,
    own: { ...own, setItem: () => {} },
  })),
  atPage('an attempt is never forgotten', ({ own, ...page }) => ({ ...page, own: { ...own, removeItem: () => {} } })),
  atPage('an attempt is resumed with another key', ({ own, ...page }) => ({
    ...page,
    own: { ...own, getItem: (key) => own.getItem(key)?.replace(/"key":"..../g, '"key":"0000') ?? null },
  })),
  atPage('a token is taken for a field to fill in after a reload', ({ own, ...page }) => ({
    ...page,
    own: { ...own, getItem: (key) => own.getItem(key)?.replace('"isTokenised":true', '"isTokenised":false') ?? null },
  })),
  atPage('a guest’s token is forgotten with the page', ({ own, ...page }) => ({
    ...page,
    own: { ...own, getItem: (key) => own.getItem(key)?.replace(/"cartToken":"[^"]*",?/, '') ?? null },
  })),
  atPage('names are stored', ({ own, ...page }) => ({
    ...page,
    own: { ...own, setItem: (key, value) => own.setItem(key, `${value} `.replace(/}? $/, ',"who":"Gwen"}')) },
  })),
  atPage('a storage that throws breaks it', ({ own, ...page }) => {
    own.getItem('is it allowed?')
    return { ...page, own }
  }),
  atPage('waits last a moment', (page) => ({
    ...page,
    sleep: (milliseconds, signal) => page.sleep(Math.min(milliseconds, 100), signal),
  })),
  atPage('waits never end', (page) => ({ ...page, sleep: (_, signal) => page.sleep(1e12, signal) })),
  atPage('the return of the network is not heard', (page) => ({ ...page, onReturn: () => () => {} })),
  atPage('a hidden tab goes on asking', (page) => ({ ...page, isHidden: () => false })),
  {
    name: 'the page is touched when the store is made',
    createStore: (options) => {
      void (options as WithPage).page.own // the bench gives one
      return createCheckoutStore(options)
    },
  },
  {
    name: 'the cart is not told of the order',
    createStore: ({ cart, ...options }) => createCheckoutStore({ ...options, cart: { ...cart, placed: () => {} } }),
  },
  {
    name: 'the cart is not heard',
    createStore: ({ cart, ...options }) =>
      createCheckoutStore({ ...options, cart: { ...cart, subscribe: () => () => {} } }),
  },
  {
    name: 'any price is final enough',
    createStore: ({ cart, ...options }) => {
      const getState: typeof cart.getState = () => ({ ...cart.getState(), pending: 0, quoteState: 'final' })
      return createCheckoutStore({ ...options, cart: { ...cart, getState } })
    },
  },
  {
    name: 'who gets a line is not looked at',
    createStore: ({ cart, client, ...options }) => {
      const getState: typeof cart.getState = () => {
        const state = cart.getState()
        const lines = state.cart?.lines.map((line) => ({ ...line, recipient: { type: 'buyer' } as const })) ?? []
        return { ...state, cart: state.cart && { ...state.cart, lines } }
      }
      return createCheckoutStore({ ...options, client, cart: { ...cart, getState } })
    },
  },
  {
    name: 'the state is another object at each look',
    createStore: (options) => {
      const store = createCheckoutStore(options)
      return { ...store, getState: () => ({ ...store.getState() }) }
    },
  },
  atState('`unknown` can be paid again', (state, store) =>
    state.status === 'unknown' ? ({ ...state, start: firstStart(store) } as unknown as CheckoutState) : state,
  ),
  atState('`processing` cannot be asked about', (state) => {
    if (state.status !== 'processing') return state
    const { check: _, ...rest } = state
    return rest as CheckoutState
  }),
  atState('the price of before is that of now', (state) =>
    state.status === 'price_changed' ? { ...state, before: state.after } : state,
  ),
  atState('it can always be started', (state) => ({ ...state, canStart: true }) as CheckoutState),
  atState('the field acts before anybody looks', (state) =>
    'confirm' in state
      ? {
          ...state,
          confirm: async (act = () => {}) => {
            await Promise.resolve(act('clientSecret' in state ? state.clientSecret : '')).catch(() => {})
            return state.confirm(act)
          },
        }
      : state,
  ),
  atState('a field that throws breaks the page', (state) =>
    'confirm' in state
      ? {
          ...state,
          confirm: async (act = () => {}) => {
            let thrown: unknown
            const outcome = await state.confirm(async (secret) => {
              try {
                await act(secret)
              } catch (error) {
                thrown = error
              }
            })
            if (thrown !== undefined) throw thrown
            return outcome
          },
        }
      : state,
  ),
  {
    name: 'who unsubscribed is told on',
    createStore: (options) => {
      const store = createCheckoutStore(options)
      return {
        ...store,
        subscribe: (listener) => {
          store.subscribe(listener)
          return () => {}
        },
      }
    },
  },
  {
    name: 'what was left is not taken up',
    createStore: (options) => {
      const store = createCheckoutStore(options)
      let isFirst = true
      return {
        ...store,
        subscribe: (listener) => {
          if (isFirst) (options as WithPage).page.own.removeItem('bursar.checkout.default') // the bench gives one
          isFirst = false
          return store.subscribe(listener)
        },
      }
    },
  },
]

function atClient(name: string, spoil: (ask: Ask) => Ask): CheckoutStoreFault {
  return { name, createStore: (options) => createCheckoutStore(withSpoiltClient(options, spoil)) }
}

function atPage(name: string, spoil: (page: PagePort) => PagePort): CheckoutStoreFault {
  return { name, createStore: (options) => createCheckoutStore(withSpoiltPage(options, spoil)) }
}

/** Shows another state in the place of each. */
function atState(
  name: string,
  change: (state: CheckoutState, store: CheckoutStore) => CheckoutState,
): CheckoutStoreFault {
  return {
    name,
    createStore: (options) => {
      const store = createCheckoutStore(options)
      let from: CheckoutState | null = null
      let shown = store.getState()
      return {
        ...store,
        getState() {
          const state = store.getState()
          if (state !== from) shown = change(state, store)
          from = state
          return shown
        },
      }
    },
  }
}

/** The `start` that a store had when it began, kept as a page may keep it. */
function firstStart(store: CheckoutStore): unknown {
  const state = store.getInitialState()
  return 'start' in state ? state.start : undefined
}

function refusing(ask: Ask, isRefused: (error: unknown) => boolean): Ask {
  return (operation, input, options) =>
    ask(operation, input, options).catch((error: unknown) => {
      throw isRefused(error) ? new BursarError('forbidden') : error
    })
}

function withoutData(ask: Ask, code: 'sold_out' | 'consent_required'): Ask {
  return (operation, input, options) =>
    ask(operation, input, options).catch((error: unknown) => {
      throw isBursarError(error, code) ? new BursarError(code) : error
    })
}

function changeOrder(answer: unknown, change: (order: OrderView) => OrderView): unknown {
  if (typeof answer !== 'object' || answer === null) return answer
  if ('order' in answer) return { ...answer, order: change(answer.order as OrderView) } // an answer of the contract
  return 'number' in answer ? change(answer as unknown as OrderView) : answer
}

const hasCart = (answer: unknown): answer is { cart: object } =>
  typeof answer === 'object' && answer !== null && 'cart' in answer
