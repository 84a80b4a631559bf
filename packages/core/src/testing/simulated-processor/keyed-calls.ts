import { canonicalJson, sha256Hex } from '../../ids/index.ts'
import type { ProcessorAnswer, Runtime } from '../../ports/index.ts'
import { rowId, type SimulationLog } from '../simulation-log.ts'
import type { ProcessorBooks } from './processor-books.ts'
import { CALLS, type KeyedOperation, LOST_CALLS, PLANS, type StoredCall } from './processor-records.ts'
import type { ProcessorRules } from './processor-rules.ts'

/** What may happen to a call: the names say when it breaks, seen from the effect. */
export type CallBehaviour = 'timeout_before' | 'timeout_after' | 'error_after' | 'slow' | 'refuse'

/** One call with a key. */
export interface KeyedCall {
  readonly account: string
  readonly operation: KeyedOperation
  readonly request: { readonly key: string }
  readonly behaviour: CallBehaviour | null
}

/** Does the work of a call, within a transaction. */
export type Perform = (account: string, operation: KeyedOperation, request: unknown) => ProcessorAnswer

/** What keyed calls are made with. */
export interface KeyedCallsOptions {
  readonly log: SimulationLog
  readonly runtime: Pick<Runtime, 'now' | 'sleep'>
  readonly rules: ProcessorRules
  readonly books: ProcessorBooks
  readonly slowMs: number
  readonly perform: Perform
}

/** Stripe's semantics of idempotency keys. @see https://docs.stripe.com/api/idempotent_requests */
export interface KeyedCalls {
  /** Runs a call at most once for its key; a repeat gets the first answer. */
  run(call: KeyedCall): Promise<ProcessorAnswer>
  /** Whether a call with this key is under way. */
  isUnderWay(account: string, key: string): boolean
  /** Does what time has brought. Called first in each transaction. */
  runDue(): void
  /** Whether this is the first call with the key; the answer is yes once. */
  isFirst(account: string, key: string): boolean
}

export function keyedCalls({ log, runtime, rules, books, slowMs, perform }: KeyedCallsOptions): KeyedCalls {
  const idOf = (account: string, key: string) => rowId(rules.shelf('keys', account), key)

  function store(id: string, fingerprint: string, answer: ProcessorAnswer | null): void {
    log.put(CALLS, id, { fingerprint, at: runtime.now(), answer })
  }

  function finish(id: string, account: string, operation: KeyedOperation, request: unknown): void {
    const call = log.get(CALLS, id)
    if (call?.answer === null) store(id, call.fingerprint, perform(account, operation, request))
  }

  function runDue(): void {
    for (const { id, document } of log.list(PLANS, { tag: 'due' })) {
      if (document.at > runtime.now()) continue
      log.put(PLANS, id, document, 'done')
      const { call, account, subject } = document
      if (call === undefined) books.applyPlan(document)
      else finish(subject, account, call.operation, call.request)
    }
  }

  /** The answer of a call whose key was used, or null when the call is new. */
  function recalled(id: string, fingerprint: string): ProcessorAnswer | null {
    runDue()
    const stored = log.get(CALLS, id)
    const recall = rules.recall(stored, fingerprint, runtime.now())
    return recall === 'new' ? null : answerTo(recall, stored)
  }

  async function runSlowly({ account, operation, request }: KeyedCall, id: string, fingerprint: string) {
    const known = log.transact(() => {
      const answer = recalled(id, fingerprint)
      if (answer !== null) return answer
      store(id, fingerprint, null)
      const call = { operation, request }
      books.plan(slowMs, { account, change: 'finish_call', subject: id, call })
      return null
    })
    if (known !== null) return known
    await runtime.sleep(slowMs)
    return log.transact(() => {
      finish(id, account, operation, request)
      return answerTo('replay', log.get(CALLS, id))
    })
  }

  async function run(call: KeyedCall): Promise<ProcessorAnswer> {
    const { account, operation, request, behaviour } = call
    const id = idOf(account, request.key)
    const fingerprint = sha256Hex(canonicalJson({ operation, request }))
    if (behaviour === 'timeout_before') return rules.lostReply('timeout: nobody knows whether the call arrived.')
    if (behaviour === 'refuse') return { outcome: 'failed', reason: 'refused: the account may not do this.' }
    if (behaviour === 'slow') return runSlowly(call, id, fingerprint)
    const answer = await rules.alone(
      log,
      () => recalled(id, fingerprint),
      () => {
        const made = perform(account, operation, request)
        const kept = behaviour === 'error_after' ? rules.lostReply('server_error: the processor answered 500.') : made
        store(id, fingerprint, kept)
        return kept
      },
    )
    return behaviour === 'timeout_after' ? rules.lostReply('timeout: the answer was lost.') : answer
  }

  return {
    run,
    runDue,
    isUnderWay: (account, key) => log.get(CALLS, idOf(account, key))?.answer === null,
    isFirst: (account, key) =>
      log.transact(() => {
        const id = idOf(account, key)
        if (log.get(LOST_CALLS, id) !== undefined) return false
        log.put(LOST_CALLS, id, { at: runtime.now() })
        return true
      }),
  }
}

function answerTo(recall: 'replay' | 'mismatch' | 'in_progress', stored: StoredCall | undefined): ProcessorAnswer {
  if (recall === 'mismatch') {
    return { outcome: 'failed', reason: 'idempotency_error: the key was used with other parameters.' }
  }
  return stored?.answer ?? { outcome: 'unknown', reason: 'idempotency_key_in_use: a call with this key is under way.' }
}
