import type { CartWithQuote } from '../../cart/index.ts'
import type { OperationError, OperationOptions } from '../../contract/index.ts'
import { NOT_FOUND, UNAUTHENTICATED, UNAVAILABLE } from '../../errors/client-codes.ts'
import { type BursarError, CodedError, type ErrorCode, isBursarError } from '../../errors/index.ts'
import type { TabChannel, TabMessage } from '../../ports/index.ts'
import { systemPage } from '../../ports/system-runtime.ts'
import { cartOf } from '../answer-of.ts'
import { checkoutName, keep, readKept, tokensName } from '../kept.ts'
import { newKey } from '../new-key.ts'
import { report, shielded } from '../report.ts'
import { watched } from '../watched.ts'
import type { CartProblem, CartState } from './cart-state.ts'
import type { CartStore, CartStoreOptions, CommandResult, Estimate } from './cart-store.ts'
import { joinCommand } from './join-command.ts'
import type { KeptCart } from './kept-cart.ts'
import type { Asked, StoreCommand } from './store-command.ts'
import { keepSame, viewOf } from './view-of.ts'

type Send = (input: object, options: OperationOptions) => Promise<CartWithQuote>

/** Makes the store of a shopper's cart. */
export function createCartStore(options: CartStoreOptions): CartStore {
  const { client, site = 'default', initial = null, page = systemPage() } = options
  const name = `bursar.cart.${site}`
  let truth: CartWithQuote | null = initial
  let kept: KeptCart = {}
  let queue: StoreCommand[] = []
  let errors: readonly CartProblem[] = []
  let online = true
  let signOuts = 0
  /** The highest version of the cart that another tab told. */
  let seen = 0
  /** Ends the wait before the next try. */
  let waiting: AbortController | undefined
  /** Did the server say how long it wants to be left alone? */
  let isHeld: boolean | undefined
  let channel: TabChannel | null = null
  /** Ends when nothing waits; begun by the first subscriber or command. */
  let work: Promise<void> | undefined
  /** Reckons; the first time it is fetched. */
  let estimate: Estimate = () => {
    estimate = () => null
    options.estimate?.().then((loaded) => {
      estimate = loaded.estimate
      changed()
    }, Object)
    return null
  }
  const isOrdered = () => truth?.cart.orderId
  const versionNow = (): number => truth?.cart.version ?? 0
  const { enter, ...state } = watched(nextState({ lines: [], codes: [] }), start)

  function nextState(before: Pick<CartState, 'lines' | 'codes'>): CartState {
    const commands = queue.filter(isCommand)
    const [waits] = commands
    // A line that waits begins the next cart: what was ordered is shown no more.
    const known = isOrdered() && commands.some(({ name }) => name === 'addLine') ? null : truth
    const { cart = null, quote = null } = known ?? {}
    const isOld = versionNow() < seen
    const shown = viewOf(known, commands)
    const sent = waits && !isOld && known
    const guess = sent && shielded(() => estimate(sent, shown))
    return {
      status: cart
        ? cart.orderId
          ? 'ordered'
          : 'open'
        : truth || (work && !kept.id)
          ? 'none'
          : online
            ? 'loading'
            : 'unavailable',
      cart,
      ...shown,
      lines: keepSame(before.lines, shown.lines),
      codes: keepSame(before.codes, shown.codes),
      count: cart?.orderId ? 0 : shown.lines.reduce((sum, { quantity }) => sum + quantity, 0),
      quote: guess || quote,
      quoteState: !cart ? 'none' : guess ? 'estimate' : waits || isOld ? 'stale' : 'final',
      pending: commands.length,
      online,
      signOuts,
      errors,
    }
  }

  function changed(): void {
    enter(nextState(state.getState()))
  }

  const credentials = (): OperationOptions => ({
    cartToken: kept.token,
    expand: options.estimate && 'pricingInputs',
  })
  const stored = (): KeptCart => readKept<KeptCart>(page, 'shared', name) ?? {}
  const tell = (type: TabMessage['type']): void => channel?.postMessage({ type, cart: kept.id, version: versionNow() })

  function start(): () => void {
    channel = page.openChannel(name, hear)
    const stopListening = page.onReturn(onReturn)
    if (work) onReturn()
    wake()
    return () => {
      stopListening()
      channel?.close()
      channel = null
    }
  }

  /** Reads what was kept. Later than the store is made, so that a page's first render is the server's. */
  function wake(): void {
    if (work) return
    work = Promise.resolve()
    queue = readKept<StoreCommand[]>(page, 'own', name)?.map?.(asCommand) ?? []
    const known = stored()
    const given = options.cartId ?? truth?.cart.id
    const { id, token, guest = (token && known) as KeptCart['guest'] } = known
    follow(given && given !== id ? { id: given, guest } : known, truth?.cart.id === given ? truth : null)
    goOn()
  }

  /** Goes over to another cart, which the server just gave or another tab has; what waits goes with it. */
  function follow(next: KeptCart, answer: CartWithQuote | null = null): void {
    kept = next
    keep(page, 'shared', name, next.id && next)
    truth = answer
    seen = 0
    if (!answer) fetchCart()
  }

  /** The shopper's cart, as all tabs know it by now; null when it was ordered. */
  function current(): KeptCart | null {
    const now = stored()
    if (now.id && now.id !== kept.id) {
      if (kept.token && now.isOwned) ask('signedIn', {})
      else follow(now)
    }
    return isOrdered() ? null : kept
  }

  function take(answer: CartWithQuote): void {
    const { cart, token } = answer
    if (cart.id !== kept.id) follow({ id: cart.id, token, isOwned: !token, guest: kept.guest }, answer)
    else if (cart.version >= versionNow()) truth = answer
    tell('version')
    // What was added while the order was being paid goes on there.
    if (cart.nextCartId) follow({ ...kept, id: cart.nextCartId })
  }

  /**
   * Keeps what waits, after a command of its own alone: what another store of the tab keeps there is not lost to a mere look.
   * Names of people stay out of storage: such a command ends with its page.
   */
  function save(after: Asked): void {
    const nameless = queue.filter((one) => isCommand(one) && (one.input.recipient?.type ?? 'buyer') === 'buyer')
    if (isCommand(after)) keep(page, 'own', name, nameless)
  }

  const asCommand = (asked: Asked): StoreCommand => ({
    key: newKey(page),
    fails: 0,
    carts: 0,
    ...asked,
    ...Promise.withResolvers(),
  })

  function ask<Code extends ErrorCode>(name: Asked['name'], given: Asked['input']): Promise<CommandResult<Code>> {
    wake()
    const { quantity = 1 } = given
    let command = asCommand({ name, input: JSON.parse(JSON.stringify(given)) }) // what is undefined is not said
    // Before it is shown.
    if (!(quantity === ~~quantity && quantity > 0 && quantity <= 1000)) {
      end(command, new CodedError(['invalid_input', 400, 'A whole number from 1 to 1,000.']))
    } else {
      command = joinCommand(queue, command)
      save(command)
      goOn()
    }
    return command.promise as Promise<CommandResult<Code>> // the codes of a command's answers are those of its operation
  }

  const fetchCart = () => ask<OperationError<'carts.get'>>('get', {})

  /** Tells what changed, and does what there is to do; what is asked in one turn is joined. */
  function goOn(): void {
    changed()
    work = work?.then(doAll).catch(report)
  }

  /** Takes a command off the queue: done, or refused with a reason. */
  function end(command: StoreCommand, error?: BursarError): void {
    queue = queue.filter((one) => one !== command)
    if (isCommand(command)) complain(command, error)
    save(command)
    changed()
    command.resolve(error ? { ok: false, error } : { ok: true, state: state.getState() })
  }

  /** Keeps a refusal, in the place of the same one of before; without one, what was about the command is done with. */
  function complain(asked: Asked, error?: BursarError): void {
    const { name, input } = asked
    errors = errors.filter((one) => !isAbout(one, asked) || (error && one.error.code !== error.code))
    if (error) errors = [...errors, { id: newKey(page), command: name, lineId: input.lineId, error }]
  }

  /** One request at a time, until nothing waits. */
  async function doAll(): Promise<void> {
    // The wait after the first request without an answer, milliseconds; doubled each time, up to the longest.
    const firstWait = 500
    const longestWait = 30_000
    for (let wait = firstWait; ; changed()) {
      const [command] = queue
      if (!command) return
      const asked = current()
      const isFetch = !isCommand(command)
      let refusal: BursarError | undefined
      let error: BursarError | undefined
      const answer = await send(command)
        .catch((caught) => {
          if (isFetch || !(isRefusal(caught) || (kept.id && isDefect(caught, command)))) throw caught
          refusal = caught
          // Whose refusal it is, the cart itself tells: it may have changed, be ordered or be gone.
          return send({ ...command, ...FETCH })
        })
        .catch((caught) => {
          error = isBursarError(caught) ? caught : new CodedError(UNAVAILABLE, { cause: caught })
        })
      if (asked !== current()) continue // of a cart that is no longer the shopper’s
      if (answer) take(answer)
      online = !error || isRefusal(error)
      if (!online || error?.isRetryable || refusal?.code === 'version_conflict') {
        if (isFetch) {
          end(command, error)
          fetchCart()
        } else changed()
        await pause(wait, error)
        wait = Math.min(wait * 2, longestWait)
        continue
      }
      wait = firstWait
      // Gone, or what was kept can be no cart's; of another part of the request its answer says nothing.
      const isGone = error?.code === 'not_found' || error?.issues[0]?.path === 'cartId'
      if (error && (truth || !isGone)) complain(FETCH, error)
      const isLost = isGone && command.carts > 1
      if (isGone) {
        follow(kept.guest ?? {}) // whose session is not there yet sees what they had as a guest
        // A cart that was made for this command is not found: once more after a while, then no more.
        if (isLost) refusal = new CodedError(UNAVAILABLE, { reason: 'new_cart_not_found', cause: error })
        else if (command.carts) await pause(wait)
      }
      if (isFetch || isLost || command.name === 'signedIn' || asked === current()) end(command, refusal ?? error)
      if (command.input.tells && !refusal) tell('signed_in')
    }
  }

  /** Makes the request of a command, or that of the cart which it needs first; none where its answer is known. */
  async function send(command: StoreCommand): Promise<CartWithQuote | null | undefined> {
    const { name: operation, input, key } = command
    const { id: cartId, token } = kept
    if (operation === 'signedIn') {
      const guest = !token && kept.guest
      const from = guest || kept
      command.sent = input.tells // who signs in meanwhile may be somebody else
      // What was taken, or cannot be, is not tried at each sign-in; who is not known yet, or must wait, tries again with it.
      const forgetGuest = () => guest && follow({ ...kept, guest: undefined }, truth)
      const own = await client.me
        .takeCart({ fromCartId: from.token && from.id, fromToken: from.token })
        .catch((error) => {
          if (isRefusal(error) && error.status !== 401 && !error.isRetryable) forgetGuest()
          throw error
        })
      forgetGuest()
      complain(FETCH) // a cart that was gone for who was not known is there again
      if (!own) fetchCart()
      return own && cartOf(own)
    }
    // What an ordered cart holds is not changed in the next one: that is for the server to refuse.
    const isNone = !cartId || (isOrdered() && operation !== 'updateLine' && operation !== 'get')
    const lines = isNone ? [] : truth?.cart.lines
    const isMissing = operation !== 'addLine' && input.lineId && lines?.every(({ id }) => id !== input.lineId)
    if (isNone || isMissing) {
      if (/^(get|remove)/.test(operation)) return // where there is nothing, nothing is to be done
      // Not asked of the server: a request that comes late would find a line that was added since.
      if (isMissing) throw new CodedError(NOT_FOUND)
      const made = cartOf(await client.carts.create({}))
      command.carts += 1
      return made
    }
    command.sent = true
    save(command)
    // Each takes its own input.
    return cartOf(
      await (client.carts[operation] as Send)(
        { cartId, ...input },
        { idempotencyKey: isCommand(command) ? key : undefined, ...credentials() },
      ),
    )
  }

  /** Waits before the next try: until the page or the network is back, except where the server is asked too often. */
  async function pause(wait: number, { status, retryAfter = 0 }: Partial<BursarError> = {}): Promise<void> {
    isHeld = status === 429 && retryAfter > 0
    waiting = new AbortController()
    const [chance] = page.randomBytes(1) as unknown as [number] // many shoppers lose one network
    // What is longest taken over from the server: a day, for one of more than 24 would be none to a timer; of one that is
    // away, and may be back before it thought, what a wait grows to by itself.
    await page
      .sleep(
        Math.max(Math.min(retryAfter * 1000, isHeld ? 86_400_000 : 30_000), wait * (0.5 + chance / 512)),
        waiting.signal,
      )
      .catch(() => {})
  }

  /** Goes on with the cart that is kept by now, or none: what waits for the old one has ended. */
  function forget(next: KeptCart): void {
    signOuts += 1
    // A checkout that is not on this page hears of no sign-out.
    for (const gone of [name, checkoutName(site), tokensName(site)]) keep(page, 'own', gone)
    follow(next)
    const ended = queue
    queue = []
    errors = []
    changed()
    // Who waits is told; what is shown from now on is of somebody else.
    for (const command of ended) command.resolve({ ok: false, error: new CodedError(UNAUTHENTICATED) })
    waiting?.abort()
  }

  async function hear({ type, cart, version = 0 }: TabMessage): Promise<void> {
    if (type === 'version') {
      current()
      if (cart === kept.id && version > versionNow()) {
        seen = version
        fetchCart()
      }
    } else {
      if (type === 'signed_out') forget(stored())
      const toldHost = async () => options.onTabEvent?.(type)
      await toldHost().catch(report)
      ask(type === 'signed_in' ? 'signedIn' : 'get', {})
    }
  }

  function onReturn(): void {
    if (!isHeld) waiting?.abort()
    fetchCart()
  }

  return {
    ...state,
    addLine: (input) => ask('addLine', { ...input, lineId: input.lineId ?? newKey(page) }),
    setQuantity: (lineId, quantity) => ask('updateLine', { lineId, quantity }),
    setParts: (lineId, parts) => ask('updateLine', { lineId, parts }),
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
      fetchCart()
    },
    refresh: fetchCart,
    dismissError(id) {
      errors = errors.filter((one) => id && one.id !== id)
      changed()
    },
    options: credentials,
  }
}

const FETCH: Asked = { name: 'get', input: {} }

/** Is a problem of the line, or where it is of none of the command, that this is about? */
const isAbout = (problem: CartProblem, { name, input }: Asked): boolean =>
  input.lineId ? problem.lineId === input.lineId : problem.command === name

const isCommand = ({ name }: Asked): boolean => name !== 'get'

/** Did the server say no? Else it is no answer. Who tries too many codes is told so: all else need not wait for it. */
const isRefusal = (error: unknown): error is BursarError =>
  isBursarError(error) && /^4(?!29)|codes$/.test(`${error.status} ${error.reason}`)

/** Has the server failed at it three times? It may do so for good: if it does all else, that need not wait. */
function isDefect(error: unknown, command: StoreCommand): boolean {
  return isBursarError(error, 'internal') && ++command.fails > 2
}
