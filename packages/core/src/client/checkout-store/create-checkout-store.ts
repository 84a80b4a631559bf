import type { CheckoutInput } from '../../checkout/index.ts'
import {
  CART_EMPTY,
  CART_NOT_OPEN,
  PAYMENT_IN_PROGRESS,
  UNAVAILABLE,
  VERSION_CONFLICT,
} from '../../errors/client-codes.ts'
import { type BursarError, isBursarError } from '../../errors/index.ts'
import type { OrderView } from '../../order/index.ts'
import { systemPage } from '../../ports/system-runtime.ts'
import type { Quote } from '../../pricing/index.ts'
import type { CartState } from '../cart-store/cart-state.ts'
import { clientError, toBursarError } from '../client-error.ts'
import { newKey } from '../new-key.ts'
import { poll } from '../poll.ts'
import {
  CHECKOUT_COMMANDS,
  type CheckoutCommands,
  type CheckoutErrorCode,
  type CheckoutOutcome,
  type CheckoutPhase,
  type CheckoutState,
  type StartCheckout,
} from './checkout-state.ts'
import type { CheckoutStore, CheckoutStoreOptions } from './checkout-store.ts'
import { type Attempt, keepAttempt, readAttempt } from './kept-attempt.ts'
import { phaseOfError, phaseOfOrder } from './phase-of.ts'

/** How long to wait before a payment that is under way is asked about again, milliseconds. */
const FIRST_WAIT = 1000
const LONGEST_WAIT = 20_000

/** Makes the store of a checkout. */
export function createCheckoutStore(options: CheckoutStoreOptions): CheckoutStore {
  const { client, cart, page = systemPage() } = options
  const name = `bursar.checkout.${options.site ?? 'default'}`
  const listeners = new Set<() => void>()
  let phase: CheckoutPhase = { status: 'idle' }
  let attempt: Attempt | null = null
  let input: StartCheckout = {}
  /** Grows with each command: what an earlier one still answers is old news. */
  let turn = 0
  let stopPolling = () => {}
  let endCart = () => {}
  /** The order that the cart was told of. */
  let toldOrder = ''

  const commands: CheckoutCommands = {
    start: (given = {}) => run('start', () => begin(given, cart.getState())),
    accept: () => run('accept', acceptPrice),
    confirm: (act = () => {}) => run('confirm', () => confirmWith(act)),
    check: () => run('check', () => ask('aloud')),
    resume: (orderId) => run('resume', () => takeUp(orderId)),
    reset() {
      if (may('reset')) enter({ status: 'idle' }, null)
    },
  }
  let state = nextState()
  const first = state

  function nextState(): CheckoutState {
    const names: readonly (keyof CheckoutCommands)[] = CHECKOUT_COMMANDS[phase.status]
    const own = Object.fromEntries(names.map((command) => [command, commands[command]]))
    const canStart = names.includes('start') && refusalOf(cart.getState()) === null
    return { ...phase, ...own, canStart } as CheckoutState // the table is the one that the type is made of
  }

  /** Goes to a state, with the attempt that it belongs to, and keeps that before anybody is told. */
  function enter(next: CheckoutPhase, nextAttempt: Attempt | null = attempt): void {
    if (nextAttempt !== attempt) keepAttempt(page, name, nextAttempt)
    attempt = nextAttempt
    if (isSame(phase, next)) return
    const goesOn = isPolled(next) && next.status === phase.status
    phase = next
    if (!goesOn) {
      stopPolling()
      if (listeners.size > 0) pollWhereItHelps()
    }
    tellTabs()
    tell()
  }

  /** Once the cart that was ordered is known here, it is told, and tells the other tabs. */
  function tellTabs(): void {
    if (phase.status !== 'placed' || toldOrder === phase.order.id) return
    if (cart.getState().cart?.id !== phase.order.cartId) return
    toldOrder = phase.order.id
    cart.placed(phase.order.id)
  }

  function tell(): void {
    state = nextState()
    for (const listener of [...listeners]) listener()
  }

  const may = (command: keyof CheckoutCommands): boolean =>
    (CHECKOUT_COMMANDS[phase.status] as readonly string[]).includes(command)

  async function run(
    command: keyof CheckoutCommands,
    act: () => Promise<BursarError<CheckoutErrorCode> | null>,
  ): Promise<CheckoutOutcome> {
    if (!may(command)) return { ok: false, error: clientError(PAYMENT_IN_PROGRESS, { reason: phase.status }) }
    turn += 1
    const error = await act()
    return error === null ? { ok: true, state } : { ok: false, error }
  }

  async function begin(given: StartCheckout, seen: CartState): Promise<BursarError<CheckoutErrorCode> | null> {
    const refused = refusalOf(seen)
    if (refused !== null || seen.cart === null || seen.quote === null) return refused
    return send(given, seen.cart.id, seen.quote)
  }

  async function acceptPrice(): Promise<null> {
    const cartId = cart.getState().cart?.id
    if (phase.status !== 'price_changed' || cartId === undefined) return null
    void cart.refresh()
    return send(input, cartId, phase.after)
  }

  async function send(given: StartCheckout, cartId: string, quote: Quote): Promise<null> {
    input = given
    // After `failed` nobody knows that the key was not used: the same intention keeps it.
    const goesOn = phase.status === 'failed' && attempt?.cartId === cartId
    const key = goesOn && attempt !== null ? attempt.key : newKey(page)
    const isTokenised = given.paymentToken !== undefined
    const own: Attempt = {
      key,
      cartId,
      ...cart.options(),
      orderId: goesOn ? (attempt?.orderId ?? null) : null,
      isTokenised,
    }
    const mine = turn
    enter({ status: 'starting' }, own)
    try {
      const { order } = await checkout(
        { ...given, cartId, expectedTotal: { amount: quote.total, currency: quote.currency } },
        own,
      )
      if (mine === turn) settle(order)
    } catch (cause) {
      if (mine === turn) refuse(toError(cause), quote)
    }
    return null
  }

  /** A key of another request was of an attempt that the page forgot: the server lets a cart have one live order anyway. */
  async function checkout(given: CheckoutInput, own: Attempt) {
    const call = (key: string) => client.carts.checkout(given, { idempotencyKey: key, cartToken: own.cartToken })
    try {
      return await call(own.key)
    } catch (error) {
      if (!isBursarError(error, 'idempotency_key_reused')) throw error
      const key = newKey(page)
      attempt = { ...own, key }
      keepAttempt(page, name, attempt)
      return call(key)
    }
  }

  function settle(order: OrderView): void {
    const next = phaseOfOrder(order, attempt?.isTokenised ?? false)
    enter(next, next.status === 'declined' ? null : withOrder(attempt, order.id))
  }

  function refuse(error: BursarError<CheckoutErrorCode>, before: Quote): void {
    const next = phaseOfError(error, before)
    if (next.status !== 'unknown') {
      // What was asked before it was looked at, such as too often, keeps its key; all else is refused for good.
      enter(next, error.isRetryable ? attempt : null)
      void cart.refresh()
      return
    }
    const orderId = next.orderId ?? attempt?.orderId ?? null
    enter({ ...next, orderId }, withOrder(attempt, orderId))
  }

  async function confirmWith(act: (clientSecret: string) => unknown): Promise<BursarError<CheckoutErrorCode> | null> {
    if (phase.status !== 'ready' && phase.status !== 'requires_action') return null
    if (hasMoved(phase.order)) {
      enter({ status: 'idle' }, null)
      return clientError(VERSION_CONFLICT)
    }
    const secret =
      phase.status === 'ready' ? phase.clientSecret : 'clientSecret' in phase.next ? phase.next.clientSecret : ''
    const mine = turn
    enter({ status: 'confirming', order: phase.order })
    try {
      await act(secret)
    } catch {
      // It may have thrown after it acted: only the processor knows.
    }
    return mine === turn ? ask('aloud') : null
  }

  async function takeUp(orderId: string): Promise<null> {
    const known = attempt?.orderId === orderId ? attempt : null
    const own: Attempt = known ?? { key: newKey(page), cartId: null, ...cart.options(), orderId, isTokenised: false }
    enter({ status: 'confirming', order: null }, own)
    return ask('aloud')
  }

  /** Looks the order up and asks its processor. Silently, the state stays until there is an answer. */
  async function ask(how: 'aloud' | 'silently'): Promise<null> {
    const own = attempt
    const mine = turn
    if (own === null) return null
    if (how === 'aloud' && phase.status !== 'confirming') {
      enter({ status: 'confirming', order: 'order' in phase ? phase.order : null })
    }
    const opened = { cartToken: own.cartToken }
    try {
      const orderId = own.orderId ?? (await orderOf(own))
      if (mine !== turn) return null
      if (orderId === null) {
        enter({ status: 'failed', error: clientError(UNAVAILABLE, { reason: 'not_started' }) })
        return null
      }
      const order = await client.orders.refreshPayment({ orderId }, opened)
      if (mine === turn) settle(order)
    } catch (cause) {
      if (mine === turn) notAnswered(toError(cause), own, how)
    }
    return null
  }

  /** The order that an attempt made, if it made one; asked of the cart, for a lost answer told no order. */
  async function orderOf({ cartId, cartToken }: Attempt): Promise<string | null> {
    if (cartId === null) return null
    const { cart: found } = await client.carts.get({ cartId }, { cartToken })
    return found.orderId ?? found.pendingOrderId
  }

  function notAnswered(error: BursarError<CheckoutErrorCode>, own: Attempt, how: 'aloud' | 'silently'): void {
    if (!error.isRetryable && error.code !== 'internal') enter({ status: 'failed', error }, null)
    else if (how === 'aloud') enter({ status: 'unknown', orderId: own.orderId, error })
  }

  function pollWhereItHelps(): void {
    if (!isPolled(phase)) return
    stopPolling = poll({
      page,
      firstMs: FIRST_WAIT,
      longestMs: LONGEST_WAIT,
      async ask() {
        const { status } = phase
        await ask('silently')
        return phase.status === status ? 'again' : 'ended'
      },
    })
  }

  function onCart(): void {
    const { status, cart: seen } = cart.getState()
    if (phase.status === 'placed') onCartOf(phase.order)
    else if (phase.status !== 'starting' && phase.status !== 'confirming') {
      const orderId = status === 'ordered' ? seen?.orderId : undefined
      if (orderId != null && orderId !== toldOrder && (attempt?.orderId !== orderId || 'start' in state)) {
        turn += 1
        void takeUp(orderId) // ordered in another tab
      } else if ((phase.status === 'ready' || phase.status === 'requires_action') && hasMoved(phase.order)) {
        enter({ status: 'idle' }, null)
      }
    }
    if (nextState().canStart !== state.canStart) tell()
  }

  /** A placed order stays on the page until the shopper has another cart. */
  function onCartOf(order: OrderView): void {
    const { status, cart: seen } = cart.getState()
    tellTabs()
    if (status === 'open' && seen?.id !== order.cartId) enter({ status: 'idle' }, null)
  }

  /** Is the cart another one than the order was made of? Then the shopper would pay for what they no longer see. */
  function hasMoved(order: OrderView): boolean {
    const { pending, quoteState, quote, status } = cart.getState()
    if (pending > 0) return true
    if (status !== 'open' || quoteState !== 'final' || quote === null) return false
    return (
      quote.total !== order.total || quote.currency !== order.currency || linesOf(quote.lines) !== linesOf(order.lines)
    )
  }

  function wake(): void {
    endCart = cart.subscribe(onCart)
    if (attempt === null && phase.status === 'idle') {
      attempt = readAttempt(page, name)
      if (attempt?.orderId != null) {
        turn += 1
        enter({ status: 'confirming', order: null })
        void ask('aloud')
      } else if (attempt !== null) enter({ status: 'unknown', orderId: null, error: null })
    } else pollWhereItHelps()
    onCart()
  }

  return {
    getState: () => state,
    getInitialState: () => first,
    subscribe(listener) {
      const own = () => listener() // the same function may subscribe twice
      listeners.add(own)
      if (listeners.size === 1) wake()
      return () => {
        if (!listeners.delete(own) || listeners.size > 0) return
        stopPolling()
        endCart()
      }
    },
    options(orderId) {
      const own = attempt ?? readAttempt(page, name)
      return own?.orderId === orderId ? { cartToken: own.cartToken } : cart.options()
    },
  }
}

/** Why a cart cannot be checked out as it stands, or null. */
function refusalOf(state: CartState): BursarError<CheckoutErrorCode> | null {
  if (state.status === 'ordered') return clientError(CART_NOT_OPEN)
  if (state.lines.length === 0) return clientError(CART_EMPTY)
  // What is shown has no price yet: checkout starts from a final one only.
  if (state.status !== 'open' || state.quoteState !== 'final' || state.pending > 0) {
    return clientError(VERSION_CONFLICT, { reason: 'quote_not_final' })
  }
  return null
}

/** Is it worth asking again by itself? */
const isPolled = ({ status }: CheckoutPhase): boolean => status === 'processing' || status === 'unknown'

/** Does it say nothing new, so that no page need be drawn again? */
function isSame(before: CheckoutPhase, next: CheckoutPhase): boolean {
  if (before.status === 'processing' && next.status === 'processing') return before.order.version === next.order.version
  if (before.status !== 'unknown' || next.status !== 'unknown') return false
  return before.orderId === next.orderId && before.error === next.error
}

const withOrder = (attempt: Attempt | null, orderId: string | null): Attempt | null =>
  attempt === null || attempt.orderId === orderId ? attempt : { ...attempt, orderId }

const linesOf = (lines: readonly { id: string; variantId: string; quantity: number }[]): string =>
  JSON.stringify(lines.map(({ id, variantId, quantity }) => [id, variantId, quantity]))

/** Operations throw their own codes; anything else is a defect, of which nobody knows what it did. */
const toError = (cause: unknown): BursarError<CheckoutErrorCode> => toBursarError(cause)
