import type { Change, FulfilmentProvider, JobQueue, PaymentProcessor, Storage } from '../../ports/index.ts'
import { StorageUnavailableError } from '../../ports/index.ts'
import type { Life, Scheduler } from './scheduler.ts'
import type { SeededRandom } from './seeded-random.ts'

/** What goes wrong, in hundredths of all calls; all zero once the world is calm. */
export interface Weather {
  /** A storage that does not answer and did nothing. */
  storageDown: number
  /** A commit whose reply is lost, done or not. */
  replyLost: number
  /** A commit that is told of a conflict that was none. */
  conflict: number
  /** A processor's or platform's call that does nothing and answers nothing. */
  callLost: number
  /** One that acts, and whose answer is lost. */
  answerLost: number
}

/** Nothing goes wrong. */
export const CALM: Readonly<Weather> = { storageDown: 0, replyLost: 0, conflict: 0, callLost: 0, answerLost: 0 }

/** What stands between a process and the outside. */
export interface Chaos {
  readonly life: Life
  readonly scheduler: Scheduler
  readonly random: SeededRandom
  readonly weather: Readonly<Weather>
}

/** A storage as one process has it: every call takes turns, and fails as the weather is. */
export function stormyStorage(inner: Storage, chaos: Chaos): Storage {
  const { life, scheduler, random, weather } = chaos
  async function ask<T>(work: () => Promise<T>): Promise<T> {
    await scheduler.turn(life)
    if (random.percent(weather.storageDown)) throw down('nothing')
    const answer = await work()
    await scheduler.turn(life)
    return answer
  }
  return {
    ...inner,
    jobs: stormyJobs(inner.jobs, chaos, ask),
    read: (scope, refs) => ask(() => inner.read(scope, refs)),
    list: (scope, query) => ask(() => inner.list(scope, query)),
    search: (scope, query) => ask(() => inner.search(scope, query)),
    async commit(scope, changes, options) {
      await scheduler.turn(life)
      if (random.percent(weather.storageDown)) throw down('nothing')
      const conflict = random.percent(weather.conflict) ? firstVersioned(changes) : -1
      if (conflict >= 0) return { outcome: 'conflict', change: conflict, why: 'version' }
      const isLost = random.percent(weather.replyLost)
      if (isLost && random.percent(50)) throw down('unknown')
      const answer = await inner.commit(scope, changes, options)
      await scheduler.turn(life)
      if (isLost) throw down('unknown')
      return answer
    },
    // The storage belongs to all processes.
    close: async () => {},
  }
}

function stormyJobs(
  inner: JobQueue,
  { life, scheduler, random, weather }: Chaos,
  ask: <T>(work: () => Promise<T>) => Promise<T>,
): JobQueue {
  /** A change of a job whose reply may be lost after it was done. */
  async function change<T>(work: () => Promise<T>): Promise<T> {
    const answer = await ask(work)
    if (random.percent(weather.replyLost)) {
      await scheduler.turn(life)
      throw down('unknown')
    }
    return answer
  }
  return {
    lease: (request) => ask(() => inner.lease(request)),
    heartbeat: (job, until) => ask(() => inner.heartbeat(job, until)),
    complete: (job) => change(() => inner.complete(job)),
    retry: (job, again) => change(() => inner.retry(job, again)),
    park: (job, reason) => change(() => inner.park(job, reason)),
    dismiss: (id) => change(() => inner.dismiss(id)),
    get: (id) => ask(() => inner.get(id)),
    list: (query) => ask(() => inner.list(query)),
    depth: (query) => ask(() => inner.depth(query)),
    unpark: (id, at) => change(() => inner.unpark(id, at)),
    nextRunAt: (wanted) => ask(() => inner.nextRunAt(wanted)),
    subscribe: (listener) => inner.subscribe(listener),
  }
}

/** A processor as one process reaches it. Its signatures are left to tests of their own: real cryptography waits for real time. */
export function stormyProcessor(inner: PaymentProcessor, chaos: Chaos): PaymentProcessor {
  const call = callThrough(chaos)
  return {
    ...inner,
    open: (account, request) => call(() => inner.open(account, request)),
    capture: (account, request) => call(() => inner.capture(account, request)),
    void: (account, request) => call(() => inner.void(account, request)),
    refund: (account, request) => call(() => inner.refund(account, request)),
    lookup: (account, request) => call(() => inner.lookup(account, request)),
    async parseEvent(_account, rawBody) {
      const { id, payment, key, type, mode } = JSON.parse(new TextDecoder().decode(rawBody)) // of the simulated processor
      return { outcome: 'event', event: { eventId: id, reference: payment, key, type, mode } }
    },
  }
}

/** A processor that is reached through no network, as one that keeps no books: it takes turns, and no call is lost. */
export function nearProcessor(inner: PaymentProcessor, chaos: Chaos): PaymentProcessor {
  return stormyProcessor(inner, { ...chaos, weather: CALM })
}

/** A fulfilment provider as one process reaches it. */
export function stormyProvider(inner: FulfilmentProvider, chaos: Chaos): FulfilmentProvider {
  const call = callThrough(chaos)
  return {
    ...inner,
    deliver: (grant) => call(() => inner.deliver(grant)),
    withdraw: (grant) => call(() => inner.withdraw(grant)),
    status: (grantId) => call(() => inner.status(grantId)),
  }
}

function callThrough({ life, scheduler, random, weather }: Chaos) {
  return async <T>(work: () => Promise<T>): Promise<T | { outcome: 'unknown'; reason: string }> => {
    await scheduler.turn(life)
    if (random.percent(weather.callLost)) return { outcome: 'unknown', reason: 'the call was lost' }
    const answer = await work()
    await scheduler.turn(life)
    if (random.percent(weather.answerLost)) return { outcome: 'unknown', reason: 'the answer was lost' }
    return answer
  }
}

function down(outcome: 'nothing' | 'unknown'): StorageUnavailableError {
  return new StorageUnavailableError('The simulated storage does not answer.', { outcome })
}

function firstVersioned(changes: readonly Change[]): number {
  return changes.findIndex((change) => change.do === 'put' || change.do === 'check')
}
