import type { CommerceClient, OperationError, OperationOptions } from '../../contract/index.ts'
import type { BursarError } from '../../errors/index.ts'
import type { OrderView } from '../../order/index.ts'
import type { PagePort } from '../../ports/index.ts'
import { systemPage } from '../../ports/system-runtime.ts'
import { toBursarError } from '../client-error.ts'
import { poll } from '../poll.ts'

/** Why an order can't be shown. */
export type OrderError = BursarError<OperationError<'orders.get'>>

/** An order as a page watches it. */
export type WatchedOrder =
  /** No answer yet. */
  | { readonly status: 'loading' }
  /** `isEnded`: nothing more will happen by itself. `isStale`: the server did not answer the last time. */
  | { readonly status: 'ready'; readonly order: OrderView; readonly isEnded: boolean; readonly isStale: boolean }
  /** The server does not answer; it is asked again. */
  | { readonly status: 'unavailable'; readonly error: OrderError }
  /** The answer was no: `not_found` for an order that is not there or is somebody else's. */
  | { readonly status: 'error'; readonly error: OrderError }

/** What an order watcher is made of. */
export interface OrderWatcherOptions {
  /** Remote, or in process. */
  client: CommerceClient
  /** Order id. */
  orderId: string
  /** What opens it, asked at each request: a guest's needs the token of the cart that it was. @default nothing */
  options?: (() => Pick<OperationOptions, 'cartToken'>) | undefined
  /** The order as it was fetched before. */
  initial?: OrderView | undefined
  /** Timers, and whether somebody looks. @default the browser's */
  page?: Pick<PagePort, 'sleep' | 'onReturn' | 'isHidden'> | undefined
}

/** Watches an order while somebody subscribes: until its delivery has ended, and not in hidden tabs. */
export interface OrderWatcher {
  /** The state now: the same object until something changes. */
  getState(): WatchedOrder
  /** The state that it began with. */
  getInitialState(): WatchedOrder
  /** Calls back after each change. */
  subscribe(listener: () => void): () => void
  /** Asks now. Never rejects. */
  refresh(): Promise<void>
}

const FIRST_WAIT = 1000
const LONGEST_WAIT = 30_000

/** Makes one. */
export function createOrderWatcher(options: OrderWatcherOptions): OrderWatcher {
  const { client, orderId, page = systemPage(), initial } = options
  const listeners = new Set<() => void>()
  let state: WatchedOrder = initial === undefined ? { status: 'loading' } : ready(initial)
  const first = state
  let stop = () => {}

  function enter(next: WatchedOrder): void {
    state = next
    for (const listener of [...listeners]) listener()
  }

  async function ask(): Promise<'again' | 'changed' | 'ended'> {
    try {
      const order = await client.orders.get({ orderId }, options.options?.() ?? {})
      const isNews = state.status !== 'ready' || fingerprint(state.order) !== fingerprint(order)
      if (isNews || (state.status === 'ready' && state.isStale)) enter(ready(order))
      return isEnded(order) ? 'ended' : isNews ? 'changed' : 'again'
    } catch (cause) {
      return refused(toError(cause))
    }
  }

  function refused(error: OrderError): 'again' | 'ended' {
    const mayComeBack = error.isRetryable || error.code === 'internal'
    if (!mayComeBack) enter({ status: 'error', error })
    else if (state.status !== 'ready') enter({ status: 'unavailable', error })
    else if (!state.isStale) enter({ ...state, isStale: true })
    return mayComeBack ? 'again' : 'ended'
  }

  async function begin(): Promise<void> {
    const mine = {}
    current = mine
    const answer = initialIsFresh() ? 'again' : await ask()
    if (current !== mine || answer === 'ended') return
    stop = poll({ page, firstMs: FIRST_WAIT, longestMs: LONGEST_WAIT, ask })
  }
  /** Which subscription is live: an answer to an earlier one starts nothing. */
  let current: object | null = null
  const initialIsFresh = (): boolean => state === first && first.status === 'ready'

  return {
    getState: () => state,
    getInitialState: () => first,
    subscribe(listener) {
      const own = () => listener()
      listeners.add(own)
      if (listeners.size === 1 && !(state.status === 'ready' && state.isEnded && !state.isStale)) void begin()
      return () => {
        if (!listeners.delete(own) || listeners.size > 0) return
        current = null
        stop()
      }
    },
    async refresh() {
      await ask()
    },
  }
}

const ready = (order: OrderView): WatchedOrder => ({ status: 'ready', order, isEnded: isEnded(order), isStale: false })

/** Placed, and all that was to be delivered is delivered or taken back; or ended without being placed. */
function isEnded({ state, delivery }: OrderView): boolean {
  if (state === 'cancelled') return delivery === null || delivery === 'withdrawn'
  if (state !== 'placed' && state !== 'closed') return false
  return delivery === null || delivery === 'delivered' || delivery === 'withdrawn'
}

/** A delivery moves without a new version of its order. */
const fingerprint = (order: OrderView): string => JSON.stringify(order)

const toError = (cause: unknown): OrderError => toBursarError(cause)
