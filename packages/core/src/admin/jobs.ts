import { auditedWrite, writeChanges } from '../audit/index.ts'
import type { AdminPorts } from '../catalog/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call, JobRecord, JobState, QueueDepth } from '../ports/index.ts'
import { decide, PAGE_SIZE, type PageAnswer, type PageAsked, refuseBadCursor } from '../storage/index.ts'

/** Parked jobs looked at in one go. */
const CHUNK = 1000

/** Jobs of the operator by state. */
export function listJobs(
  ports: Pick<AdminPorts, 'storage'>,
  call: Call,
  input: PageAsked & { state: JobState },
): Promise<PageAnswer<JobRecord>> {
  const { state, cursor, limit = PAGE_SIZE } = input
  return refuseBadCursor(() => ports.storage.jobs.list({ operator: call.scope.operator, state, cursor, limit }))
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
  if (!(await isParked(ports, call, input.id))) throw new BursarError('not_found')
  const write = auditedWrite(ports.runtime, call)
  const changes = writeChanges(call, write, { collection: 'jobs', record: input.id, fields: ['state'] })
  await decide(ports, call.scope, async () => ({ changes, commitId: write.eventId, done: () => undefined }))
  return { retried: await ports.storage.jobs.unpark(input.id, { runAt: call.now }) }
}

async function isParked({ storage }: AdminPorts, { scope }: Call, id: string): Promise<boolean> {
  let cursor: string | undefined
  do {
    const page = await storage.jobs.list({ operator: scope.operator, state: 'parked', limit: CHUNK, cursor })
    if (page.items.some((job) => job.id === id)) return true
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return false
}
