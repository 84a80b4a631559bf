import { auditedWrite, writeChanges } from '../audit/index.ts'
import type { AdminPorts } from '../catalog/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call, JobRecord, JobState, QueueDepth } from '../ports/index.ts'
import {
  decide,
  PAGE_SIZE,
  type PageAnswer,
  type PageAsked,
  type QueueName,
  refuseBadCursor,
} from '../storage/index.ts'

/** The queue of what loses nothing but news: the processor has the truth, and is asked for it anew. */
const DISMISSABLE: QueueName = 'payment.event'
const NOT_DISMISSED =
  'Only events of payments can be dismissed. Let this job run again; a delivery is ended by its grant.'

/** Jobs of the operator by state, of one queue or of all. */
export function listJobs(
  ports: Pick<AdminPorts, 'storage'>,
  call: Call,
  input: PageAsked & { state: JobState; queue?: string | undefined },
): Promise<PageAnswer<JobRecord>> {
  const { state, queue, cursor, limit = PAGE_SIZE } = input
  return refuseBadCursor(() => ports.storage.jobs.list({ operator: call.scope.operator, state, queue, cursor, limit }))
}

/** How much waits in each queue of the operator. */
export async function depthOfJobs(
  { storage }: Pick<AdminPorts, 'storage'>,
  { scope, now }: Call,
): Promise<{ queues: readonly QueueDepth[] }> {
  return { queues: await storage.jobs.depth({ operator: scope.operator, now }) }
}

/**
 * Lets a parked job of the operator run again, at once. False when another retry was quicker.
 * @throws BursarError `not_found` when no parked job of this operator has the id
 */
export async function retryJob(ports: AdminPorts, call: Call, input: { id: string }): Promise<{ retried: boolean }> {
  await openParked(ports, call, input.id)
  const write = auditedWrite(ports.runtime, call)
  const changes = writeChanges(call, write, { collection: 'jobs', record: input.id, fields: ['state'] })
  await decide(ports, call.scope, async () => ({ changes, commitId: write.eventId, done: () => undefined }))
  return { retried: await ports.storage.jobs.unpark(input.id, { runAt: call.now }) }
}

/**
 * Ends a parked job that nobody needs any more, such as an event of a payment that another system made. Only jobs of
 * processors' events: what is to be delivered is ended by its grant. False when somebody else was quicker.
 * @throws BursarError `not_found` when no parked job of this operator has the id, `wrong_state` for a job of another queue
 */
export async function dismissJob(
  ports: AdminPorts,
  call: Call,
  input: { id: string },
): Promise<{ dismissed: boolean }> {
  const { queue } = await openParked(ports, call, input.id)
  if (queue !== DISMISSABLE) throw new BursarError('wrong_state', { message: NOT_DISMISSED })
  const write = auditedWrite(ports.runtime, call)
  const changes = writeChanges(call, write, { collection: 'jobs', record: input.id, fields: ['state'] })
  await decide(ports, call.scope, async () => ({ changes, commitId: write.eventId, done: () => undefined }))
  return { dismissed: await ports.storage.jobs.dismiss(input.id) }
}

async function openParked({ storage }: AdminPorts, { scope }: Call, id: string): Promise<JobRecord> {
  const job = await storage.jobs.get(id)
  if (job?.state !== 'parked' || job.scope.operator !== scope.operator) throw new BursarError('not_found')
  return job
}
