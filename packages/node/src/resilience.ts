import type {
  AskingOptions,
  DeliveryAnswer,
  FulfilmentProvider,
  LearningPlatform,
  LookupAnswer,
  PaymentProcessor,
  ProcessorAccount,
  ProcessorAnswer,
} from '@bursar/core'
import { isLearningPlatform, type OptionCheck } from '@bursar/core'
import {
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  type IBackoff,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  isTaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel'
import { assertOptions, LONGEST_WAIT_MS, whole } from './option-checks.ts'

/** What a system outside is given before its answer is `unknown`. */
export interface ResilienceOptions {
  /**
   * Milliseconds that one call may take, 1 to 2,147,483,647; what is delivered by a provider that `hasOwnTimeout` takes as long as that lets it.
   * @default 15,000 for a processor, 30,000 for a provider
   */
  timeoutMs?: number | undefined
  /** Calls that may be under way at once: of a learning platform, so many deliveries and so many questions. @default 20 */
  concurrent?: number | undefined
  /** Calls that may wait for one of those to end. @default 100 */
  waiting?: number | undefined
  /** Failures in a row after which no call is made for a while. @default 5 */
  failuresToOpen?: number | undefined
  /** Milliseconds until one call is made to see whether it is back. @default 10,000 */
  openMs?: number | undefined
}

/** What its options may be. */
export const resilienceChecks = {
  timeoutMs: whole(1, LONGEST_WAIT_MS),
  concurrent: whole(1),
  waiting: whole(0),
  failuresToOpen: whole(1),
  openMs: whole(0),
} satisfies Record<keyof ResilienceOptions, OptionCheck>

/** How a system outside is doing, for metrics. */
export interface ResilienceState {
  /** The payment account, or `provider`, and `questions` of a learning platform: each has limits of its own. */
  name: string
  /** `open`: no calls are made; `half_open`: one is, to see whether it is back. */
  circuit: 'closed' | 'open' | 'half_open'
  /** Calls that could start now. */
  free: number
  /** Calls that could still wait. */
  freeWaiting: number
}

/** Something whose calls are limited, and how it is doing. */
export interface Resilient {
  /** One entry for each payment account that was used, or one for a provider, and one for questions to a learning platform. */
  resilience(): readonly ResilienceState[]
}

/**
 * Limits the calls to a processor or a provider: in time, in number at once, and after failures. What was not answered in
 * time or not asked is `unknown`, and so is what an adapter throws: neither yes nor no. Nothing is tried again here.
 *
 * @throws TypeError when an option is wrong.
 * @example
 * ```ts
 * const commerce = createCommerce({ storage, payments: { test: resilient(testProcessor()) } })
 * ```
 */
export function resilient(port: PaymentProcessor, options?: ResilienceOptions): PaymentProcessor & Resilient
export function resilient(port: FulfilmentProvider, options?: ResilienceOptions): FulfilmentProvider & Resilient
export function resilient(
  port: PaymentProcessor | FulfilmentProvider,
  options: ResilienceOptions = {},
): (PaymentProcessor | FulfilmentProvider) & Resilient {
  assertOptions(options, resilienceChecks, 'resilient')
  return 'deliver' in port ? resilientProvider(port, options) : resilientProcessor(port, options)
}

/** A learning platform stays one. Its questions have limits of their own: shoppers who look at carts keep nobody from what was paid. */
function resilientProvider(provider: FulfilmentProvider, options: ResilienceOptions): FulfilmentProvider & Resilient {
  const { hasOwnTimeout = false } = provider
  const timeoutMs = options.timeoutMs ?? 30_000
  const limits = limitsOf('provider', { ...options, timeoutMs: hasOwnTimeout ? null : timeoutMs })
  const ask = (call: () => Promise<DeliveryAnswer>): Promise<DeliveryAnswer> => limits.run(call).catch(unknown)
  const limited: FulfilmentProvider & Resilient = {
    kind: provider.kind,
    hasOwnTimeout,
    checkTarget: (target, options) => provider.checkTarget(target, options),
    deliver: (grant) => ask(() => provider.deliver(grant)),
    withdraw: (grant) => ask(() => provider.withdraw(grant)),
    status: (grantId) => ask(() => provider.status(grantId)),
    ...(provider.detailNow === undefined ? {} : { detailNow: provider.detailNow.bind(provider) }),
    resilience: () => [limits.state()],
  }
  if (!isLearningPlatform(provider)) return limited
  const ofQuestions = limitsOf('questions', { ...options, timeoutMs })
  return {
    ...limited,
    ...questions(provider, ofQuestions),
    resilience: () => [limits.state(), ofQuestions.state()],
  }
}

function questions(platform: LearningPlatform, limits: Limits): Omit<LearningPlatform, keyof FulfilmentProvider> {
  const ask = <T>(call: () => Promise<T>, options?: AskingOptions): Promise<T | Unknown> =>
    limits.run(call, options?.signal).catch(unknown)
  return {
    lateGrant: platform.lateGrant,
    subjectOf: (target) => platform.subjectOf(target),
    async ownership(learner, targets, options) {
      const answers = await ask(() => platform.ownership(learner, targets, options), options)
      return Array.isArray(answers) ? answers : targets.map(() => answers as Unknown) // the one other thing that it is
    },
    eligible: (learner, target) => ask(() => platform.eligible(learner, target)),
    refundFacts: (learner, target, options) => ask(() => platform.refundFacts(learner, target, options), options),
    list: (learner) => ask(() => platform.list(learner)),
  }
}

/** One account's wrong secret or outage is not another's: each has limits of its own. */
function resilientProcessor(processor: PaymentProcessor, options: ResilienceOptions): PaymentProcessor & Resilient {
  const byAccount = new Map<string, Limits>()
  const limits = ({ id }: ProcessorAccount): Limits => {
    const known = byAccount.get(id) ?? limitsOf(id, { ...options, timeoutMs: options.timeoutMs ?? 15_000 })
    byAccount.set(id, known)
    return known
  }
  type Answer = ProcessorAnswer | LookupAnswer
  const ask = <T extends Answer>(account: ProcessorAccount, call: () => Promise<T>): Promise<T | Unknown> =>
    limits(account).run(call).catch(unknown)
  const { publicSettings } = processor
  return {
    capabilities: processor.capabilities,
    open: (account, request) => ask(account, () => processor.open(account, request)),
    capture: (account, request) => ask(account, () => processor.capture(account, request)),
    void: (account, request) => ask(account, () => processor.void(account, request)),
    refund: (account, request) => ask(account, () => processor.refund(account, request)),
    lookup: (account, request) => ask(account, () => processor.lookup(account, request)),
    // The bytes are here already, and a stranger's bad signature says nothing of the processor.
    parseEvent: (account, rawBody, headers) => processor.parseEvent(account, rawBody, headers),
    listSince: (account, cursor) => limits(account).run(() => processor.listSince(account, cursor)),
    ...(publicSettings === undefined
      ? {}
      : { publicSettings: (account) => limits(account).run(() => publicSettings.call(processor, account)) }),
    resilience: () => [...byAccount.values()].map((one) => one.state()),
  }
}

interface Limits {
  /** Where the signal ends before its turn comes, the call is not made. */
  run<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T>
  state(): ResilienceState
}

/** `timeoutMs`: null where what is called keeps to a limit of its own. */
function limitsOf(name: string, options: Omit<ResilienceOptions, 'timeoutMs'> & { timeoutMs: number | null }): Limits {
  const { timeoutMs, concurrent = 20, waiting = 100, failuresToOpen = 5, openMs = 10_000 } = options
  const places = bulkhead(concurrent, waiting)
  const circuit = circuitBreaker(handleAll.orWhenResult(isUnknown), {
    breaker: new ConsecutiveBreaker(failuresToOpen),
    halfOpenAfter: { next: () => openFor(openMs) },
  })
  const policy = timeoutMs === null ? circuit : wrap(circuit, timeout(timeoutMs, TimeoutStrategy.Aggressive))
  return {
    // The signal is the queue's alone: that somebody went is no failure of what was asked.
    async run(call, signal) {
      let isAsked = false
      const inTurn = () => {
        isAsked = true
        return policy.execute(call)
      }
      try {
        return await places.execute(inTurn, signal)
      } catch (error) {
        if (isAsked) throw error
        const why = isBulkheadRejectedError(error) ? 'too many calls are under way' : 'nobody waits for it'
        throw new NotAskedError(`not asked: ${why}`)
      }
    },
    state: () => ({
      name,
      circuit: CIRCUITS[circuit.state],
      free: places.executionSlots,
      freeWaiting: places.queueSlots,
    }),
  }
}

/** The library counts by the clock of the day, which may be set back while a circuit is open: here it is not asked. */
function openFor(milliseconds: number): IBackoff<unknown> {
  const until = performance.now() + milliseconds
  return {
    get duration() {
      return performance.now() < until ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
    },
    next: () => openFor(milliseconds),
  }
}

const CIRCUITS = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
} as const

const isUnknown = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'outcome' in answer && answer.outcome === 'unknown'

interface Unknown {
  outcome: 'unknown'
  reason: string
  isNotAsked?: boolean
}

/** The call was not made, and this is no news of what is called. */
class NotAskedError extends Error {}

function unknown(error: unknown): Unknown {
  const isNotAsked = error instanceof NotAskedError
  return { outcome: 'unknown', reason: reasonOf(error), ...(isNotAsked ? { isNotAsked } : {}) }
}

function reasonOf(error: unknown): string {
  if (isTaskCancelledError(error)) return 'no answer in time'
  if (isBrokenCircuitError(error)) return 'not asked: it failed several times in a row'
  return error instanceof Error ? error.message : String(error)
}
