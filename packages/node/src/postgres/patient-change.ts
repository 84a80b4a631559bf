import { setTimeout as sleep } from 'node:timers/promises'
import { StorageUnavailableError } from '@bursar/core/storage-adapter'
import { type Connection, StatementError } from './database.ts'
import { isCollision, isLockTimeout } from './postgres-error.ts'
import { BEGIN, COMMIT, ROLLBACK, type Statement } from './statement.ts'

/** Who waits for a table makes all wait that come after: a change gives way after this, */
const LIMIT: Statement = { text: "set local lock_timeout = '1s'", values: [] }
/** tries again after this pause, in milliseconds, */
const PAUSE_MS = 2000
/** and so often. */
const TRIES = 20

/**
 * Changes tables that are in use, in one transaction. A report or a dump that holds one is waited for, a minute at most, and
 * so that others go on meanwhile.
 *
 * @throws StorageUnavailableError when it is held still.
 */
export async function changePatiently(connection: Connection, statements: readonly Statement[]): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await connection.run([BEGIN, LIMIT, ...statements, COMMIT])
      return
    } catch (error) {
      await connection.run([ROLLBACK])
      if (!isHeld(error)) throw error
      if (tries === TRIES) throw held(error)
    }
    await sleep(PAUSE_MS)
  }
}

const isHeld = (error: unknown) =>
  error instanceof StatementError && (isLockTimeout(error.cause) || isCollision(error.cause))

function held(cause: unknown): StorageUnavailableError {
  const message =
    'A table cannot be changed while something holds it, as a long report or a dump does: migrate when that is over.'
  return new StorageUnavailableError(message, { outcome: 'nothing', cause })
}
