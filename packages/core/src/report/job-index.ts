import type { JobState, Storage } from '../ports/index.ts'
import type { QueueName } from '../storage/index.ts'
import type { KnownJobs } from './order-facts.ts'

const PAGE = 1000
const STATES: readonly JobState[] = ['waiting', 'leased', 'parked']

/** The jobs of an operator by queue and key; memory grows with the jobs that wait, not with those that were done. */
export interface JobIndex extends KnownJobs {
  /** Reads them anew. */
  refresh(): Promise<void>
}

/** Reads which jobs an operator has. */
export async function jobIndex(storage: Storage, operator: string): Promise<JobIndex> {
  let known = await readJobs(storage, operator)
  return {
    has: (queue: QueueName, key: string) => known.has(`${queue} ${key}`),
    refresh: async () => {
      known = await readJobs(storage, operator)
    },
  }
}

async function readJobs(storage: Storage, operator: string): Promise<Set<string>> {
  const known = new Set<string>()
  // A job moves on while it is looked for: from waiting to leased, seldom back. Asked in this order, few are missed.
  for (const state of STATES) {
    let cursor: string | undefined
    do {
      const page = await storage.jobs.list({
        state,
        operator,
        limit: PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      })
      for (const { queue, key } of page.items) known.add(`${queue} ${key ?? ''}`)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
  }
  return known
}
