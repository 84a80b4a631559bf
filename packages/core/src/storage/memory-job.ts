import type { Json } from '../json/index.ts'
import type { JobRecord, JobState } from '../ports/index.ts'

/** A job as memory keeps it. */
export interface MemoryJob extends JobRecord {
  data: Json
  state: JobState
  attempt: number
  runAt: string
  leasedUntil: string | null
  worker: string | null
  waitsFor: string | null
  error: string | null
  token: number
  priority: number
}
