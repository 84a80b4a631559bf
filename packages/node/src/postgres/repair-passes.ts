import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@bursar/core'
import { BoundedMap, StorageUnavailableError } from '@bursar/core/storage-adapter'
import type { Connection, Database } from './database.ts'
import { type FailedRepair, repairStale } from './repair-stale.ts'
import { PassEnded } from './rewrite-rows.ts'
import type { Table } from './table.ts'

/** The passes of a process through what older code has written since a migration. */
export interface RepairPasses {
  /**
   * Passes once, so that what was written until now is listed as it should be, and every few seconds from then on. Waits for
   * the first pass for ten seconds at most: a process that starts is not to stand still for what is behind. Never fails.
   */
  begin(): Promise<void>
  /** Ends them, with the batch that is under way. */
  close(): Promise<void>
}

/** Between two passes, in milliseconds. */
const REPAIR_MS = 5000
/** The longest wait for the first. */
const FIRST_MS = 10_000
/** Between two tries for the first, while another process is at it. */
const RETRY_MS = 50
/** Documents that cannot be repaired are told once, of so many. */
const MOST_TOLD = 1000

/** Makes the passes of a process. There is one at a time. */
export function repairPasses(options: {
  readonly database: Database
  readonly schema: string
  /** The tables that were widened, when a pass begins. */
  readonly tables: () => readonly Table[]
  readonly logger: Logger
}): RepairPasses {
  const { database, schema, tables, logger } = options
  const told = new BoundedMap<string, true>(MOST_TOLD)
  let timer: NodeJS.Timeout | null = null
  let underWay: Promise<boolean> | null = null
  let isClosed = false

  // No connection is kept from others for longer than a batch.
  const connection: Connection = {
    async run(statements) {
      if (isClosed) throw new PassEnded('This storage is closed.')
      return database.run(statements)
    },
  }

  function tell({ error, ...place }: FailedRepair): void {
    const key = JSON.stringify(Object.values(place))
    if (told.get(key)) return
    told.set(key, true)
    const reason = error instanceof Error ? error.message : String(error)
    logger.error(
      'a document that older code wrote cannot be brought up to date: lists may lack it until it is written anew',
      {
        ...place,
        reason,
      },
    )
  }

  /** Answers false where another process is at it. */
  async function passOnce(): Promise<boolean> {
    try {
      await repairStale(connection, schema, tables(), tell)
      return true
    } catch (error) {
      if (error instanceof PassEnded) return isClosed
      // What a server that is down means is told to whoever asks it.
      if (!(error instanceof StorageUnavailableError)) {
        logger.error('what older code wrote could not be brought up to date', { reason: String(error) })
      }
      return true
    }
  }

  function pass(): Promise<boolean> {
    underWay ??= passOnce().finally(() => {
      underWay = null
    })
    return underWay
  }

  async function passWhole(): Promise<void> {
    await underWay // It may know less than we do.
    while (!(await pass())) await sleep(RETRY_MS)
  }

  return {
    async begin() {
      if (isClosed) return
      timer ??= setInterval(() => void pass(), REPAIR_MS).unref()
      const waiting = new AbortController()
      const longest = sleep(FIRST_MS, undefined, { signal: waiting.signal }).catch(() => {})
      await Promise.race([passWhole(), longest])
      waiting.abort()
    },
    async close() {
      isClosed = true
      if (timer !== null) clearInterval(timer)
      await underWay
    },
  }
}
