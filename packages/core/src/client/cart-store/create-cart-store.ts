import type { CartWithQuote } from '../../cart/index.ts'
import type { OperationOptions } from '../../contract/index.ts'
import { NOT_FOUND, UNAUTHENTICATED, UNAVAILABLE } from '../../errors/client-codes.ts'
import { type BursarError, CodedError, type ErrorCode, isBursarError } from '../../errors/index.ts'
import type { TabChannel, TabMessage } from '../../ports/index.ts'
import { systemPage } from '../../ports/system-runtime.ts'
import { keep, readKept } from '../kept.ts'
import { newKey } from '../new-key.ts'
import { watched } from '../watched.ts'
import type { CartCommand, CartProblem, CartState } from './cart-state.ts'
import type { CartStore, CartStoreOptions, CommandResult, Estimate } from './cart-store.ts'
import { joinCommand } from './join-command.ts'
import type { KeptCart } from './kept-cart.ts'
import type { Asked, Settle, StoreCommand } from './store-command.ts'
import { keepSame, viewOf } from './view-of.ts'

/** The wait after the first request without an answer, milliseconds; doubled each time, up to the longest. */
const FIRST_WAIT = 500
const LONGEST_WAIT = 30_000

/** The longest wait that is taken over from the server, milliseconds: a day; one of more than 24 would be none to a timer. */
const LONGEST_ASKED = 86_400_000

type Send = (input: object, options: OperationOptions) => Promise<CartWithQuote>

/** Makes the store of a shopper's cart. */
export function createCartStore(options: CartStoreOptions): CartStore {
  const { client, site = 'default', initial = null, page = systemPage() } = options
  const name = `bursar.cart.${site}`
  let truth: CartWithQuote | null = initial
  let kept: KeptCart = {}
  let queue: readonly StoreCommand[] = []
  let errors: readonly CartProblem[] = []
  let online = true
  let isAwake = false
  let isBusy = false
  /** Is the cart to be fetched when nothing else waits, and who waits for that? */
  let isWanted = false
  let refreshes: Settle[] = []
  /** The highest version of the cart that another tab told. */
  let seen = 0
  /** Why the first command was refused, while the cart itself is asked. */
  let doubt: BursarError | undefined
  let waiting = new AbortController()
  let channel: TabChannel | null = null
  /** Reckons; the first time it is fetched. */
  let estimate: Estimate = () => {
    estimate = () => null
    options.estimate?.().then((loaded) => {
      estimate = loaded.estimate
      changed()
    }, Object)
    return null
  }
  const { getState, getInitialState, subscribe, enter } = watched(nextState({ lines: [], codes: [] }), start)

  function nextState(before: Pick<CartState, 'lines' | 'codes'>): CartState {
    const { cart = null, quote = null } = truth ?? {}
    const isOld = !!cart && cart.version < seen
    const shown = viewOf(isOrdered() && queue[0] ? null : truth, queue) // what waits goes to the next cart
    const guess = queue[0] && truth && !isOld && estimate(truth, shown)
    return {
      status: isOrdered()
        ? 'ordered'
        : cart
          ? 'open'
          : isAwake && !kept.id
            ? 'none'
            : online
              ? 'loading'
              : 'unavailable',
      cart,
      ...shown,
      lines: keepSame(before.lines, shown.lines),
      codes: keepSame(before.codes, shown.codes),
      count: shown.lines.reduce((sum, { quantity }) => sum + quantity, 0),
      quote: guess || quote,
      quoteState: !cart ? 'none' : guess ? 'estimate' : queue[0] || isOld ? 'stale' : 'final',
      pending: queue.length,
      online,
      errors,
    }
  }

  function isOrdered(): boolean {
    return truth?.cart.orderId != null
  }

  function changed(): void {
    enter(nextState(getState()))
  }

  /** Tells what changed, and does what there is to do. */
  function goOn(): void {
    changed()
    work()
  }

  const credentials = (): OperationOptions => ({
    cartToken: kept.token,
    expand: options.estimate && 'pricingInputs',
  })
  const stored = (): KeptCart => readKept<KeptCart>(page, 'shared', name) ?? {}
  const tell = (type: TabMessage['type']): void =>
    channel?.postMessage({ type, cart: kept.id, version: truth?.cart.version })

  function start(): () => void {
    channel = page.openChannel(name, hear)
    const stopListening = page.onReturn(onReturn)
    if (isAwake) onReturn()
    wake()
    goOn()
    return () => {
      stopListening()
      channel?.close()
      channel = null
    }
  }

  /** Reads what was kept. Later than the store is made, so that a page's first render is the server's. */
  function wake(): void {
    if (isAwake) return
    isAwake = true
    kept = stored()
    const given = options.cartId ?? truth?.cart.id
    if (given && given !== kept.id) setKept({ id: given })
    queue = readKept<StoreCommand[]>(page, 'own', name) ?? []
    isWanted = !truth
  }

  function setKept(next: KeptCart): void {
    kept = next
    keep(page, 'shared', name, next.id && next)
  }

  /** Goes over to another cart, which the server just gave or another tab has; what waits goes with it. */
  function follow(next: KeptCart, answer?: CartWithQuote | null): void {
    setKept(next)
    truth = null
    seen = 0
    doubt = undefined
    isWanted = !answer
    if (answer) take(answer)
  }

  /** The cart that another tab has by now, if it is another one. */
  function others(): KeptCart | null {
    const now = stored()
    return now.id && now.id !== kept.id ? now : null
  }

  function lookAround(): void {
    const now = others()
    if (now && kept.token && now.isOwned) ask('signedIn', {})
    else if (now) follow(now)
  }

  function take(answer: CartWithQuote): void {
    const { cart } = answer
    if (cart.id !== kept.id || cart.version < (truth?.cart.version ?? 0)) return
    truth = answer
    tell('version')
    // What was added while the order was being paid goes on there.
    if (cart.nextCartId) follow({ ...kept, id: cart.nextCartId })
  }

  /** Names of people stay out of storage: such a command ends with its page. */
  function save(): void {
    const nameless = queue.filter(({ input }) => (input.recipient?.type ?? 'buyer') === 'buyer')
    keep(page, 'own', name, nameless[0] && nameless)
  }

  function ask<Code extends ErrorCode>(name: Asked['name'], input: Asked['input']): Promise<CommandResult<Code>> {
    wake()
    return new Promise((resolve) => {
      const done = resolve as Settle // the codes of a command's answers are those of its operation
      // What is undefined is not said.
      queue = joinCommand(queue, { name, input: JSON.parse(JSON.stringify(input)), key: newKey(page), done })
      save()
      goOn()
    })
  }

  const resultOf = (error?: BursarError): CommandResult =>
    error ? { ok: false, error } : { ok: true, state: getState() }

  /** Takes the first commands off the queue: done, or refused with a reason. */
  function finish(error?: BursarError, count = 1): void {
    const ended = queue.slice(0, count)
    queue = queue.slice(count)
    save()
    if (error) for (const command of ended) complain(command.name, error, command.input.lineId)
    changed()
    for (const command of ended) command.done?.(resultOf(error))
  }

  function complain(command: CartCommand, error: BursarError, lineId?: string): void {
    errors = [...errors, { id: newKey(page), command, lineId, error }]
  }

  function refreshed(error?: BursarError): void {
    const asked = refreshes
    refreshes = []
    changed()
    for (const settle of asked) settle(resultOf(error))
  }

  /** One request at a time, until nothing waits and nothing newer is known of. */
  async function work(): Promise<void> {
    if (isBusy) return
    isBusy = true
    await undefined // what is asked in one turn is joined
    for (let wait = FIRST_WAIT; queue[0] || isWanted || getState().quoteState === 'stale'; changed()) {
      const asked = kept
      const command = doubt ? undefined : queue[0]
      try {
        await (command ? send(command) : fetchCart())
        wait = FIRST_WAIT
        online = true
      } catch (caught) {
        if (asked !== kept) continue // of a cart that is no longer the shopper’s
        const error = isBursarError(caught) ? caught : new CodedError(UNAVAILABLE, { cause: caught })
        const { status, isRetryable } = error
        online = status !== 429 && status < 500
        // Whose refusal it is, the cart itself tells: it may have changed, be ordered or be gone.
        if (online && command) doubt = error
        else if (online && !isRetryable) fetched(error.code === 'not_found', error)
        else {
          isWanted ||= !command
          refreshed(error)
        }
        changed()
        if (!online || isRetryable) await pause(wait, error.retryAfter)
        wait = Math.min(wait * 2, LONGEST_WAIT)
      }
    }
    isBusy = false
  }

  async function fetchCart(): Promise<void> {
    isWanted = false
    const wasOrdered = isOrdered()
    if (kept.id) take(await answerOf(client.carts.get({ cartId: kept.id }, credentials())))
    fetched(isOrdered() !== wasOrdered)
  }

  /** The cart itself has answered: a doubt that it does not explain was the command's own refusal. */
  function fetched(isOther: boolean, error?: BursarError): void {
    if (doubt && !isOther && doubt.code !== 'version_conflict') finish(doubt)
    else if (error && (truth || !isOther)) complain('get', error)
    doubt = undefined
    if (error && isOther) follow(others() ?? {})
    refreshed(error)
  }

  async function send(command: StoreCommand): Promise<void> {
    const { name: operation, input, key } = command
    if (operation === 'signedIn') return signIn(command)
    const { id: cartId } = kept
    const isRemoval = operation.startsWith('remove')
    // What an ordered cart holds is not changed in the next one: that is for the server to refuse.
    const isNone = !cartId || (isOrdered() && operation !== 'updateLine')
    const lines = isNone ? [] : truth?.cart.lines
    const isMissing = operation !== 'addLine' && input.lineId && lines?.every((line) => line.id !== input.lineId)
    // Not asked of the server: a request that comes late would find a line that was added since.
    if (isMissing || (isNone && isRemoval)) return finish(isRemoval ? undefined : new CodedError(NOT_FOUND))
    if (isNone) return makeCart()
    command.sent = true
    save()
    const call = client.carts[operation] as Send // each takes its own input
    take(await answerOf(call({ cartId, ...input }, { idempotencyKey: key, ...credentials() })))
    finish()
  }

  async function makeCart(): Promise<void> {
    const made = others() ? null : await answerOf(client.carts.create({}))
    const now = others() // one shopper, one cart
    if (now || !made) return follow(now ?? {})
    follow({ id: made.cart.id, token: made.token, isOwned: !made.token }, made)
  }

  /** The server takes a guest's cart into the customer's. Without one the customer's is shown. */
  async function signIn({ input }: StoreCommand): Promise<void> {
    const { id, token } = kept
    const own = await answerOf(client.me.takeCart(token ? { fromCartId: id, fromToken: token } : {}))
    follow(own ? { id: own.cart.id, isOwned: true } : (others() ?? kept), own)
    finish()
    if (input.tells) tell('signed_in')
  }

  /** The answer, unless the shopper has another cart meanwhile or signed out: then what waits is sent anew. */
  async function answerOf<T>(request: Promise<T>): Promise<T> {
    const asked = kept
    const answer = await request
    if (asked !== kept) throw asked // nobody looks at it
    return answer
  }

  /** Waits before the next try: as long as the server asked for, else until the page or the network is back. */
  async function pause(wait: number, retryAfter = 0): Promise<void> {
    const own = new AbortController()
    if (!retryAfter) waiting = own
    const [chance = 0] = page.randomBytes(1) // many shoppers lose one network
    const length = Math.min(Math.max(retryAfter * 1000, wait * (0.5 + chance / 512)), LONGEST_ASKED)
    await page.sleep(length, own.signal).catch(() => {})
  }

  /** Goes on with the cart that is kept by now, or none: what waits for the old one has ended. */
  function forget(next: KeptCart): void {
    follow(next)
    const error = new CodedError(UNAUTHENTICATED)
    finish(error, queue.length)
    refreshed(error)
    waiting.abort()
  }

  async function hear({ type, cart, version = 0 }: TabMessage): Promise<void> {
    if (type === 'version') {
      if (cart === kept.id) seen = Math.max(seen, version)
      else lookAround()
      return goOn()
    }
    if (type === 'signed_out') forget(stored())
    try {
      await options.onTabEvent?.(type)
    } finally {
      if (type === 'signed_in') ask('signedIn', {})
      else onReturn()
    }
  }

  function onReturn(): void {
    waiting.abort()
    lookAround()
    isWanted = true
    goOn()
  }

  return {
    getState,
    getInitialState,
    subscribe,
    addLine: (input) => ask('addLine', { ...input, lineId: input.lineId ?? newKey(page) }),
    setQuantity: (lineId, quantity) => ask('updateLine', { lineId, quantity }),
    setRecipient: (lineId, recipient) => ask('updateLine', { lineId, recipient }),
    removeLine: (lineId) => ask('removeLine', { lineId }),
    applyCode: (code) => ask('applyCode', { code }),
    removeCode: (codeId) => ask('removeCode', { codeId }),
    update: (input) => ask('update', input),
    signedIn: () => ask('signedIn', { tells: true }),
    signedOut() {
      forget({})
      tell('signed_out')
    },
    placed(orderId) {
      if (truth) truth = { ...truth, cart: { ...truth.cart, orderId } }
      tell('placed')
      isWanted = true
      goOn()
    },
    refresh() {
      wake()
      isWanted = true
      return new Promise((resolve) => {
        refreshes.push(resolve as Settle) // the codes are those of a fetch
        goOn()
      })
    },
    dismissError(id) {
      errors = errors.filter((one) => id && one.id !== id)
      changed()
    },
    options: credentials,
  }
}
