import type { DatabaseSync } from 'node:sqlite'
import { StorageUnavailableError } from '@bursar/core/storage-adapter'
import type { LogFlusher } from './log-flusher.ts'
import { isBusy, isFull, isStorageFailure, nothingDone } from './sqlite-error.ts'

/** Writes that arrive in one turn of the event loop, done in one transaction. */
export interface WriteQueue {
  /**
   * Runs work in a savepoint of its own, within a transaction that it shares with its neighbours; answers when that
   * is on disk. Work runs again from the start when the transaction could not begin to be stored.
   *
   * @param keeps Whether the answer means that what was written stays; otherwise it is rolled back, alone.
   */
  write<T>(work: () => T, keeps?: (answer: T) => boolean): Promise<T>
  /** Waits until nothing is under way. */
  drain(): Promise<void>
}

/** How a write queue waits and whom it asks. */
export interface WriteQueueOptions {
  /** How long to wait for another process that writes, in milliseconds. */
  readonly busyTimeoutMs: number
  /** Runs first in each transaction; what it throws refuses all of it. */
  readonly prepare: () => void
  /** Flushes what was committed; null where SQLite does it itself. */
  readonly flusher: LogFlusher | null
}

interface Task {
  /** Runs the work; the answer is given, or not, after the transaction ended. */
  readonly run: () => () => void
  readonly reject: (error: unknown) => void
}

/** A transaction takes no more work after so many milliseconds, so that reads and sockets get their turn. */
const LONGEST_TRANSACTION_MS = 10

/** Between two tries while another process writes: long enough to be cheap, short enough not to be felt. */
const BUSY_RETRY_MS = 2

/** Makes the queue of a database's only writer in this process. */
export function writeQueue(database: DatabaseSync, options: WriteQueueOptions): WriteQueue {
  const begin = database.prepare('begin immediate')
  const commit = database.prepare('commit')
  const savepoint = database.prepare('savepoint one')
  const release = database.prepare('release one')
  const undo = database.prepare('rollback to one')
  let waiting: Task[] = []
  const drained: (() => void)[] = []
  let isScheduled = false
  /** What comes meanwhile shares the next transaction. */
  let isFlushing = false
  let busySince: number | null = null

  function write<T>(work: () => T, keeps: (answer: T) => boolean = () => true): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const run = () => {
        const answer = inSavepoint(work, keeps)
        return () => resolve(answer)
      }
      waiting.push({ run, reject })
      schedule()
    })
  }

  function inSavepoint<T>(work: () => T, keeps: (answer: T) => boolean): T {
    savepoint.run()
    try {
      const answer = work()
      if (!keeps(answer)) undo.run()
      release.run()
      return answer
    } catch (error) {
      if (!isStorageFailure(error)) {
        undo.run()
        release.run()
      }
      throw error
    }
  }

  function schedule(): void {
    if (isScheduled || isFlushing) return
    isScheduled = true
    setImmediate(flush)
  }

  function flush(): void {
    isScheduled = false
    const batch: Task[] = []
    try {
      if (waiting.length > 0) flushBatch(batch)
    } catch (error) {
      rollBack()
      settleFailure(batch, error)
    }
    if (waiting.length > 0 && busySince === null) schedule()
    if (waiting.length === 0) for (const resolve of drained.splice(0)) resolve()
  }

  function flushBatch(batch: Task[]): void {
    begin.run()
    busySince = null
    options.prepare()
    const answers = runTasks(batch)
    try {
      commit.run()
    } catch (error) {
      throw isBusy(error) || isFull(error) ? error : new CommitFailure(error)
    }
    if (options.flusher === null) for (const answer of answers) answer()
    else {
      isFlushing = true
      options.flusher.flush((error) => {
        isFlushing = false
        tell(batch, answers, error)
        if (waiting.length > 0) schedule()
      })
    }
  }

  function tell(batch: readonly Task[], answers: readonly (() => void)[], error: Error | null): void {
    if (error === null) for (const answer of answers) answer()
    else for (const task of batch) task.reject(unknownOutcome(error))
  }

  function runTasks(batch: Task[]): (() => void)[] {
    const answers: (() => void)[] = []
    const until = performance.now() + LONGEST_TRANSACTION_MS
    let taken = 0
    try {
      for (const task of waiting) {
        taken += 1
        batch.push(task)
        answers.push(runTask(task))
        if (performance.now() >= until) break
      }
    } finally {
      waiting = waiting.slice(taken)
    }
    return answers
  }

  function runTask(task: Task): () => void {
    try {
      return task.run()
    } catch (error) {
      if (isStorageFailure(error)) throw error
      return () => task.reject(error)
    }
  }

  function rollBack(): void {
    // After some failures SQLite has rolled back by itself.
    try {
      database.exec('rollback')
    } catch {}
  }

  function settleFailure(batch: readonly Task[], error: unknown): void {
    if (isBusy(error)) {
      waiting = [...batch, ...waiting]
      waitForOther(error)
      return
    }
    // A transaction that could not begin fails all that waited for it.
    const failed = batch.length > 0 ? batch : waiting.splice(0)
    const unavailable = error instanceof CommitFailure ? unknownOutcome(error.error) : nothingDone('write', error)
    for (const task of failed) task.reject(unavailable)
  }

  function waitForOther(error: unknown): void {
    busySince ??= performance.now()
    if (performance.now() - busySince < options.busyTimeoutMs) {
      isScheduled = true
      setTimeout(flush, BUSY_RETRY_MS)
      return
    }
    busySince = null
    for (const task of waiting.splice(0)) task.reject(nothingDone('write', error))
  }

  async function drain(): Promise<void> {
    if (waiting.length > 0) await new Promise<void>((resolve) => drained.push(resolve))
    await options.flusher?.settled()?.catch(() => {}) // who wrote is told
  }

  return { write, drain }
}

/** COMMIT itself failed: what is on disk is not known. */
class CommitFailure {
  readonly error: unknown
  constructor(error: unknown) {
    this.error = error
  }
}

function unknownOutcome(error: unknown): StorageUnavailableError {
  const reason = error instanceof Error ? error.message : String(error)
  return new StorageUnavailableError(`SQLite failed while it stored: ${reason}`, { outcome: 'unknown', cause: error })
}
