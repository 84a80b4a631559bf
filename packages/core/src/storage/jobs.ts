import type { Json } from '../json/index.ts'
import type { Change, LeasedJob, Runtime } from '../ports/index.ts'
import type { Instant } from '../time/index.ts'

/** Queues of jobs, each with the ids that its jobs carry. */
export interface JobData {
  /** A processor's event was stored: find its payment and ask the processor. */
  'payment.event': { account: string; eventId: string; reference: string | null; key: string | null }
  /** A payment that may be in doubt or left behind: ask, close, give back. */
  'payment.reconcile': { paymentId: string; orderId: string; site: string }
  /** An account's events are to be pulled from its processor, in case webhooks were lost. */
  'payment.pull': { account: string }
  /** A grant is to be delivered; to whom, as it was known. */
  'grant.deliver': { grantId: string; customerId?: string }
  /** A grant is to be withdrawn; from whom, as it was known. */
  'grant.withdraw': { grantId: string; customerId?: string }
  /** Idempotency keys that nobody may use any more are to be forgotten. */
  'keys.forget': Record<never, never>
  /** Carts that nobody has used for long are to be forgotten. */
  'carts.forget': Record<never, never>
  /** Variants have another capacity than before: what was sold of them without one is to be counted. */
  'places.count': Record<never, never>
  /** A cart names somebody no more: the record that was made for it goes. */
  'recipient.drop': { customerId: string; cartId: string }
}

/** Name of a queue. */
export type QueueName = keyof JobData

/** What came of a job. `again` waits for its time without counting as a failure; an exception does count. */
export type JobOutcome =
  | { outcome: 'done' }
  | { outcome: 'again'; runAt: Instant; reason: string; waitsFor?: string }
  | { outcome: 'park'; reason: string }

/** Does one job. At least once: it must be harmless when repeated. */
export type JobHandler<Q extends QueueName> = (data: JobData[Q], job: LeasedJob) => Promise<JobOutcome>

/** Takes a job away with a commit, if it still waits. */
export function dequeue(queue: QueueName, key: string): Change {
  return { do: 'dequeue', queue, key }
}

/** A job to be enqueued with a commit. Jobs of one queue and key that still wait are joined. */
export function enqueue<Q extends QueueName>(
  runtime: Pick<Runtime, 'newId'>,
  queue: Q,
  key: string,
  data: JobData[Q],
  when: { runAt?: Instant; priority?: number } = {},
): Change {
  const body: Json = data // ids only
  return { do: 'enqueue', id: runtime.newId('job'), queue, key, data: body, ...when }
}
