import type { Logger } from '@bursar/core'
import type { Pool, QueryConfig, QueryResult } from 'pg'
import { isMissingTable, isNotAllowed } from './postgres-error.ts'

/** Asks for counts. */
export interface SharedCounts {
  query(statement: QueryConfig): Promise<QueryResult>
}

/** Says in the log when counts cannot be shared, and when they can again: whoever counts then counts alone, without a word. */
export function sharedCounts(pool: Pool, logger: Logger): SharedCounts {
  let isAlone = false

  function fellOut(error: unknown): void {
    if (isAlone) return
    isAlone = true
    const message = 'rate limits are not shared: this process counts for itself'
    const reason = error instanceof Error ? error.message : String(error)
    if (!isMissingTable(error) && !isNotAllowed(error)) logger.warn(message, { reason })
    else logger.error(message, { reason: `${reason}. Is \`schema\` that of the storage, and was it migrated?` })
  }

  return {
    async query(statement) {
      try {
        const answer = await pool.query(statement)
        if (isAlone) logger.info('rate limits are shared by all processes again')
        isAlone = false
        return answer
      } catch (error) {
        fellOut(error)
        throw error
      }
    },
  }
}
