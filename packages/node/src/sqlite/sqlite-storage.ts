import type { DatabaseSync } from 'node:sqlite'
import type { OptionCheck } from '@bursar/core'
import {
  type AnyCollection,
  type Committed,
  type Conflict,
  compileCollection,
  HOLDS,
  planCommit,
  type Scope,
  type Storage,
  StorageUnavailableError,
} from '@bursar/core/storage-adapter'
import { jobListeners } from '../jobs/job-listeners.ts'
import { assertOptions, between, known, one } from '../option-checks.ts'
import { commitWriter } from './commit-changes.ts'
import { listDocuments } from './list-documents.ts'
import { logFlusher } from './log-flusher.ts'
import { assertNoNewFile } from './no-new-file.ts'
import { openDatabase, waitAtMost } from './open-database.ts'
import { openingFile } from './opening-file.ts'
import { provesOnly, roomProof } from './prove-room.ts'
import { documentReader, MOST_IN_STATEMENT } from './read-documents.ts'
import { checkCollections, createBuiltIn, generationOf, migrateCollections } from './schema.ts'
import { searchDocuments } from './search-documents.ts'
import { isBusy, nothingDone } from './sqlite-error.ts'
import { sqliteJobs } from './sqlite-jobs.ts'
import { makeTable, type Table } from './table.ts'
import { watchTurns } from './turns.ts'
import { watchFiles } from './watch-files.ts'
import { jobWriter } from './write-job.ts'
import { writeQueue } from './write-queue.ts'

/** Where a SQLite storage keeps its file, and how it waits. */
export interface SqliteStorageOptions {
  /** Path of the file; made when it is not there. Its folder must be there. Beside it stand `-wal` and `-shm`. */
  readonly file: string
  /** How long a call may wait for another process that writes, in milliseconds; Infinity for as long as it takes. @default 5000 */
  readonly busyTimeoutMs?: number | undefined
  /** The file takes no more than this, in bytes; commits are refused beyond. @default no limit but the disk's */
  readonly maxFileBytes?: number | undefined
  /** The clock that `enqueuedAt` of jobs shows; nothing else depends on it. @default the system's */
  readonly now?: (() => string) | undefined
}

const OPTIONS = {
  file: known,
  busyTimeoutMs: between(0),
  maxFileBytes: between(1),
  now: one('function', 'a function'),
} satisfies Record<keyof SqliteStorageOptions, OptionCheck>

/** Between two tries while a reader is kept out, in milliseconds; happens only while a file is opened or repaired. */
const READ_RETRY_MS = 2

/**
 * Storage in one SQLite file. The commits that arrive in one turn of the event loop share one transaction, each in a
 * savepoint of its own; they are answered once the log is flushed, which those that come meanwhile share. Several processes may use one file.
 *
 * @throws Error that names the file when it cannot be opened, or is of another format; TypeError for an option that is not what it must be
 */
export function sqliteStorage(options: SqliteStorageOptions): Storage {
  assertOptions(options, OPTIONS, 'sqliteStorage')
  const { busyTimeoutMs = 5000, maxFileBytes = null, now = () => new Date().toISOString() } = options
  assertNoNewFile(options.file)
  const { database, log, files } = openingFile(options.file, () => {
    const opened = openDatabase(options.file, { busyTimeoutMs, maxFileBytes })
    initialise(opened.database, busyTimeoutMs)
    return opened
  })
  const tables = new Map<string, Table>([[HOLDS.name, makeTable(database, HOLDS)]])
  const listeners = jobListeners()
  let generation = generationOf(database)
  let closing: Promise<void> | null = null

  const tableOf = (name: string) => {
    const table = tables.get(name)
    if (table !== undefined) return table
    throw new TypeError(`Collection "${name}" is unknown: was it given to migrate?`)
  }
  const findCollection = (name: string) => tableOf(name).collection
  const readGeneration = database.prepare("select value from _meta where name = 'generation'")
  const flusher = log === null ? null : logFlusher(log) // it is there: the tables were looked at
  const watch = watchFiles(files)
  const queue = writeQueue(database, { busyTimeoutMs, prepare, flusher })
  const writeCommit = commitWriter({ database, tableOf, writeJob: jobWriter(database, now) })
  const proveRoom = roomProof(database, (work) => queue.write(work))
  const readDocuments = documentReader(database, tableOf)
  const readNow = reader(database, busyTimeoutMs)
  const turns = watchTurns()

  function prepare(): void {
    watch.assertThere(performance.now())
    checkGeneration()
  }

  /** Another process may have migrated the file to what this process does not fill. */
  function checkGeneration(): void {
    const current = Number(readGeneration.get()?.value)
    if (current === generation) return
    try {
      checkCollections(
        database,
        [...tables.values()].map(({ collection }) => collection),
      )
    } catch (cause) {
      const message = 'This file was migrated by newer code: restart this process with it.'
      throw new StorageUnavailableError(message, { outcome: 'nothing', cause })
    }
    generation = current
  }

  function assertOpen(): void {
    if (closing !== null) throw new StorageUnavailableError('This storage was closed.', { outcome: 'nothing' })
    flusher?.assertSound()
  }

  async function open<T>(work: () => Promise<T>): Promise<T> {
    assertOpen()
    return work()
  }

  /** What is told is on disk: a commit that is not yet flushed can be seen by reads. */
  async function read<T>(work: () => T, statements: Statements = 'some'): Promise<T> {
    const turn = turns.next(performance.now())
    if (turn !== null) {
      await turn
      assertOpen()
    }
    const answer = await readNow(work, statements)
    await flusher?.settled()
    return answer
  }

  async function commit(
    scope: Scope,
    changes: Parameters<Storage['commit']>[1],
    commitOptions: Parameters<Storage['commit']>[2] = {},
  ): Promise<Committed | Conflict> {
    const plan = planCommit(findCollection, scope, changes)
    const proved = provesOnly(plan) ? proveRoom() : null
    const writing = queue.write(() => writeCommit(scope, plan, commitOptions), isCommitted)
    const [answer] = await Promise.all([writing, proved]) // queued in one turn, they are one transaction
    const enqueued = changes.filter((change) => change.do === 'enqueue')
    if (enqueued.length > 0 && answer.outcome === 'committed') listeners.notify(enqueued)
    return answer
  }

  async function migrate(collections: readonly AnyCollection[]): Promise<void> {
    const compiled = collections.map(compileCollection)
    await queue.write(() => migrateCollections(database, compiled))
    for (const collection of compiled) tables.set(collection.name, makeTable(database, collection))
  }

  return {
    jobs: sqliteJobs({
      database,
      listeners,
      read: (work) => open(() => read(work)),
      write: (work) => open(() => queue.write(work)),
    }),
    read: (scope, refs) =>
      open(() => read(() => readDocuments(scope, refs), refs.length > MOST_IN_STATEMENT ? 'some' : 'one')),
    list: (scope, query) =>
      open(() =>
        read(() => listDocuments(tableOf(query.in), scope, query), query.countUpTo === undefined ? 'one' : 'some'),
      ),
    search: (scope, query) => open(() => read(() => searchDocuments(tableOf(query.in), scope, query))),
    commit: (scope, changes, commitOptions) => open(() => commit(scope, changes, commitOptions)),
    migrate: (collections) => open(() => migrate(collections)),
    close() {
      closing ??= queue.drain().then(() => {
        flusher?.close()
        database.close()
      })
      return closing
    },
  }
}

function isCommitted(answer: Committed | Conflict): boolean {
  return answer.outcome === 'committed'
}

function initialise(database: DatabaseSync, busyTimeoutMs: number): void {
  waitAtMost(database, busyTimeoutMs)
  database.exec('begin immediate')
  try {
    createBuiltIn(database)
    database.exec('commit')
  } catch (error) {
    database.exec('rollback')
    database.close()
    throw error
  }
  database.exec('pragma busy_timeout = 0')
}

/** How many statements a read runs: one by itself sees one moment. */
type Statements = 'one' | 'some'

/** Runs reads, each of some statements in a transaction, so that all it sees is of one moment. */
function reader(
  database: DatabaseSync,
  busyTimeoutMs: number,
): <T>(work: () => T, statements: Statements) => Promise<T> {
  const begin = database.prepare('begin')
  const end = database.prepare('commit')

  function once<T>(work: () => T): T {
    begin.run()
    try {
      return work()
    } finally {
      end.run()
    }
  }

  return async (work, statements) => {
    const until = performance.now() + busyTimeoutMs
    for (;;) {
      try {
        return statements === 'one' ? work() : once(work)
      } catch (error) {
        if (!isBusy(error)) throw nothingDone('read', error)
        if (performance.now() >= until) throw nothingDone('read', error)
        await new Promise((resolve) => setTimeout(resolve, READ_RETRY_MS))
      }
    }
  }
}
