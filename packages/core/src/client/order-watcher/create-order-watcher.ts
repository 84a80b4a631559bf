import type { CommerceClient, OperationError, OperationOptions } from '../../contract/index.ts'
import { type BursarError, isBursarError } from '../../errors/index.ts'
import type { OrderView } from '../../order/index.ts'
import type { PagePort } from '../../ports/index.ts'
import { systemPage } from '../../ports/system-runtime.ts'
import { answered } from '../answer-of.ts'
import { poll } from '../poll.ts'
import { toBursarError } from '../to-bursar-error.ts'
import { watched } from '../watched.ts'

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

/**
 * Watches an order while somebody subscribes: until its delivery has ended, and not in hidden tabs. Each first subscriber
 * asks, for what has ended may be refunded later. It shows what one person may see: make another when somebody else is here.
 */
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

/** Makes one. */
export function createOrderWatcher(options: OrderWatcherOptions): OrderWatcher {
  const { client, orderId, page = systemPage(), initial } = options
  const first: WatchedOrder = initial ? ready(initial) : { status: 'loading' }
  const { enter, ...store } = watched<WatchedOrder>(first, watch)

  /** Is there nothing to wait for, as the last answer said? */
  let isOver: boolean | undefined

  function watch(): () => void {
    isOver = false
    const startMs = initial && store.getState() === first ? undefined : 0
    return poll({ page, ask: async () => !isOver && ask(), startMs })
  }

  /** Asks. Is there news? */
  async function ask(): Promise<boolean> {
    const read = async () => ready(answered(await client.orders.get({ orderId }, options.options?.())))
    const answer = await read().catch(toBursarError<OrderError['code']>)
    if (!isBursarError(answer)) {
      isOver = answer.isEnded
      return enter(answer)
    }
    const state = store.getState()
    isOver = !answer.isRetryable && answer.status < 500
    if (!isOver && state.status === 'ready') enter({ ...state, isStale: true })
    else enter({ status: isOver ? 'error' : 'unavailable', error: answer })
    return false
  }

  return { ...store, refresh: ask as () => Promise<unknown> as OrderWatcher['refresh'] }
}

/** Placed, and all that was to be delivered is delivered or taken back; or never placed, with nothing left of it. */
const ENDED = /^(null|withdrawn|delivered) (placed|closed)$|^(null|withdrawn) cancelled$/

function ready(order: OrderView): WatchedOrder & { status: 'ready' } {
  return { status: 'ready', order, isEnded: ENDED.test(`${order.delivery} ${order.state}`), isStale: false }
}
