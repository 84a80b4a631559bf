import type { Logger } from '@bursar/core'
import { StorageUnavailableError } from '@bursar/core/storage-adapter'
import type { Database, Rows } from './database.ts'
import type { Statement } from './statement.ts'

/** Runs reads that may lag. */
export type LaggingReads = (statements: readonly Statement[]) => Promise<Rows>

/** A replica that did not answer is left alone for so long, in milliseconds: each try may cost a whole time limit. */
const LEFT_ALONE_MS = 5000

/**
 * Reads that may lag go to the replica. While it does not answer, and for a read that it alone refuses, such as one that
 * stood in the way of what it takes over or that needs a table it has not got yet, they go to the primary.
 */
export function laggingReads(options: {
  readonly primary: Pick<Database, 'run'>
  readonly replica: Pick<Database, 'run'>
  readonly logger: Logger
}): LaggingReads {
  const { primary, replica, logger } = options
  let downSince: number | null = null

  function fellBack(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    if (!(error instanceof StorageUnavailableError)) {
      logger.warn('the replica refused a read, which the primary answers', { reason })
      return
    }
    if (downSince === null) logger.warn('the replica does not answer: the primary is read', { reason })
    downSince = performance.now()
  }

  return async (statements) => {
    if (downSince !== null && performance.now() - downSince < LEFT_ALONE_MS) return primary.run(statements)
    try {
      const rows = await replica.run(statements)
      if (downSince !== null) logger.info('the replica answers again')
      downSince = null
      return rows
    } catch (error) {
      const rows = await primary.run(statements)
      fellBack(error)
      return rows
    }
  }
}
