import type { CartWithQuote } from '../../cart/index.ts'
import type { OperationOptions } from '../../contract/index.ts'
import { CART_NOT_OPEN, NOT_FOUND, UNAUTHENTICATED, UNAVAILABLE } from '../../errors/client-codes.ts'
import { type BursarError, type ErrorCode, isBursarError } from '../../errors/index.ts'
import type { TabChannel, TabMessage } from '../../ports/index.ts'
import { systemPage } from '../../ports/system-runtime.ts'
import { clientError } from '../client-error.ts'
import { newKey } from '../new-key.ts'
import type { CartCommand, CartProblem, CartState } from './cart-state.ts'
import type { CartStore, CartStoreOptions, CommandResult } from './cart-store.ts'
import { joinCommand } from './join-command.ts'
import { type KeptCart, keep, readKept } from './kept-cart.ts'
import { type Asked, lineOf, type StoreCommand } from './store-command.ts'
import { keepSame, viewOf } from './view-of.ts'

/** The wait after the first request without an answer, milliseconds; doubled each time, up to the longest. */
const FIRST_WAIT = 500
const LONGEST_WAIT = 30_000

/** Is the cart to be fetched: not, when nothing else waits, or before anything else is sent? Truthy where it is. */
const NO = 0
const LAST = 1
const FIRST = 2

/** Whom a fetch settles, among the keys of commands. */
const FETCH = ''

/** The shopper signed out while a request was under way: its answer concerns nobody. */
const OVER: unique symbol = Symbol('over')

type Settle = (result: CommandResult) => void
type Send = (input: object, options: OperationOptions) => Promise<CartWithQuote>

/** Makes the store of a shopper's cart. */
export function createCartStore(options: CartStoreOptions): CartStore {
  const { client, page = systemPage(), initial = null } = options
  const name = `bursar.cart.${options.site ?? 'default'}`
  const listeners = new Set<() => void>()
  const settles = new Map<string, Settle[]>()
  let truth: CartWithQuote | null = initial
  let kept: KeptCart = {}
  let queue: readonly StoreCommand[] = []
  let errors: readonly CartProblem[] = []
  let online = true
  let isAwake = false
  let isBusy = false
  /** The highest version of the cart that anybody told. */
  let seen = 0
  let fetch: typeof NO | typeof LAST | typeof FIRST = NO
  /** Why the first command was refused, while it is asked whether its cart is still there; and the last one so doubted. */
  let doubt: BursarError | null = null
  let doubted = ''
  /** Grows when the shopper signs out. */
  let era = 0
  let stopWaiting = (): void => {}
  let stopListening = (): void => {}
  let channel: TabChannel | null = null
  const isOrdered = (): boolean => truth?.cart.orderId != null
  const isBehind = (): boolean => truth !== null && truth.cart.version < seen
  let state = nextState(null)
  const initialState = state

  function nextState(before: CartState | null): CartState {
    const shown = viewOf(isOrdered() && queue[0] ? null : truth, queue) // what waits goes to the next cart
    return {
      status: truth ? (isOrdered() ? 'ordered' : 'open') : kept.id || !isAwake ? 'loading' : 'none',
      cart: truth?.cart ?? null,
      ...shown,
      lines: keepSame(before?.lines ?? [], shown.lines),
      codes: keepSame(before?.codes ?? [], shown.codes),
      quote: truth?.quote ?? null,
      quoteState: !truth ? 'none' : queue[0] || isBehind() ? 'stale' : 'final',
      pending: queue.length,
      online,
      errors,
    }
  }

  function changed(): void {
    const next = nextState(state)
    if (
      Object.keys(next).every((member) => Object.is(next[member as keyof CartState], state[member as keyof CartState]))
    )
      return
    state = next
    for (const listener of listeners) listener()
  }

  const credentials = (): { cartToken: string | undefined } => ({ cartToken: kept.token })
  const stored = (): KeptCart => readKept<KeptCart>(page, 'shared', name) ?? {}
  const tell = (type: TabMessage['type']): void =>
    channel?.postMessage({ type, cart: kept.id, version: truth?.cart.version })

  /** Reads what was kept. Later than the store is made, so that a page's first render is the server's. */
  function wake(): void {
    if (isAwake) return
    isAwake = true
    kept = stored()
    const given = options.cartId ?? truth?.cart.id
    if (given && given !== kept.id) setKept({ id: given })
    seen = truth?.cart.version ?? 0
    queue = readKept<StoreCommand[]>(page, 'own', name) ?? []
    if (!truth) fetch = LAST
  }

  function setKept(next: KeptCart): void {
    kept = next
    keep(page, 'shared', name, next.id ? next : null)
  }

  /** Goes over to another cart; what waits goes with it. */
  function follow(next: KeptCart): void {
    kept = next
    truth = null
    seen = 0
    fetch = next.id ? LAST : NO
  }

  /** Has another cart from now on, which the server just gave. */
  function become(next: KeptCart, answer: CartWithQuote): void {
    follow({})
    setKept(next)
    take(answer)
  }

  /** Does another tab have another cart by now? */
  function lookAround(): void {
    const now = stored()
    if (!now.id || now.id === kept.id) return
    if (kept.token && now.isOwned) ask({ name: 'signedIn', input: { tells: false } })
    else follow(now)
  }

  function take({ cart, quote }: CartWithQuote): void {
    if (cart.id !== kept.id || (truth && cart.version < truth.cart.version)) return
    truth = { cart, quote }
    if (cart.version <= seen) return
    seen = cart.version
    tell('version')
  }

  /** Names of people stay out of storage: such a command ends with its page. */
  function save(): void {
    const nameless = queue.filter(
      ({ input }) => !('recipient' in input) || (input.recipient?.type ?? 'buyer') === 'buyer',
    )
    keep(page, 'own', name, nameless[0] ? nameless : null)
  }

  function ask<Code extends ErrorCode>(asked: Asked): Promise<CommandResult<Code>> {
    wake()
    const own = newKey(page)
    const { key, absorbed, ...joined } = joinCommand(queue, { ...asked, key: own }, (lineId, rest) =>
      // What is not known yet may be there.
      kept.id && !truth ? true : viewOf(isOrdered() ? null : truth, rest).lines.some(({ id }) => id === lineId),
    )
    queue = joined.queue
    const result = settled<Code>(key ?? own, absorbed)
    save()
    if (key) changed()
    else settle(own)
    return result
  }

  /** How what has this key ends, and with it what it made needless. */
  function settled<Code extends ErrorCode>(
    key: string,
    absorbed: readonly string[] = [],
  ): Promise<CommandResult<Code>> {
    work()
    return new Promise((resolve) => {
      const before = [key, ...absorbed].flatMap((one) => settles.get(one) ?? [])
      settles.set(key, [...before, resolve as Settle]) // the codes of a command's answers are those of its operation
    })
  }

  function settle(key: string, error?: BursarError | null): void {
    changed()
    const waiting = settles.get(key) ?? []
    settles.delete(key)
    for (const resolve of waiting) resolve(error ? { ok: false, error } : { ok: true, state })
  }

  /** Takes the first command off the queue: done, or refused with its reason. */
  function finish(error?: BursarError | null): void {
    const [command, ...rest] = queue
    if (!command) return
    queue = rest
    save()
    if (error) complain(command.name, error, lineOf(command))
    settle(command.key, error)
  }

  function complain(command: CartCommand, error: BursarError, lineId?: string): void {
    errors = [...errors, { id: newKey(page), command, lineId, error }]
  }

  /** One request at a time, until nothing waits and nothing newer is known of. */
  async function work(): Promise<void> {
    if (isBusy) return
    isBusy = true
    await undefined // what is asked in one turn is joined
    for (let failures = 0; queue[0] || fetch || isBehind(); ) {
      const began = era
      const isFetch = fetch === FIRST || !queue[0]
      const before = fetch
      try {
        await (isFetch ? fetchCart() : sendFirst())
        failures = 0
        online = true
      } catch (caught) {
        if (began !== era) continue
        const error = isBursarError(caught) ? caught : clientError(UNAVAILABLE, { cause: caught })
        online = error.status !== 429 && error.status < 500
        if (!online || (isFetch && error.isRetryable)) {
          if (isFetch) fetch = before || LAST
          settle(FETCH, error)
        } else if (isFetch) fetchRefused(error)
        else commandRefused(error)
        changed()
        if (!online || error.isRetryable) await pause(failures++, error.retryAfter)
      }
      changed()
    }
    isBusy = false
  }

  async function fetchCart(): Promise<void> {
    fetch = NO
    if (kept.id) take(await ofThisEra(client.carts.get({ cartId: kept.id }, credentials())))
    // It is there and open, so the refusal was the command's own.
    if (doubt && kept.id && !isOrdered()) finish(doubt)
    doubt = null
    settle(FETCH)
  }

  function fetchRefused(error: BursarError): void {
    const gone = isGone(error)
    if (truth || !gone) complain('get', error)
    if (gone) {
      if (stored().id === kept.id) setKept({})
      follow(stored())
    } else if (doubt) finish(doubt)
    doubt = null
    settle(FETCH, error)
  }

  /** Its own refusal, or that of a cart which changed, was ordered or is gone: the cart itself tells. */
  function commandRefused(error: BursarError): void {
    const { key = '' } = queue[0] ?? {}
    if (error.code === 'version_conflict') fetch = FIRST
    else if (key !== doubted && (isGone(error) || error.code === 'cart_not_open')) {
      doubted = key
      doubt = error
      fetch = FIRST
    } else finish(error)
  }

  async function sendFirst(): Promise<void> {
    const command = queue[0] as StoreCommand // looked at before
    if (command.name === 'signedIn') return signIn(command.key, command.input.tells)
    if (!kept.id || isOrdered()) {
      if (command.name === 'updateLine') return finish(clientError(truth ? CART_NOT_OPEN : NOT_FOUND))
      if (command.name.startsWith('remove')) return finish()
      return makeCart()
    }
    queue = [{ ...command, sent: true }, ...queue.slice(1)]
    save()
    const cartId = kept.id
    const send = client.carts[command.name] as Send // each takes its own input
    const answer = await ofThisEra(
      send({ cartId, ...command.input }, { idempotencyKey: command.key, ...credentials() }),
    )
    if (cartId !== kept.id) return // sent again, to the cart that took its place
    take(answer)
    finish()
  }

  async function makeCart(): Promise<void> {
    const before = kept.id
    const isOthers = ({ id }: KeptCart) => id && id !== before
    if (isOthers(stored())) return follow(stored())
    const { token, ...made } = await ofThisEra(client.carts.create({}))
    if (isOthers(stored())) return follow(stored()) // another tab was first: one shopper, one cart
    become({ id: made.cart.id, token, isOwned: !token }, made)
  }

  /** Merges the guest's cart into the customer's. Tabs that do it at once use one cart, and a repeat adds nothing. */
  async function signIn(key: string, tells: boolean): Promise<void> {
    const { id, token } = kept
    if (id && token && !isOrdered()) {
      const intoOf = (one: KeptCart) => (one.isOwned ? one.id : one.into)
      let into = intoOf(stored()) ?? kept.into
      if (!into) {
        const made = await ofThisEra(client.carts.create({}))
        if (made.token) throw clientError(UNAUTHENTICATED)
        if (kept.id !== id) return // tried again with what came instead
        into = intoOf(stored()) ?? made.cart.id
        if (!stored().isOwned) setKept({ ...kept, into })
      }
      const merged = await ofThisEra(
        client.carts.merge({ cartId: into, fromCartId: id, fromToken: token }, { idempotencyKey: key }),
      )
      if (kept.id !== id) return
      become({ id: into, isOwned: true }, merged)
    } else {
      const now = stored()
      if (now.id && now.id !== id) follow(now)
      else fetch = LAST
    }
    finish()
    if (tells) tell('signed_in')
  }

  /** The answer, unless the shopper signed out meanwhile. */
  async function ofThisEra<T>(answer: Promise<T>): Promise<T> {
    const began = era
    const value = await answer
    if (began !== era) throw OVER
    return value
  }

  /** Waits before the next try: as long as the server asked for, else until the page or the network is back. */
  async function pause(failures: number, retryAfter = 0): Promise<void> {
    const waiting = new AbortController()
    if (!retryAfter) stopWaiting = () => waiting.abort()
    const most = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures)
    const spread = (page.randomBytes(1)[0] ?? 0) / 256 // many shoppers lose one network
    await page.sleep(Math.max(retryAfter * 1000, most * (0.5 + spread / 2)), waiting.signal).catch(() => {})
    stopWaiting = () => {}
  }

  function forget(): void {
    era += 1
    const dropped = queue
    queue = []
    follow({})
    doubt = null
    save()
    const error = clientError(UNAUTHENTICATED)
    for (const command of dropped) complain(command.name, error, lineOf(command))
    for (const { key } of dropped) settle(key, error)
    settle(FETCH, error)
    stopWaiting()
  }

  async function hear(message: TabMessage): Promise<void> {
    const { type } = message
    if (type === 'version') {
      if (message.cart === kept.id) seen = Math.max(seen, message.version ?? 0)
      else lookAround()
    } else {
      if (type === 'signed_out') forget()
      try {
        await options.onTabEvent?.(type)
      } finally {
        if (type === 'signed_in') ask({ name: 'signedIn', input: { tells: false } })
        else onReturn()
      }
    }
    changed()
    work()
  }

  function onReturn(): void {
    stopWaiting()
    lookAround()
    if (kept.id) fetch ||= LAST
    changed()
    work()
  }

  return {
    getState: () => state,
    getInitialState: () => initialState,
    subscribe(listener) {
      const wasAwake = isAwake
      wake()
      if (listeners.size === 0) {
        channel = page.openChannel(name, hear)
        stopListening = page.onReturn(onReturn)
        if (wasAwake) onReturn()
      }
      // A wrapper of its own: the same function may subscribe twice.
      const own = () => listener()
      listeners.add(own)
      changed()
      work()
      return () => {
        if (!listeners.delete(own) || listeners.size > 0) return
        stopListening()
        channel?.close()
        channel = null
      }
    },
    addLine: (input) => ask({ name: 'addLine', input: { ...input, lineId: input.lineId ?? newKey(page) } }),
    setQuantity: (lineId, quantity) => ask({ name: 'updateLine', input: { lineId, quantity } }),
    setRecipient: (lineId, recipient) => ask({ name: 'updateLine', input: { lineId, recipient } }),
    removeLine: (lineId) => ask({ name: 'removeLine', input: { lineId } }),
    applyCode: (code) => ask({ name: 'applyCode', input: { code } }),
    removeCode: (codeId) => ask({ name: 'removeCode', input: { codeId } }),
    update: (input) => ask({ name: 'update', input }),
    signedIn: () => ask({ name: 'signedIn', input: { tells: true } }),
    signedOut() {
      forget()
      setKept({})
      changed()
      tell('signed_out')
    },
    placed(orderId) {
      if (truth) truth = { ...truth, cart: { ...truth.cart, orderId } }
      changed()
      tell('placed')
    },
    refresh() {
      wake()
      fetch ||= LAST
      return settled(FETCH)
    },
    dismissError(id) {
      errors = id === undefined ? [] : errors.filter((one) => one.id !== id)
      changed()
    },
    options: credentials,
  }
}

const isGone = ({ status }: BursarError): boolean => status === 404 || status === 410
