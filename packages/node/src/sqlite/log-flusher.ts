import { closeSync, fdatasync, openSync } from 'node:fs'
import { StorageUnavailableError } from '@bursar/core/storage-adapter'

/** Flushes a write-ahead log to disk, beside the event loop. */
export interface LogFlusher {
  /**
   * Calls back once all that was committed until now is on disk. Commits that come while a flush is under way share the
   * next one. The error says that the disk did not take it.
   */
  flush(done: (error: Error | null) => void): void
  /** Waits until all that was committed until now is on disk; null where it is. */
  settled(): Promise<void> | null
  /** Refuses where a flush has failed: what the disk has is not known any more. @throws StorageUnavailableError */
  assertSound(): void
  /** Lets go of the log; nothing may be under way. */
  close(): void
}

type Done = (error: Error | null) => void

/**
 * SQLite itself writes a commit into the log without a flush (`synchronous=NORMAL`) and flushes the log only before a
 * checkpoint. Here it is flushed after each commit, as `FULL` does, but on a thread of the system's: the event loop goes on
 * meanwhile. What is in the log is valid up to the first frame that is not whole, so a flush of a later commit covers all before.
 *
 * @param log path of the log, which must be there
 * @see https://www.sqlite.org/wal.html
 */
export function logFlusher(log: string): LogFlusher {
  // From the beginning: a descriptor that is opened later may not hear of a failure that came before.
  const descriptor = openSync(log, 'r+')
  let waiting: Done[] = []
  let underWay: Done[] = []
  let failure: Error | null = null

  function begin(): void {
    underWay = waiting
    waiting = []
    fdatasync(descriptor, end)
  }

  function end(error: Error | null): void {
    // A disk that has failed once may say yes the next time to what it has thrown away.
    failure ??= error
    const told = underWay
    underWay = []
    for (const done of told) done(failure)
    if (waiting.length > 0) begin()
  }

  function flush(done: Done): void {
    waiting.push(done)
    if (underWay.length === 0) begin()
  }

  return {
    flush,
    settled() {
      const last = waiting.length > 0 ? waiting : underWay
      if (last.length === 0) return null
      return new Promise((resolve, reject) =>
        last.push((error) => (error === null ? resolve() : reject(broken(error)))),
      )
    },
    assertSound() {
      if (failure !== null) throw broken(failure)
    },
    close: () => closeSync(descriptor),
  }
}

function broken(cause: Error): StorageUnavailableError {
  const message = `The disk did not take what SQLite wrote: ${cause.message}. Restart this process once the disk is sound.`
  return new StorageUnavailableError(message, { outcome: 'nothing', cause })
}
