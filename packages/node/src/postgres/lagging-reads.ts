import type { Logger } from '@bursar/core'
import { StorageUnavailableError } from '@bursar/core/storage-adapter'
import type { Database, Rows } from './database.ts'
import type { Statement } from './statement.ts'

/** Runs reads that may lag. */
export type LaggingReads = (statements: readonly Statement[]) => Promise<Rows>

/** A replica that did not answer is left alone for so long, in milliseconds; then one read tries it, and others wait for none. */
const LEFT_ALONE_MS = 5000

/** A replica that has not answered within this, in milliseconds, is not waited for: the primary can tell as well. Twice as long where it says nothing at all. */
export const REPLICA_TIMEOUT_MS = 1000

/**
 * Reads that may lag go to the replica. While it does not answer, and for a read that it alone refuses, such as one that
 * stood in the way of what it takes over, that took it too long or that needs a table it has not got yet, they go to the primary.
 */
export function laggingReads(options: {
  readonly primary: Pick<Database, 'run'>
  readonly replica: Pick<Database, 'run'>
  readonly logger: Logger
}): LaggingReads {
  const { primary, replica, logger } = options
  let isDown = false
  let triedAt = Number.NEGATIVE_INFINITY

  /** Known before the primary is asked: others go there at once. */
  function fellOut(reason: string): void {
    if (!isDown) logger.warn('the replica does not answer: the primary is read', { reason })
    isDown = true
    triedAt = performance.now()
  }

  return async (statements) => {
    if (isDown && performance.now() - triedAt < LEFT_ALONE_MS) return primary.run(statements)
    triedAt = performance.now()
    try {
      const rows = await replica.run(statements)
      if (isDown) logger.info('the replica answers again')
      isDown = false
      return rows
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const isUnavailable = error instanceof StorageUnavailableError
      if (isUnavailable) fellOut(reason)
      const rows = await primary.run(statements)
      if (!isUnavailable) logger.warn('the replica refused a read, which the primary answers', { reason })
      return rows
    }
  }
}
