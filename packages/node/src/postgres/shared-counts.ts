import type { Logger } from '@bursar/core'
import type { Pool, QueryConfig, QueryResult } from 'pg'
import { isMissingTable, isNotAllowed } from './postgres-error.ts'

/** Asks for counts. */
export interface SharedCounts {
  query(statement: QueryConfig): Promise<QueryResult>
}

/** What counts are asked of, and who is told. */
export interface SharedCountsOptions {
  readonly pool: Pool
  readonly logger: Logger
  /** A clock that is never set, in milliseconds. */
  readonly now: () => number
}

/** Counts are shared again after so long without a failure, in milliseconds: a database may answer now and then only. */
const SOUND_MS = 60_000

/** Says in the log when counts cannot be shared, and when they can again: whoever counts then counts alone, without a word. */
export function sharedCounts({ pool, logger, now }: SharedCountsOptions): SharedCounts {
  let failedAt: number | null = null

  function fellOut(error: unknown): void {
    const isTold = failedAt !== null
    failedAt = now()
    if (isTold) return
    const message = 'rate limits are not shared: this process counts for itself'
    const reason = error instanceof Error ? error.message : String(error)
    if (!isMissingTable(error) && !isNotAllowed(error)) logger.warn(message, { reason })
    else logger.error(message, { reason: `${reason}. Is \`schema\` that of the storage, and was it migrated?` })
  }

  function answered(): void {
    if (failedAt === null || now() - failedAt < SOUND_MS) return
    failedAt = null
    logger.info('rate limits are shared by all processes again')
  }

  return {
    async query(statement) {
      try {
        const answer = await pool.query(statement)
        answered()
        return answer
      } catch (error) {
        fellOut(error)
        throw error
      }
    },
  }
}
