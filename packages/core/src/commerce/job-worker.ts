import { storableReason } from '../json/index.ts'
import type { Enqueued, JobQueue, LeasedJob, Logger, Runtime } from '../ports/index.ts'
import {
  isOutage,
  type JobData,
  type JobHandler,
  type JobOutcome,
  type QueueName,
  thingsUnderWay,
} from '../storage/index.ts'
import { addMilliseconds, fromInstant } from '../time/index.ts'
import type { JobWorker } from './commerce.ts'
import { jobTurns } from './job-turns.ts'

/** Length of a lease in milliseconds; renewed at a third of it. */
const LEASE = 60_000
/** Jobs in hand at once, in each lane. */
const AT_ONCE = 8
/** What waits for a platform that hangs must not keep money waiting: each lane has hands of its own. */
const LANES: { readonly [Q in QueueName]: 'money' | 'delivery' } = {
  'payment.event': 'money',
  'payment.reconcile': 'money',
  'payment.pull': 'money',
  'grant.deliver': 'delivery',
  'grant.withdraw': 'delivery',
  'keys.forget': 'delivery',
  'carts.forget': 'delivery',
  'places.count': 'delivery',
  'recipient.drop': 'delivery',
}
/** Longest wait between two looks, in milliseconds: other processes' commits may not be heard. */
const LONGEST_PAUSE = 1000
/** Shortest, in milliseconds: what many commits enqueue meanwhile is leased together, and what it does shares trips and flushes. */
const SHORTEST_PAUSE = 20
/** A job that threw so often in a row, as this worker saw it, is parked. While the storage is down none does so of itself. */
const MAXIMUM_FAILURES = 12
/** Wait after a failure, in milliseconds; it doubles, up to an hour. */
const FIRST_WAIT = 1000
const LONGEST_WAIT = 60 * 60 * 1000

/** The handlers of all queues. */
export type JobHandlers = { readonly [Q in QueueName]: JobHandler<Q> }

/** What the worker needs. */
export interface WorkerPorts {
  /** Where jobs wait. */
  jobs: JobQueue
  /** Time and chance. */
  runtime: Runtime
  /** For what an operator should know. */
  logger: Logger
  /** What jobs need not be tried for just now, by the name that they wait for. @default nothing */
  unavailable?: () => readonly string[]
}

/** Makes the worker that does what commits have enqueued. */
export function createJobWorker(ports: WorkerPorts, handlers: JobHandlers): JobWorker {
  const worker = ports.runtime.newId('job')
  let stopping: AbortController | null = null
  let running: Promise<unknown> | null = null
  /** How often each job has thrown since it last did not. The port counts leases, and to come again is no failure. */
  const failures = new Map<string, { all: number; own: number }>()
  /** Jobs in hand, and what ends the renewing of their leases. */
  const leased = thingsUnderWay<{ readonly job: LeasedJob; readonly renewing: AbortController }>()

  return {
    start() {
      if (running !== null) return
      stopping = new AbortController()
      const { signal } = stopping
      const lanes = Map.groupBy(Object.keys(handlers), (queue) => LANES[queue as QueueName]) // handlers has these keys
      running = Promise.all([...lanes.values()].map((queues) => workUntil(signal, queues)))
    },
    async stop({ graceMs } = {}) {
      stopping?.abort()
      if (graceMs === undefined) await running
      else await finishWithin(graceMs)
      running = null
    },
    async runDue() {
      let done = 0
      const lease = leaser(Object.keys(handlers))
      for (let batch = await lease(AT_ONCE); batch.length > 0; batch = await lease(AT_ONCE)) {
        await Promise.all(batch.map((job) => work(job)))
        done += batch.length
      }
      return done
    },
  }

  /** Leases from these queues, in turn over all its looks. */
  function leaser(queues: readonly string[]): (limit: number) => Promise<LeasedJob[]> {
    const turns = jobTurns()
    return async (limit) => {
      const now = ports.runtime.now()
      const lately = turns.taken()
      const batch = await ports.jobs.lease({ ...choose(queues), worker, limit, leaseMs: LEASE, now, lately })
      turns.note(batch)
      return batch
    }
  }

  function choose(queues: readonly string[]) {
    return { queues, unavailable: ports.unavailable?.() ?? [] }
  }

  async function workUntil(signal: AbortSignal, queues: readonly string[]): Promise<void> {
    const bell = doorbell(ports, queues, signal)
    const lease = leaser(queues)
    const inHand = new Set<Promise<void>>()
    while (!signal.aborted) {
      const free = AT_ONCE - inHand.size
      if (free === 0) {
        await Promise.race(inHand)
        continue
      }
      const rung = bell.next()
      const batch = await lease(free).catch((error: unknown) => {
        ports.logger.error('jobs could not be leased', { reason: String(error) })
        return []
      })
      for (const job of batch) {
        const doing = work(job).finally(() => inHand.delete(doing))
        inHand.add(doing)
      }
      // With hands to spare there was nothing else to do.
      if (batch.length < free) await pause(rung, queues, signal)
    }
    bell.remove()
    await Promise.all(inHand)
  }

  async function pause(rung: AbortSignal, queues: readonly string[], stopping: AbortSignal): Promise<void> {
    await ports.runtime.sleep(SHORTEST_PAUSE, stopping).catch(() => {})
    if (rung.aborted) return
    const next = await ports.jobs.nextRunAt(choose(queues)).catch(() => null)
    const wait = next === null ? LONGEST_PAUSE : fromInstant(next) - fromInstant(ports.runtime.now())
    await ports.runtime.sleep(Math.min(LONGEST_PAUSE, Math.max(5, wait)), rung).catch(() => {})
  }

  async function finishWithin(graceMs: number): Promise<void> {
    const finished = new AbortController()
    const ending = running?.then(() => finished.abort())
    await Promise.race([ending, ports.runtime.sleep(graceMs, finished.signal).catch(() => {})])
    await Promise.all(leased.all().map(({ job, renewing }) => giveBack(job, renewing)))
  }

  /** Ends the lease. What the handler still does changes nothing any more: it carries an old token. */
  async function giveBack(job: LeasedJob, renewing: AbortController): Promise<void> {
    renewing.abort()
    ports.logger.warn('a job was given back', { job: job.id, queue: job.queue })
    try {
      await ports.jobs.retry(job, { runAt: ports.runtime.now(), error: 'The worker stopped before it was done.' })
    } catch (error) {
      // Then it ends by itself.
      ports.logger.error('a job could not be given back', { job: job.id, queue: job.queue, reason: String(error) })
    }
  }

  async function work(job: LeasedJob): Promise<void> {
    const ended = new AbortController()
    const leave = leased.enter({ job, renewing: ended })
    const beating = heartbeat(job, ended.signal)
    try {
      await settle(job, await attempt(job))
    } catch (error) {
      // The lease ends by itself, and the job comes again.
      ports.logger.error('a job’s outcome could not be stored', {
        job: job.id,
        queue: job.queue,
        reason: String(error),
      })
    } finally {
      leave()
      ended.abort('done') // a reason of its own: the one that is made for it traces the stack
      await beating
    }
  }

  async function attempt(job: LeasedJob): Promise<JobOutcome> {
    try {
      const outcome = await dispatch(handlers, job)
      failures.delete(job.id)
      return outcome
    } catch (error) {
      const { all, own } = countFailure(job.id, error)
      const reason = storableReason(reasonOf(error))
      ports.logger.error('a job failed', { job: job.id, queue: job.queue, attempt: job.attempt, reason })
      if (own >= MAXIMUM_FAILURES) {
        failures.delete(job.id)
        return { outcome: 'park', reason }
      }
      const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(all - 1, 20))
      return { outcome: 'again', runAt: addMilliseconds(ports.runtime.now(), wait), reason }
    }
  }

  /** Those of an outage make it wait, and are not its own: it goes on where it was once the storage is back. */
  function countFailure(jobId: string, error: unknown) {
    const { all, own } = failures.get(jobId) ?? { all: 0, own: 0 }
    const counted = { all: all + 1, own: isOutage(error) ? own : own + 1 }
    failures.set(jobId, counted)
    return counted
  }

  async function settle(job: LeasedJob, result: JobOutcome): Promise<void> {
    switch (result.outcome) {
      case 'done':
        await ports.jobs.complete(job)
        return
      case 'again': {
        const { runAt, reason, waitsFor } = result
        await ports.jobs.retry(job, { runAt, error: storableReason(reason), waitsFor })
        return
      }
      case 'park': {
        const reason = storableReason(result.reason)
        ports.logger.warn('a job was parked', { job: job.id, queue: job.queue, reason })
        await ports.jobs.park(job, { error: reason })
        return
      }
    }
  }

  async function heartbeat(job: LeasedJob, signal: AbortSignal): Promise<void> {
    for (;;) {
      await ports.runtime.sleep(LEASE / 3, signal).catch(() => {})
      if (signal.aborted) return
      const until = addMilliseconds(ports.runtime.now(), LEASE)
      await ports.jobs.heartbeat(job, { until }).catch(() => false)
    }
  }
}

/** With what caused it: that the storage is unavailable does not say why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { message, cause } = error
  return cause instanceof Error && !message.includes(cause.message) ? `${message} ${cause.message}` : message
}

function dispatch(handlers: JobHandlers, job: LeasedJob): Promise<JobOutcome> {
  const handler = handlers[job.queue as QueueName] // only queues that have a handler are leased
  return (handler as JobHandler<QueueName>)(job.data as unknown as JobData[QueueName], job)
}

/** Tells who waits for jobs of some queues that there are new ones, or that it is time to stop. */
interface Doorbell {
  /** A signal that is aborted at the next ring. */
  next(): AbortSignal
  remove(): void
}

/** Rings when something was enqueued that is due before it is looked for anyway. */
function doorbell({ jobs, runtime }: WorkerPorts, queues: readonly string[], stopping: AbortSignal): Doorbell {
  let waiting = new AbortController()
  const ring = () => waiting.abort('rung') // a reason of its own, as above
  const remove = jobs.subscribe((enqueued) => {
    const soon = addMilliseconds(runtime.now(), LONGEST_PAUSE)
    const concerns = ({ queue, runAt = soon }: Enqueued) => queues.includes(queue) && runAt <= soon
    if (enqueued?.some(concerns) ?? true) ring()
  })
  stopping.addEventListener('abort', ring)
  return {
    next() {
      if (waiting.signal.aborted && !stopping.aborted) waiting = new AbortController()
      return waiting.signal
    },
    remove() {
      remove()
      stopping.removeEventListener('abort', ring)
    },
  }
}
