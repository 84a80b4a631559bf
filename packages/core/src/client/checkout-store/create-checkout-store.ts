import {
  CART_EMPTY,
  CART_NOT_OPEN,
  PAYMENT_IN_PROGRESS,
  UNAVAILABLE,
  VERSION_CONFLICT,
} from '../../errors/client-codes.ts'
import { type BursarError, CodedError, isBursarError } from '../../errors/index.ts'
import type { OrderView } from '../../order/index.ts'
import { systemPage } from '../../ports/system-runtime.ts'
import type { Quote } from '../../pricing/index.ts'
import type { CartState } from '../cart-store/cart-state.ts'
import { isSame } from '../is-same.ts'
import { keep, readKept } from '../kept.ts'
import { newKey } from '../new-key.ts'
import { poll } from '../poll.ts'
import { toBursarError } from '../to-bursar-error.ts'
import { watched } from '../watched.ts'
import type { Attempt } from './attempt.ts'
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
import { phaseOfError, phaseOfOrder } from './phase-of.ts'

const IDLE: CheckoutPhase = { status: 'idle' }

/** Why a command did not run; null when it did. */
type Refusal = BursarError<CheckoutErrorCode> | null

/** Makes the store of a checkout. */
export function createCheckoutStore(options: CheckoutStoreOptions): CheckoutStore {
  const { client, cart, page = systemPage() } = options
  const name = `bursar.checkout.${options.site ?? 'default'}`
  let phase = IDLE
  let attempt: Attempt | null = null
  let isAwake = false
  let input: StartCheckout = {}
  /** Grows with each command: what an earlier one still answers is old news. */
  let turn = 0
  let stopPolling = () => {}
  let isWatched = false
  /** The order that the cart was told of. */
  let toldOrder = ''
  let hadCart = false

  const commands: CheckoutCommands = {
    start: (given = {}) => run('start', async () => refusalOf(cart.getState()) ?? send(given, cart.getState().quote)),
    accept: () => run('accept', () => send(input, 'after' in phase ? phase.after : null)),
    confirm: (act = () => {}) => run('confirm', () => confirmWith(act)),
    check: () => run('check', () => ask(true)),
    resume: (orderId) => run('resume', () => takeUp(orderId)),
    reset() {
      if (may('reset')) leave()
    },
  }
  const { getState, getInitialState, subscribe, enter: show } = watched(nextState(), start)

  function nextState(): CheckoutState {
    const names: readonly (keyof CheckoutCommands)[] = CHECKOUT_COMMANDS[phase.status]
    const own = Object.fromEntries(names.map((command) => [command, commands[command]]))
    return { ...phase, ...own, canStart: may('start') && !refusalOf(cart.getState()) } as CheckoutState // the table is the one that the type is made of
  }

  /** Goes to a state, with the attempt that it belongs to, and keeps that before anybody is told. */
  function enter(next: CheckoutPhase, nextAttempt = attempt): void {
    if (nextAttempt !== attempt) keep(page, 'own', name, nextAttempt)
    attempt = nextAttempt
    const goesOn = isPolled(next) && next.status === phase.status
    phase = next
    if (!goesOn) pollWhereItHelps()
    tellCart()
    show(nextState())
  }

  /** Nothing is under way any more; what is still answered is old news. */
  function leave(): void {
    turn += 1
    enter(IDLE, null)
  }

  /** Once the cart that was ordered is known here, it is told, and tells the other tabs. */
  function tellCart(): void {
    if (phase.status !== 'placed' || toldOrder === phase.order.id) return
    if (cart.getState().cart?.id !== phase.order.cartId) return
    toldOrder = phase.order.id
    cart.placed(toldOrder)
  }

  function may(command: keyof CheckoutCommands): boolean {
    return (CHECKOUT_COMMANDS[phase.status] as readonly string[]).includes(command)
  }

  async function run(command: keyof CheckoutCommands, act: () => Promise<Refusal>): Promise<CheckoutOutcome> {
    recall()
    if (!may(command)) return { ok: false, error: new CodedError(PAYMENT_IN_PROGRESS, { reason: phase.status }) }
    turn += 1
    const error = await act()
    return error ? { ok: false, error } : { ok: true, state: getState() }
  }

  async function send(given: StartCheckout, before: Quote | null): Promise<Refusal> {
    const cartId = cart.getState().cart?.id
    if (!cartId || !before) return null
    input = given
    // After `failed` nobody knows that the key was not used: the same intention keeps it.
    const key = phase.status === 'failed' && attempt?.cartId === cartId ? attempt.key : newKey(page)
    const own: Attempt = {
      key,
      cartId,
      ...cart.options(),
      orderId: null,
      isTokenised: given.paymentToken !== undefined,
    }
    const mine = turn
    enter({ status: 'starting' }, own)
    const expectedTotal = { amount: before.total, currency: before.currency }
    const call = () =>
      client.carts.checkout(
        { ...given, cartId, expectedTotal },
        { idempotencyKey: attempt?.key, cartToken: own.cartToken },
      )
    try {
      const { order } = await call().catch((error: unknown) => {
        // A key of another request was of an attempt that the page forgot: the server lets a cart have one live order anyway.
        if (mine !== turn || !isBursarError(error, 'idempotency_key_reused')) throw error
        enter(phase, { ...own, key: newKey(page) })
        return call()
      })
      return mine === turn ? settle(order) : null
    } catch (cause) {
      if (mine === turn) refuse(toBursarError<CheckoutErrorCode>(cause), before)
      return null
    }
  }

  function settle(order: OrderView, isOurs = true): Refusal {
    const next = phaseOfOrder(order, attempt?.isTokenised)
    if (hasMoved(next)) {
      leave()
      return new CodedError(VERSION_CONFLICT)
    }
    // Found by its cart, it may be an earlier try that was declined, while this one is still on its way.
    if (next.status !== 'declined') enter(next, withOrder(order.id))
    else if (isOurs) enter(next, null)
    else enter(next)
    return null
  }

  function refuse(error: BursarError<CheckoutErrorCode>, before: Quote): void {
    const next = phaseOfError(error, before)
    if (next.status === 'unknown') enter(next, withOrder(next.orderId))
    else {
      // What was refused before it was looked at, such as too often, keeps its key; all else is refused for good.
      enter(next, error.isRetryable ? attempt : null)
      void cart.refresh()
    }
  }

  async function confirmWith(act: (clientSecret: string) => unknown): Promise<Refusal> {
    if (phase.status !== 'ready' && phase.status !== 'requires_action') return null
    if (hasMoved(phase)) {
      leave()
      return new CodedError(VERSION_CONFLICT)
    }
    const { clientSecret = '' } = (phase.status === 'ready' ? phase : phase.next) as { clientSecret?: string } // a redirect has none
    const mine = turn
    enter({ status: 'confirming', order: phase.order })
    try {
      await act(clientSecret)
    } catch {
      // It may have thrown after it acted: only the processor knows.
    }
    return mine === turn ? ask(true) : null
  }

  async function takeUp(orderId: string): Promise<Refusal> {
    const own: Attempt = { key: newKey(page), cartId: null, ...cart.options(), orderId, isTokenised: false }
    enter({ status: 'confirming', order: null }, own)
    return ask(true)
  }

  /** Looks the order up and asks its processor. Where it is not asked aloud, the state stays until there is news. */
  async function ask(isAloud: boolean): Promise<Refusal> {
    const own = attempt
    const mine = turn
    if (!own) return null
    if (isAloud && phase.status !== 'confirming') {
      enter({ status: 'confirming', order: 'order' in phase ? phase.order : null })
    }
    try {
      const orderId = own.orderId ?? (await orderOf(own))
      if (mine !== turn) return null
      if (orderId) {
        const order = await client.orders.refreshPayment({ orderId }, { cartToken: own.cartToken })
        if (mine === turn) return settle(order, !!own.orderId)
      } else if (phase.status !== 'failed') {
        enter({ status: 'failed', error: new CodedError(UNAVAILABLE, { reason: 'not_started' }) })
      }
    } catch (cause) {
      if (mine === turn) notAnswered(toBursarError<CheckoutErrorCode>(cause), own.orderId, isAloud)
    }
    return null
  }

  /** The order that an attempt made, if it made one; asked of the cart, for a lost answer told no order. */
  async function orderOf({ cartId, cartToken }: Attempt): Promise<string | null> {
    if (!cartId) return null
    const { cart: found } = await client.carts.get({ cartId }, { cartToken })
    return found.orderId ?? found.pendingOrderId
  }

  /** Only a definite no ends the question: there is nothing here for this caller. */
  function notAnswered(error: BursarError<CheckoutErrorCode>, orderId: string | null, isAloud: boolean): void {
    if (!error.isRetryable && error.status < 500 && error.status !== 401) enter({ status: 'failed', error }, null)
    else if (isAloud) enter({ status: 'unknown', orderId, error })
  }

  /** Is it worth asking again by itself? What failed may be on its way still. */
  function isPolled({ status }: CheckoutPhase): boolean {
    return (
      status === 'processing' || status === 'unknown' || (!!attempt && (status === 'failed' || status === 'declined'))
    )
  }

  function pollWhereItHelps(): void {
    stopPolling()
    if (!isWatched || !isPolled(phase)) return
    stopPolling = poll({
      page,
      async ask() {
        const { status } = phase
        await ask(false)
        return phase.status === status ? 'again' : 'ended'
      },
    })
  }

  function onCart(): void {
    const { status, cart: seen } = cart.getState()
    const { status: now } = phase
    if (hadCart && status === 'none') {
      hadCart = false
      leave() // signed out
    }
    hadCart ||= !!seen
    if (phase.status === 'placed') {
      tellCart()
      // A placed order stays on the page until the shopper has another cart.
      if (status === 'open' && seen?.id !== phase.order.cartId) leave()
    } else if (now !== 'starting' && now !== 'confirming') {
      const orderId = status === 'ordered' && seen?.orderId
      if (orderId && orderId !== toldOrder) {
        turn += 1
        void takeUp(orderId) // ordered in another tab
      } else if (hasMoved(phase)) leave()
    }
    show(nextState())
  }

  /** Does a payment wait for a cart that is another one by now? Then the shopper would pay for what they no longer see. */
  function hasMoved(waits: CheckoutPhase): boolean {
    if (waits.status !== 'ready' && waits.status !== 'requires_action') return false
    const { order } = waits
    const { pending, quoteState, quote, status, cart: seen } = cart.getState()
    const isOther = seen?.id !== order.cartId
    if (isOther && !attempt?.cartId) return false // taken up by its id
    if (pending || (isOther && seen)) return true
    if (status !== 'open' || quoteState !== 'final' || !seen || !quote) return false
    return !isSame(
      [quote.total, quote.currency, linesOf(seen.lines)],
      [order.total, order.currency, linesOf(order.lines)],
    )
  }

  const withOrder = (orderId: string | null): Attempt | null =>
    attempt && attempt.orderId !== orderId ? { ...attempt, orderId } : attempt

  function start(): () => void {
    isWatched = true
    const endCart = cart.subscribe(onCart)
    recall()
    pollWhereItHelps()
    onCart()
    return () => {
      isWatched = false
      stopPolling()
      endCart()
    }
  }

  /** Takes up what was left before a reload or a redirect. */
  function recall(): void {
    if (isAwake) return
    isAwake = true
    attempt = readKept<Attempt>(page, 'own', name)
    if (attempt?.orderId) {
      turn += 1
      enter({ status: 'confirming', order: null })
      void ask(true)
    } else if (attempt) enter({ status: 'unknown', orderId: null, error: null })
  }

  return {
    getState,
    getInitialState,
    subscribe,
    options(orderId) {
      const own = attempt ?? readKept<Attempt>(page, 'own', name)
      return own?.orderId === orderId ? { cartToken: own.cartToken } : cart.options()
    },
  }
}

/** Why a cart cannot be checked out as it stands, or null. */
function refusalOf({ status, lines, quoteState, pending }: CartState): Refusal {
  if (status === 'ordered') return new CodedError(CART_NOT_OPEN)
  if (!lines.length) return new CodedError(CART_EMPTY)
  // What is shown has no price yet: checkout starts from a final one only.
  return status !== 'open' || quoteState !== 'final' || pending
    ? new CodedError(VERSION_CONFLICT, { reason: 'quote_not_final' })
    : null
}

const linesOf = (lines: readonly Pick<OrderView['lines'][number], 'id' | 'variantId' | 'quantity' | 'recipient'>[]) =>
  lines.map(({ id, variantId, quantity, recipient }) => [id, variantId, quantity, recipient])
