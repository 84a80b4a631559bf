import { uncutReason } from '../json/index.ts'
import type { DeliveryAnswer, Runtime } from '../ports/index.ts'
import { isOutage } from '../storage/index.ts'
import { addMilliseconds, fromInstant, type Instant } from '../time/index.ts'

/** So many grants in a row without a definite answer, and the provider is taken to be down, not the grants to be odd. */
const SILENT_GRANTS = 3
/** First wait before a provider that is down is tried again, in milliseconds; it doubles, up to a minute. */
const FIRST_PAUSE = 5000
const LONGEST_PAUSE = 60_000
/** Whatever a provider says: after so many milliseconds it is asked again. Some say a day, and mean a limit of minutes. */
const LONGEST_SAID = 15 * 60_000
/** So long the others wait for who asks whether it is back, and then come again as much later: hands are held no longer than that. */
const WHILE_PROBED = 1000

/** What a provider answered, or that it was not asked: then it answered nothing of this grant. */
export type GateAnswer = DeliveryAnswer & { readonly isNotAsked?: boolean | undefined }

interface GateState {
  /** Grants that got no definite answer since the last one that did. */
  readonly silent: Set<string>
  /** Until when nobody asks; null: everybody may. */
  shutUntil: Instant | null
  /** The next pause, in milliseconds. */
  pause: number
  /** The one call that finds out whether it is back. */
  probe: Promise<unknown> | null
}

/**
 * Leaves a provider alone while it does not answer. All of its grants then wait for the same instant, at which one asks
 * and the others in hand wait a moment for what comes of it. The rest is not even looked at until it is back (`shut`): so a
 * long queue costs the other providers nothing, and leaves in the order of its jobs. Each process finds out for itself.
 */
export class ProviderGate {
  readonly #runtime: Pick<Runtime, 'now' | 'sleep'>
  readonly #states = new Map<string, GateState>()
  /** Providers that this process was not given. */
  readonly #left = new Set<string>()

  constructor(runtime: Pick<Runtime, 'now' | 'sleep'>) {
    this.#runtime = runtime
  }

  /** Asks, or answers `unknown` without asking. What the call throws is `unknown`, unless it is the storage's. */
  async ask(provider: string, grantId: string, call: () => Promise<DeliveryAnswer>): Promise<GateAnswer> {
    const state = this.#stateOf(provider)
    while (state.shutUntil !== null) {
      if (isToCome(state.shutUntil, this.#runtime.now())) return this.#notAsked(state.shutUntil)
      if (state.probe === null) {
        const asked = this.#call(state, grantId, call, true)
        state.probe = asked
          .catch(() => {})
          .finally(() => {
            state.probe = null
          })
        return asked
      }
      if (!(await this.#hears(state.probe))) return this.#notAsked(addMilliseconds(this.#runtime.now(), WHILE_PROBED))
    }
    return this.#call(state, grantId, call, false)
  }

  /** Leaves a provider's grants to other processes, for as long as this one lives; false where it does already. */
  leave(provider: string): boolean {
    if (this.#left.has(provider)) return false
    this.#left.add(provider)
    return true
  }

  /**
   * Providers that need not be asked just now: this process has none of that name, their time has not come, or somebody is
   * asking whether they are back.
   */
  shut(): string[] {
    const now = this.#runtime.now()
    const isShut = ({ shutUntil, probe }: GateState) =>
      shutUntil !== null && (isToCome(shutUntil, now) || probe !== null)
    const silent = [...this.#states].filter(([, state]) => isShut(state)).map(([provider]) => provider)
    return [...this.#left, ...silent]
  }

  async #call(
    state: GateState,
    grantId: string,
    call: () => Promise<DeliveryAnswer>,
    isProbe: boolean,
  ): Promise<DeliveryAnswer> {
    const answer = readable(await call().catch(unlessStorage))
    // It comes again after a wait of its own, as the gate is not shut for it.
    if (answer.outcome === 'unknown' && answer.isNotAsked) return { outcome: 'unknown', reason: answer.reason }
    if (answer.outcome !== 'unknown') {
      Object.assign(state, { shutUntil: null, pause: FIRST_PAUSE })
      state.silent.clear()
      return answer
    }
    state.silent.add(grantId)
    const isDown = isProbe || state.silent.size >= SILENT_GRANTS || answer.retryAfterMs !== undefined
    if (isDown && (isProbe || state.shutUntil === null)) {
      const wait = Math.min(LONGEST_SAID, answer.retryAfterMs ?? state.pause)
      state.shutUntil = addMilliseconds(this.#runtime.now(), wait)
      state.pause = Math.min(LONGEST_PAUSE, state.pause * 2)
    }
    return state.shutUntil === null ? answer : { ...answer, retryAfterMs: this.#until(state.shutUntil) }
  }

  /** Does it end in time? */
  async #hears(probe: Promise<unknown>): Promise<boolean> {
    const ended = new AbortController()
    const late = this.#runtime.sleep(WHILE_PROBED, ended.signal).then(
      () => false,
      () => true,
    )
    const isHeard = await Promise.race([probe.then(() => true), late])
    ended.abort()
    return isHeard
  }

  #notAsked(until: Instant): GateAnswer {
    const reason = 'not asked: the provider does not answer'
    return { outcome: 'unknown', reason, retryAfterMs: this.#until(until), isNotAsked: true }
  }

  #until(instant: Instant): number {
    return Math.max(0, fromInstant(instant) - fromInstant(this.#runtime.now()))
  }

  #stateOf(provider: string): GateState {
    const known = this.#states.get(provider)
    if (known !== undefined) return known
    const state: GateState = { silent: new Set(), shutUntil: null, pause: FIRST_PAUSE, probe: null }
    this.#states.set(provider, state)
    return state
  }
}

/** One that is later than any that is set was set by a clock that was ahead, and is right again: it is over. */
function isToCome(shutUntil: Instant, now: Instant): boolean {
  return now < shutUntil && shutUntil <= addMilliseconds(now, LONGEST_SAID)
}

/** Who asked takes names out of it, and cuts it then. */
function readable(answer: GateAnswer): GateAnswer {
  return 'reason' in answer ? { ...answer, reason: uncutReason(answer.reason) } : answer
}

function unlessStorage(error: unknown): DeliveryAnswer {
  if (isOutage(error)) throw error
  return { outcome: 'unknown', reason: error instanceof Error ? error.message : String(error) }
}
