import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { LONGEST_WAIT_MS } from '../option-checks.ts'
import { isBusy } from './sqlite-error.ts'

/** Pages of 4 KiB: the unit in which SQLite counts the file. */
const PAGE_SIZE = 4096
/** As many as SQLite can count. */
const MOST_PAGES = 4_294_967_294

/**
 * Pages that SQLite keeps beside those that the system keeps of the file, in KiB: a page that is not among them is copied
 * from there. It is filled by all that is ever read, so it is resident memory of a server that runs for long.
 */
const PAGE_CACHE = 8 * 1024

/** The write-ahead log is cut back to this after a checkpoint, in bytes. */
const LONGEST_LOG = 64 * 1024 * 1024

/**
 * Opens a file for commits that survive a power cut, with erased data overwritten. Where there is a write-ahead log, who
 * commits flushes it; else, as in memory, SQLite does.
 *
 * @returns the files that are open: the one of that name, and what stands beside it; none in memory
 * @param busyTimeoutMs How long opening may wait for another process; afterwards nothing in SQLite itself waits.
 */
export function openDatabase(
  file: string,
  options: { busyTimeoutMs: number; maxFileBytes: number | null },
): { database: DatabaseSync; log: string | null; files: readonly string[] } {
  // What the oldest promised Node lacks is done without: the option `timeout`, `location()`, `isOpen`.
  const database = new DatabaseSync(file)
  waitAtMost(database, options.busyTimeoutMs)
  database.exec(`pragma page_size = ${PAGE_SIZE}`)
  const hasLog = enterWal(database, options.busyTimeoutMs)
  database.exec(`pragma synchronous = ${hasLog ? 'normal' : 'full'}`)
  database.exec('pragma secure_delete = on')
  database.exec('pragma temp_store = memory')
  database.exec(`pragma cache_size = -${PAGE_CACHE}`)
  database.exec(`pragma journal_size_limit = ${LONGEST_LOG}`)
  if (options.maxFileBytes !== null) {
    const pages = Math.max(1, Math.floor(options.maxFileBytes / PAGE_SIZE))
    database.exec(`pragma max_page_count = ${Math.min(pages, MOST_PAGES)}`)
  }
  // From here on a busy file is waited for by timers, so that the event loop never stands still.
  database.exec('pragma busy_timeout = 0')
  // SQLite follows links, and so must who flushes.
  const real = String(database.prepare('pragma database_list').get()?.file)
  const named = existsSync(resolve(file)) ? resolve(file) : real
  if (!hasLog) return { database, log: null, files: real === '' ? [] : [named] }
  bringIn(database)
  const log = `${real}-wal`
  return { database, log, files: [named, log, `${real}-shm`] }
}

/** How long SQLite itself waits for another process, milliseconds; Infinity is as long as it can. */
export function waitAtMost(database: DatabaseSync, busyTimeoutMs: number): void {
  database.exec(`pragma busy_timeout = ${Math.min(Math.floor(busyTimeoutMs), LONGEST_WAIT_MS)}`)
}

/**
 * What a process left in the log may be in the system's memory only, where its flush has failed: now it is brought into the
 * file and flushed there, unless others use it. Of those one has opened it before, and done so.
 */
function bringIn(database: DatabaseSync): void {
  try {
    database.exec('pragma wal_checkpoint(truncate)')
  } catch (error) {
    if (!isBusy(error)) throw error // else somebody recovers the log at this moment
  }
}

/** How long a try of {@link enterWal} waits for the next, milliseconds. */
const NEXT_TRY_MS = 5

/**
 * Of processes that open a new file at once, SQLite refuses all but one this change without waiting, whatever the time-out:
 * both hold a lock that the other's change needs. So it is tried again, for as long as opening may wait.
 *
 * @returns whether there is a log now: a database in memory has none
 */
function enterWal(database: DatabaseSync, busyTimeoutMs: number): boolean {
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  for (let waited = 0; ; waited += NEXT_TRY_MS) {
    try {
      return database.prepare('pragma journal_mode = wal').get()?.journal_mode === 'wal'
    } catch (error) {
      if (!isBusy(error) || waited >= busyTimeoutMs) throw error
      Atomics.wait(sleeper, 0, 0, NEXT_TRY_MS)
    }
  }
}
