import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@bursar/core'
import type { Connection } from './database.ts'
import { MIGRATES, migrationLock } from './schema-lock.ts'
import { ROLLBACK, type Statement } from './statement.ts'

/** Between two tries for the lock, in milliseconds. A session that waited inside the server would keep indexes from being built. */
const RETRY_MS = 25
/** Who waits longer than this says so, in milliseconds. */
const SILENT_MS = 1000

const one = (text: string): Statement => ({ text, values: [] })

/**
 * Works while nobody else migrates the schema, and without the server's time limit.
 *
 * The release before this one locks the whole database, by one number. That is held in common besides: such a process and
 * this one wait for each other, and those of now that migrate other schemas do not.
 */
export async function whileMigrating<T>(
  connection: Connection,
  { schema, logger }: { schema: string; logger: Logger },
  work: () => Promise<T>,
): Promise<T> {
  const own = migrationLock(schema)
  const ask = one(`select case when not pg_try_advisory_lock(${own}) then false
    when pg_try_advisory_lock_shared(${MIGRATES}) then true else not pg_advisory_unlock(${own}) end`)
  const begun = performance.now()
  for (let hasSaid = false; ; ) {
    const [rows] = await connection.run([ask])
    if (rows?.[0]?.[0] === 't') break
    if (!hasSaid && performance.now() - begun > SILENT_MS) {
      logger.info('waits for a migration by another process', { schema })
      hasSaid = true
    }
    await sleep(RETRY_MS)
  }
  await connection.run([one('set statement_timeout = 0')])
  try {
    return await work()
  } finally {
    const unlock = one(`select pg_advisory_unlock_shared(${MIGRATES}), pg_advisory_unlock(${own})`)
    await connection.run([ROLLBACK, one('reset statement_timeout'), unlock]).catch(() => [])
  }
}
