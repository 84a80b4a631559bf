import type { CartView } from '../../cart/index.ts'
import {
  CART_EMPTY,
  CART_NOT_OPEN,
  PAYMENT_IN_PROGRESS,
  UNAUTHENTICATED,
  UNAVAILABLE,
  VERSION_CONFLICT,
} from '../../errors/client-codes.ts'
import { type BursarError, CodedError, isBursarError } from '../../errors/index.ts'
import type { OrderView } from '../../order/index.ts'
import { systemPage } from '../../ports/system-runtime.ts'
import type { Quote } from '../../pricing/index.ts'
import { answered, cartOf } from '../answer-of.ts'
import type { CartState } from '../cart-store/cart-state.ts'
import { checkoutName, keep, readKept, tokensName } from '../kept.ts'
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

type CheckoutError = BursarError<CheckoutErrorCode>
type PriceChanged = Extract<CheckoutPhase, { status: 'price_changed' }>
/** What a phase has that may have an order. */
type WithOrder = { readonly order?: OrderView | null }
/** What one has that may wait for the shopper to pay. */
type ToPay = {
  readonly order?: OrderView
  readonly clientSecret?: string
  readonly next?: { readonly clientSecret?: string }
}

/** Does what a command is for. Answers why it does not, if so. */
type Act = (given: never) => Promise<void> | CheckoutError | undefined

/** Makes the store of a checkout. */
export function createCheckoutStore(options: CheckoutStoreOptions): CheckoutStore {
  const { client, cart, site = 'default', page = systemPage() } = options
  const name = checkoutName(site)
  const IDLE: CheckoutPhase = { status: 'idle' }
  /** Where it stands. What was asked before this one was entered is old news when it is answered. */
  let phase: CheckoutPhase = IDLE
  /** What is under way, or null; undefined until it is known whether the page before left something. */
  let attempt: Attempt | null | undefined
  let input: StartCheckout | undefined
  let stopPolling: (() => void) | undefined
  let isWatched: boolean | undefined
  /** The order that the cart was told of. */
  let toldOrder: string | undefined
  let hadCart: unknown
  /** Sign-outs that were heard of. */
  let { signOuts } = cart.getState()
  /** The cart that was there already when an order was found placed: it is no next one, until the page is left. */
  let besideId: string | undefined
  /** Is it worth asking again by itself? What failed may be on its way still. */
  const isPolled = () => attempt && /processing|unknown|failed|declined/.test(phase.status)

  const acts: Record<keyof CheckoutCommands, Act> = {
    start: begin,
    accept: () => begin(input, (phase as PriceChanged).after), // it runs in no other phase
    confirm,
    check: () => askAloud((phase as WithOrder).order ?? null),
    resume: takeUp,
    reset: leave,
  }
  const { enter: show, ...store } = watched(nextState(cart.getInitialState()), start)

  /** The first state is that of the page as a server rendered it, however late this part of it is hydrated. */
  function nextState(shown = cart.getState()): CheckoutState {
    const names: readonly (keyof CheckoutCommands)[] = CHECKOUT_COMMANDS[phase.status]
    const own = Object.fromEntries(names.map((command) => [command, (given: never) => run(command, given)]))
    return { ...phase, ...own, canStart: 'start' in own && !refusalOf(shown) } as CheckoutState // the table is the one that the type is made of
  }

  async function run(command: keyof CheckoutCommands, given: never): Promise<CheckoutOutcome> {
    recall()
    const refusal =
      command in store.getState()
        ? await acts[command](given)
        : new CodedError(PAYMENT_IN_PROGRESS, { reason: phase.status })
    // Nothing is under way after it: the cart is another one by now.
    const error = refusal ?? (phase === IDLE && new CodedError(VERSION_CONFLICT))
    return error ? { ok: false, error: error as CheckoutError } : { ok: true, state: store.getState() }
  }

  /** Goes to a state with the attempt that it belongs to, which is kept before anybody is told; or to none, if it is over. */
  function enter(next: CheckoutPhase, own = attempt): undefined {
    const seenId = cart.getState().cart?.id
    // Not of an order that the page before knew as placed: what is there beside that one is the next cart.
    if (next.status === 'placed' && attempt?.isOpen !== false) besideId = seenId
    if (isOver(next)) return leave()
    if (own !== attempt) keep(page, 'own', name, own)
    attempt = own
    phase = next
    // Once the cart that was ordered is known here, it is told, and tells the other tabs.
    if (next.status === 'placed' && toldOrder !== next.order.id && seenId === next.order.cartId) {
      toldOrder = next.order.id
      cart.placed(toldOrder)
    }
    if (show(nextState())) pollWhereItHelps()
  }

  function leave(): undefined {
    enter(IDLE, null)
  }

  function begin(given?: StartCheckout, before?: Quote): ReturnType<Act> {
    return refusalOf(cart.getState()) ?? send(given, before)
  }

  /** Buys what is shown, whose price is final: the cart of that version. `again` is the key of a try that came to nothing. */
  async function send(given?: StartCheckout, price?: Quote, again?: string): Promise<void> {
    const state = cart.getState()
    const { id: cartId, version: ifVersion } = state.cart as CartView
    const quote = state.quote as Quote
    const before = price ?? quote
    input = given
    // After `failed` nobody knows that the key was not used: the same intention keeps it.
    const keptKey = phase.status === 'failed' && attempt?.cartId === cartId && attempt.key
    const own: Attempt = {
      key: keptKey || again || newKey(page),
      cartId,
      ...cart.options(),
      parts: partsOf(state),
      above: quote.total - before.total,
      isOpen: true,
      isTokenised: !!given?.paymentToken,
    }
    const starting: CheckoutPhase = { status: 'starting' }
    enter(starting, own)
    const checkOut = async () => {
      const { order } = await client.carts.checkout(
        { ...given, cartId, expectedTotal: { amount: before.total, currency: before.currency } },
        { idempotencyKey: own.key, cartToken: own.cartToken, ifVersion },
      )
      return answered(order)
    }
    const answer = await checkOut().catch(toBursarError<CheckoutErrorCode>)
    const isMoved = isBursarError(answer, 'version_conflict')
    if (isMoved) await cart.refresh()
    if (phase !== starting) return
    // A key of another request was of an attempt that the page forgot: the server lets a cart have one live order anyway.
    if (keptKey && isBursarError(answer, 'idempotency_key_reused')) return send(given, before)
    const now = cart.getState()
    const isAsShown = now.lines === state.lines && now.codes === state.codes
    // An order that was begun raises the version too: what is shown as it was is meant as it was.
    if (isMoved && isAsShown && (now.cart as CartView).version !== ifVersion) return send(given, before, own.key)
    take(answer, before)
    onCart() // another tab may have ordered meanwhile
    // For the next try, which may be late: the order raised the version. The cast: `take` has gone to another phase.
    if ((phase as CheckoutPhase).status === 'declined') await cart.refresh()
  }

  /** Asks how it stands: the processor, by the order, or the cart whether there is one, for a lost answer told none. */
  async function ask(): Promise<undefined> {
    const asked = phase
    const own = attempt
    if (!own) return
    const look = () => lookUp(own).catch(toBursarError<CheckoutErrorCode>)
    let answer = await look()
    // Who was signed in and is not any more is told that it is not there, as anybody is; a guest's token opens what there is.
    if (phase === asked && own.isOpen && !own.cartToken && isBursarError(answer, 'not_found')) {
      const isCustomer = (await cart.refresh()).ok && cart.getState().cart && !cart.options().cartToken
      answer = isCustomer ? await look() : new CodedError(UNAUTHENTICATED, { cause: answer })
    }
    if (phase === asked) take(answer)
  }

  async function lookUp({ cartId, cartToken, orderId }: Attempt): Promise<OrderView | null> {
    if (!orderId && cartId) {
      const { cart: ordered } = cartOf(await client.carts.get({ cartId }, { cartToken }))
      orderId = ordered.orderId ?? ordered.pendingOrderId
    }
    return orderId ? answered(await client.orders.refreshPayment({ orderId }, { cartToken })) : null
  }

  /** What the server said of the attempt, whose phase it still is; `before` is the price that it was started with, if that was asked. */
  function take(answer: OrderView | CheckoutError | null | undefined, before?: Quote): void {
    if (answer === null) {
      if (phase.status !== 'failed') {
        enter({ status: 'failed', error: new CodedError(UNAVAILABLE, { reason: 'not_started' }) })
      }
    } else if (!answer || isBursarError(answer)) {
      const error = toBursarError<CheckoutErrorCode>(answer) // an answer without an order tells nothing
      const next = phaseOfError(error, attempt?.orderId, before)
      // What was placed did not fail: it is not to be seen any more.
      if (next.status === 'unknown') {
        // Where it was asked by itself, what is known stays until there is news: such as that the shopper has to sign in.
        const isNews = !isPolled() || (phase.status === 'unknown' && error.status === 401)
        if (isNews) enter(next, { ...attempt, orderId: next.orderId })
      } else if (attempt?.isOpen === false) leave()
      else {
        // What was refused before it was looked at, such as too often, keeps its key; all else is refused for good.
        enter(next, error.status === 429 ? attempt : null)
        void cart.refresh()
      }
    } else {
      const next = phaseOfOrder(answer, attempt?.isTokenised)
      // Its page may be looked at when the next cart has begun.
      if (attempt?.cartToken) keep(page, 'own', tokensName(site), { ...tokens(), [answer.id]: attempt.cartToken })
      // Found by its cart, it may be an earlier try that was declined, while this one is still on its way.
      if (next.status !== 'declined') enter(next, { ...attempt, orderId: answer.id, isOpen: next.status !== 'placed' })
      else enter(next, before || attempt?.orderId ? null : attempt)
    }
  }

  const tokens = () => readKept<Record<string, string | undefined>>(page, 'own', tokensName(site))

  async function confirm(act?: (clientSecret: string) => unknown): Promise<void> {
    enter(phase) // where nobody has subscribed, the cart may have changed unheard
    const { order, clientSecret, next } = phase as ToPay
    // A redirect has no secret.
    if (order) await askAloud(order, attempt, () => act?.(clientSecret ?? next?.clientSecret ?? ''))
  }

  /** An order of which its id alone is known. */
  function takeUp(orderId: string, isOpen?: boolean): Promise<void> {
    return askAloud(null, { ...cart.options(), orderId, isOpen })
  }

  /** Asks while the shopper waits, after what they do. */
  async function askAloud(order: OrderView | null, own = attempt, act?: () => unknown): Promise<void> {
    enter({ status: 'confirming', order }, own)
    const asked = phase
    try {
      await act?.()
    } catch {
      // It may have thrown after it acted: only the processor knows.
    }
    if (phase === asked) await ask()
  }

  function pollWhereItHelps(): void {
    stopPolling?.()
    if (isWatched && isPolled()) {
      stopPolling = poll({ page, ask })
    }
  }

  function onCart(): void {
    recall()
    const { status, cart: seen } = cart.getState()
    const orderId = seen?.orderId
    // So it is for who must sign in again: what is under way stays, for they may have paid.
    const isGone = hadCart && status === 'none' && !attempt
    hadCart = status !== 'none' && (hadCart || seen)
    if (isGone) leave()
    // Ordered in another tab.
    else if (orderId && orderId !== toldOrder && !/starting|confirming|placed/.test(phase.status)) {
      void takeUp(orderId, true)
    } else enter(phase)
  }

  /**
   * Is it of a cart that is another one by now? A placed order stays on the page until the shopper has the next cart; what
   * waits to be paid, while the cart is what it is for: nobody pays for what they no longer see.
   */
  function isOver(one: CheckoutPhase): boolean {
    const state = cart.getState()
    const seen = state.cart
    if (one.status === 'placed') return state.status === 'open' && ![one.order.cartId, besideId].includes(seen?.id)
    const { order } = one as ToPay
    if (!order || !/ready|requires/.test(one.status)) return false
    if (seen?.id !== order.cartId) return !!seen && !!attempt?.cartId // another cart is no matter for what was taken up by its id
    const parts = partsOf(state)
    const isSo =
      (attempt?.parts ?? parts) === parts &&
      boughtBy(seen) === boughtBy(order) &&
      [0, attempt?.above].includes((state.quote?.total as number) - order.total)
    return state.pending > 0 || (state.quoteState === 'final' && !isSo)
  }

  function start(): () => void {
    isWatched = true
    const endCart = cart.subscribe(onCart)
    onCart()
    pollWhereItHelps()
    return () => {
      isWatched = besideId = undefined
      stopPolling?.()
      endCart()
    }
  }

  /** Takes up what was left before a reload or a redirect, and leaves what is of somebody who signed out. */
  function recall(): void {
    const before = signOuts
    signOuts = cart.getState().signOuts
    if (signOuts !== before) leave()
    if (attempt !== undefined) return
    attempt = readKept<Attempt>(page, 'own', name)
    if (attempt?.orderId) void askAloud(null)
    else if (attempt) enter({ status: 'unknown', orderId: null, error: null })
  }

  return {
    ...store,
    getState() {
      if (!isWatched && isOver(phase)) leave() // while nobody subscribes, the cart changes unheard
      return store.getState()
    },
    options(orderId) {
      const known = { ...tokens(), [attempt?.orderId as string]: attempt?.cartToken }
      return orderId in known ? { cartToken: known[orderId] } : cart.options()
    },
  }
}

/** Why a cart cannot be checked out as it stands. */
function refusalOf({ status, lines, quoteState }: CartState): CheckoutError | undefined {
  if (status === 'ordered') return new CodedError(CART_NOT_OPEN)
  if (!lines.length) return new CodedError(CART_EMPTY)
  // What is shown has no price yet: checkout starts from a final one only.
  return quoteState === 'final' ? undefined : new CodedError(VERSION_CONFLICT, { reason: 'quote_not_final' })
}

/** Which parts of bundles were chosen: an order does not say it. */
const partsOf = ({ lines }: CartState) => JSON.stringify(lines, ['parts'])

/** What a payment is for. */
const boughtBy = ({ currency, lines }: CartView | OrderView) =>
  JSON.stringify([
    currency,
    lines.map(({ id, variantId, quantity, recipient }) => [id, variantId, quantity, recipient]),
  ])
