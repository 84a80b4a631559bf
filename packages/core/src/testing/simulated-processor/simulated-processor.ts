import type {
  LookupAnswer,
  MoveMoney,
  OpenPayment,
  PaymentProcessor,
  ProcessorAccount,
  ProcessorAnswer,
  ProcessorCapabilities,
  Runtime,
} from '../../ports/index.ts'
import { systemRuntime } from '../../ports/index.ts'
import { memorySimulationLog } from '../memory-simulation-log.ts'
import { scriptedBehaviours } from '../scripted-behaviours.ts'
import type { SimulationLog } from '../simulation-log.ts'
import { type CallBehaviour, keyedCalls } from './keyed-calls.ts'
import { paymentScript } from './payment-scripts.ts'
import { type ProcessorBooks, processorBooks } from './processor-books.ts'
import { type DueDelivery, dueDeliveries, settleDelivery, type WebhookBehaviour } from './processor-deliveries.ts'
import { listEvents, parseTestEvent } from './processor-events.ts'
import {
  EFFECTS,
  type KeyedOperation,
  PAYMENTS,
  type ProcessorEffect,
  type SimulatedPayment,
} from './processor-records.ts'
import { type ProcessorRules, soundRules } from './processor-rules.ts'

/** What a simulated processor is made of. */
export interface SimulatedProcessorOptions {
  /** Where its books are kept. @default in memory */
  readonly log?: SimulationLog | undefined
  /** Its clock and chance. @default the system's */
  readonly runtime?: Pick<Runtime, 'now' | 'sleep' | 'randomBytes'> | undefined
  /** The API key of an account, compared with `account.secret('key')`; undefined: no such account. @default no key is asked for */
  readonly keyOf?: ((accountId: string) => string | undefined) | undefined
  /** What differs from the capabilities that it has. */
  readonly capabilities?: Partial<Pick<ProcessorCapabilities, 'currencies' | 'minimum' | 'maximum'>> | undefined
  /** Milliseconds until a late payment is decided. @default 5,000 */
  readonly lateMs?: number | undefined
  /** Milliseconds until a capture that fails later fails. @default 3 days */
  readonly captureFailsMs?: number | undefined
  /** Milliseconds that a slow call takes. @default 2,000 */
  readonly slowMs?: number | undefined
  /** Rules to break: for the faults that prove the conformance suite. @default none */
  readonly rules?: Partial<ProcessorRules> | undefined
}

/** What the shopper does on the processor's page or in its fields; `pay_late` is a method such as a bank debit. */
export type ShopperChoice = 'approve' | 'decline' | 'requires_action' | 'pay_late'

/** One payment of one account. */
export interface PaymentRef {
  /** PaymentAccount id. */
  readonly account: string
  /** The processor's id of the payment. */
  readonly reference: string
}

/** A call that can be scripted to go wrong; `webhook` scripts the next event. */
export interface ScriptCall {
  /** Scripts calls of the port. */
  (call: KeyedOperation | 'lookup', behaviour: CallBehaviour, times?: number): void
  /** Scripts what happens to the next events on their way. */
  (call: 'webhook', behaviour: WebhookBehaviour, times?: number): void
}

/** A payment processor with books of its own, that behaves as scripted. */
export interface SimulatedProcessor extends PaymentProcessor {
  /**
   * What a hosted field or a 3-D Secure page calls. A decline is definite: the payment is failed and another attempt
   * is another payment. Repeating it changes nothing.
   */
  confirm(clientSecret: string, choice: ShopperChoice): Promise<ProcessorAnswer>
  /** Decides a payment that is processing, now. False when it is not. */
  settle(payment: PaymentRef, outcome: 'captured' | 'failed'): boolean
  /** Takes captured money back, as a bank does days later. False when none is captured. */
  failCapture(payment: PaymentRef): boolean
  /** The next `times` calls of this name behave so, in whichever process. @default times 1 */
  readonly script: ScriptCall
  /** All that happened to money, in order: the truth to compare a shop with. */
  log(): ProcessorEffect[]
  /** All payments as they are now. */
  payments(): SimulatedPayment[]
  /** The webhooks that are due, in the order in which they are to be sent. */
  dueDeliveries(): DueDelivery[]
  /** Says how a sending went: accepted with a 2xx, or failed and to be repeated. */
  settleDelivery(id: string, outcome: 'accepted' | 'failed'): void
  /** Closes its log. */
  close(): void
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Smallest charges, in minor units. @see https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const MINIMUM = { USD: 50, EUR: 50, GBP: 30, JPY: 50 }

/** A payment processor for tests and demonstrations: it takes test accounts only, and no money. */
export function simulatedProcessor(options: SimulatedProcessorOptions = {}): SimulatedProcessor {
  const { log = memorySimulationLog(), runtime = systemRuntime(), keyOf } = options
  const { lateMs = 5000, captureFailsMs = 3 * DAY_MS, slowMs = 2000 } = options
  const rules: ProcessorRules = { ...soundRules, ...options.rules }
  const capabilities = capabilitiesWith(options.capabilities)
  const behaviours = scriptedBehaviours<KeyedOperation | 'lookup' | 'webhook', CallBehaviour | WebhookBehaviour>(log)
  const takeForCall = (call: KeyedOperation | 'lookup') => behaviours.take(call) as CallBehaviour | null // by ScriptCall
  const nextWebhookBehaviour = () => behaviours.take('webhook') as WebhookBehaviour | null // by ScriptCall
  const books = processorBooks({ log, runtime, rules, nextWebhookBehaviour, times: { lateMs, captureFailsMs, slowMs } })
  const perform = performer(books, rules)
  const calls = keyedCalls({ log, runtime, rules, books, slowMs, perform })

  /** All that reads or changes the books sees first what time has brought. */
  function inTime<Result>(work: () => Result): Result {
    return log.transact(() => {
      calls.runDue()
      return work()
    })
  }

  async function call(account: ProcessorAccount, operation: KeyedOperation, request: { key: string }) {
    const refusal = await refusalOf(account, keyOf)
    if (refusal !== null) return failed(refusal)
    return calls.run({ account: account.id, operation, request, behaviour: takeForCall(operation) })
  }

  async function open(account: ProcessorAccount, request: OpenPayment): Promise<ProcessorAnswer> {
    const script = paymentScript(request.paymentToken)
    const refusal = (await refusalOf(account, keyOf)) ?? rules.cannotOpen(request, capabilities)
    if (refusal !== null) return failed(refusal)
    if (script === null) return failed('no_such_token: the test processor does not know this payment token.')
    const isLost = script.reply === 'timeout_before' && calls.isFirst(account.id, request.key)
    const own = script.reply === 'timeout_before' ? (isLost ? script.reply : null) : (script.reply ?? null)
    const behaviour = takeForCall('open') ?? own
    return calls.run({ account: account.id, operation: 'open', request, behaviour })
  }

  async function lookup(
    account: ProcessorAccount,
    request: { reference: string | null; key: string },
  ): Promise<LookupAnswer> {
    const refusal = await refusalOf(account, keyOf)
    if (refusal !== null) return { outcome: 'unknown', reason: refusal }
    if (takeForCall('lookup') !== null) return { outcome: 'unknown', reason: 'timeout: no answer.' }
    return inTime((): LookupAnswer => {
      const { reference, key } = request
      const payment = reference === null ? books.findByKey(account.id, key) : books.find(account.id, reference)
      if (payment !== undefined) return found(payment, rules)
      const isUnderWay = reference === null && calls.isUnderWay(account.id, key)
      return isUnderWay ? { outcome: 'unknown', reason: 'the call is under way.' } : { outcome: 'not_found' }
    })
  }

  return {
    capabilities,
    open,
    capture: (account, request) => call(account, 'capture', request),
    void: (account, request) => call(account, 'void', request),
    refund: (account, request) => call(account, 'refund', request),
    lookup,
    parseEvent: (account, rawBody, headers) => parseTestEvent({ account, rawBody, headers, now: runtime.now(), rules }),
    async listSince(account, cursor) {
      return inTime(() => listEvents({ log, account, cursor, rules }))
    },
    publicSettings: async () => ({ processor: 'test' }),
    async confirm(clientSecret, choice) {
      return inTime(() => {
        const payment = books.findBySecret(clientSecret)
        if (payment === undefined) return failed('no_such_payment: nothing has this client secret.')
        if (rules.cannotConfirm(payment) !== null) return answerFor(payment, rules)
        return answerFor(confirmed(books, payment, choice), rules)
      })
    },
    settle: ({ account, reference }, outcome) =>
      inTime(() => {
        const payment = books.find(account, reference)
        if (payment?.state !== 'processing') return false
        if (outcome === 'captured') books.approve(payment, null)
        else books.decline(payment, null)
        return true
      }),
    failCapture: ({ account, reference }) =>
      inTime(() => {
        const payment = books.find(account, reference)
        if (payment?.state !== 'captured') return false
        books.failCapture(payment)
        return true
      }),
    script: (name, behaviour, times = 1) => behaviours.add(name, behaviour, times),
    log: () => inTime(() => log.list(EFFECTS).map(({ document }) => document)),
    payments: () => inTime(() => log.list(PAYMENTS).map(({ document }) => document)),
    dueDeliveries: () => inTime(() => dueDeliveries(log, runtime.now())),
    settleDelivery: (id, outcome) => settleDelivery(log, runtime.now(), id, outcome),
    close: () => log.close(),
  }
}

function capabilitiesWith(own: SimulatedProcessorOptions['capabilities']): ProcessorCapabilities {
  return {
    modes: ['test'],
    currencies: own?.currencies ?? 'any',
    partialCapture: true,
    partialRefund: true,
    voidable: true,
    disputes: false,
    hostedFields: true,
    lookupByKey: true,
    minimum: own?.minimum ?? MINIMUM,
    maximum: own?.maximum,
  }
}

/** Why an account may not be used: a live one never, and another's key never. */
async function refusalOf(account: ProcessorAccount, keyOf: SimulatedProcessorOptions['keyOf']): Promise<string | null> {
  if (account.mode !== 'test') return 'test_processor_only: it moves no real money and serves no live account.'
  if (keyOf === undefined) return null
  const key = keyOf(account.id)
  if (key === undefined) return 'unauthorized: the processor knows no such account.'
  return (await account.secret('key')) === key ? null : 'unauthorized: this is not the key of the account.'
}

function performer(books: ProcessorBooks, rules: ProcessorRules) {
  function started(account: string, request: OpenPayment): SimulatedPayment {
    const script = paymentScript(request.paymentToken)
    const payment = books.create(account, request, script ?? { settles: 'requires_action' })
    if (rules.needsShopper(request)) return payment
    switch (script?.settles) {
      case 'decline':
        return books.decline(payment, request.key)
      case 'late':
        return books.wait(payment, 'capture')
      case 'late_decline':
        return books.wait(payment, 'decline')
      case 'requires_action':
        return request.paymentToken === undefined ? books.approve(payment, request.key) : payment
      default:
        return books.approve(payment, request.key)
    }
  }

  function captured(payment: SimulatedPayment, { amount, key }: MoveMoney): ProcessorAnswer {
    const refusal = rules.cannotCapture(payment, amount)
    return refusal === null ? answerFor(books.capture(payment, amount, key), rules) : failed(refusal)
  }

  function refunded(payment: SimulatedPayment, { amount, key }: MoveMoney): ProcessorAnswer {
    const refusal = rules.cannotRefund(payment, amount)
    return refusal === null ? answerFor(books.refund(payment, amount, key), rules) : failed(refusal)
  }

  function voided(payment: SimulatedPayment, key: string): ProcessorAnswer {
    const closed = rules.canCancel(payment) ? books.cancel(payment, key) : payment
    return { outcome: 'succeeded', payment: rules.view(closed) }
  }

  return (account: string, operation: KeyedOperation, request: unknown): ProcessorAnswer => {
    // The port's types say which request belongs to which operation; the log keeps it as JSON.
    if (operation === 'open') return answerFor(started(account, request as OpenPayment), rules)
    const move = request as MoveMoney // as above
    const payment = books.find(account, move.reference)
    if (payment === undefined) return failed('no_such_payment: the account has no payment with this reference.')
    if (operation === 'void') return voided(payment, move.key)
    return operation === 'capture' ? captured(payment, move) : refunded(payment, move)
  }
}

function confirmed(books: ProcessorBooks, payment: SimulatedPayment, choice: ShopperChoice): SimulatedPayment {
  switch (choice) {
    case 'approve':
      return books.approve(payment, null)
    case 'decline':
      return books.decline(payment, null)
    case 'pay_late':
      return books.wait(payment, 'capture')
    case 'requires_action':
      return payment
  }
}

function answerFor(payment: SimulatedPayment, rules: ProcessorRules): ProcessorAnswer {
  const view = rules.view(payment)
  switch (view.state) {
    case 'requires_action':
      return { outcome: 'requires_action', payment: view, next: nextOf(payment) }
    case 'processing':
      return { outcome: 'pending', payment: view }
    case 'authorized':
    case 'captured':
      return { outcome: 'succeeded', payment: view }
    case 'failed':
      return { outcome: 'declined', reason: view.reason ?? 'declined', payment: view }
    case 'cancelled':
      return failed('payment_unexpected_state: the payment is cancelled.')
  }
}

function found(payment: SimulatedPayment, rules: ProcessorRules): LookupAnswer {
  const view = rules.view(payment)
  const next = view.state === 'requires_action' ? { next: nextOf(payment) } : {}
  return { outcome: 'found', payment: view, ...next }
}

function nextOf({ clientSecret }: SimulatedPayment): { type: 'client_secret'; clientSecret: string } {
  return { type: 'client_secret', clientSecret }
}

function failed(reason: string): ProcessorAnswer {
  return { outcome: 'failed', reason }
}
