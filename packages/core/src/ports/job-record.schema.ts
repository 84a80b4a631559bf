import { compoundId } from '../ids/id.schema.ts'
import { model, part, type SchemaOf } from '../json/checked.schema.ts'
import { choice, text, whole } from '../json/field.schema.ts'
import { json } from '../json/json.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type { JobRecord, JobState, QueueDepth } from './job-queue.ts'
import type { ServiceScope } from './principal.ts'

/** Where a job stands. */
export const jobState: SchemaOf<JobState> = choice('waiting', 'leased', 'parked')

/** What a service may do. */
export const serviceScope: SchemaOf<ServiceScope> = choice('shop', 'admin', 'read')

/** A job as an operator sees it. */
export const jobRecord: SchemaOf<JobRecord> = model<JobRecord>('Job')({
  id: compoundId,
  scope: part<JobRecord['scope']>()({ operator: text(1, 64), site: text(1, 64).optional() }),
  queue: text(1, 100),
  key: text(0, 300).nullable(),
  data: json,
  state: jobState,
  attempt: whole(0, Number.MAX_SAFE_INTEGER),
  enqueuedAt: instant,
  runAt: instant,
  leasedUntil: instant.nullable(),
  worker: text(0, 200).nullable(),
  waitsFor: text(1, 100).nullable(),
  error: text(0, 10_000).nullable(),
})

const count = whole(0, Number.MAX_SAFE_INTEGER)

/** How much a queue holds. */
export const queueDepth: SchemaOf<QueueDepth> = model<QueueDepth>('QueueDepth')({
  queue: text(1, 100),
  due: count,
  later: count,
  leased: count,
  parked: count,
  dueSince: instant.nullable(),
})
