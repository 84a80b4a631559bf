import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { commerceOptionChecks, type Logger, type OptionCheck } from '@bursar/core'
import {
  type AnyCollection,
  type CommitPlan,
  compileCollection,
  HOLDS,
  planCommit,
  type Storage,
  StorageUnavailableError,
  thingsUnderWay,
} from '@bursar/core/storage-adapter'
import { pinoLogger } from '../logging/index.ts'
import { assertOptions, between, known, LONGEST_WAIT_MS, one } from '../option-checks.ts'
import { commitWriter } from './commit-changes.ts'
import { type Database, openDatabase, StatementError, type Traffic } from './database.ts'
import { jobBell } from './job-bell.ts'
import { laggingReads, REPLICA_TIMEOUT_MS } from './lagging-reads.ts'
import { planListing } from './list-documents.ts'
import { openClient, type PoolOptions } from './open-pool.ts'
import { isBadValue, isMissingTable, isOutage } from './postgres-error.ts'
import { postgresJobs } from './postgres-jobs.ts'
import { addressGiven, schemaGiven } from './read-address.ts'
import { planRead } from './read-documents.ts'
import { repairPasses } from './repair-passes.ts'
import { migrateCollections } from './schema.ts'
import { planSearching } from './search-documents.ts'
import { sharedTrips } from './shared-trips.ts'
import type { Statement } from './statement.ts'
import { makeTable, type Table } from './table.ts'
import { jobWriter } from './write-jobs.ts'

/** Where a PostgreSQL storage keeps its tables, and how many connections it takes. */
export interface PostgresStorageOptions {
  /**
   * `postgres://user:password@host:port/database`, with `?sslmode=…` where it is needed. It may be a variable of the environment
   * as it is: undefined is refused at once.
   */
  readonly url: string | undefined
  /**
   * A replica of that database, for lists that people look at and that may be a little behind: products of the shop, orders,
   * deliveries, histories. Nothing that a decision, a price that is charged or a shopper's own view rests on is read there. What
   * it does not answer within a second, or two where it says nothing at all, is read at `url`, as is all else while it does not answer, and the log says so. It takes up to `maxConnections` besides. @default none
   */
  readonly readUrl?: string | undefined
  /** Schema of the tables; made when it is not there. @default 'bursar' */
  readonly schema?: string | undefined
  /** Connections of this process at most: 1 or more. @default 10 */
  readonly maxConnections?: number | undefined
  /**
   * Round trips that may wait for a connection, each of which calls of one moment share; more are refused at once with
   * `StorageUnavailableError`. 1 or more. @default 500
   */
  readonly maxWaiting?: number | undefined
  /** A call that the server does not answer within this has failed, in milliseconds; 0 for as long as it takes. @default 10000 */
  readonly timeoutMs?: number | undefined
  /** The clock that `enqueuedAt` of jobs shows; nothing else depends on it. @default the system's */
  readonly now?: (() => string) | undefined
  /**
   * Is told when the replica falls out, when it is back, which documents of older code a migration cannot take over, and when
   * one waits for another.
   * @default `pinoLogger` on standard error, so that what a command prints stays whole
   */
  readonly logger?: Logger | undefined
}

/** A PostgreSQL storage, with what a benchmark or a test may want to see of it. */
export interface PostgresStorage extends Storage {
  /** What was sent so far, but for what went to a replica. */
  readonly sent: Traffic
}

const OPTIONS = {
  url: known,
  readUrl: known,
  schema: known,
  maxConnections: between(1),
  maxWaiting: between(1),
  timeoutMs: between(0, LONGEST_WAIT_MS, ': 0 is no limit'),
  now: one('function', 'a function'),
  logger: commerceOptionChecks.logger,
} satisfies Record<keyof PostgresStorageOptions, OptionCheck>

/** A server that is told goodbye has so long to say it, in milliseconds; then its connections are cut. */
const LEAVING_MS = 1000

/** Commits that share a trip wait no longer for a row that somebody holds: then each waits alone. */
const WAIT_BRIEFLY: Statement = { text: "select set_config('lock_timeout', '50ms', true)", values: [] }

/** Tables are analysed by this process after so many of its inserts; later the server's autovacuum does it. */
const ANALYSE_AFTER = [50, 500, 5000]

/**
 * Storage in a schema of a PostgreSQL database, version 15 or newer. Each commit is one transaction and one round trip.
 * Any number of processes may use one schema.
 *
 * The package `pg` must be installed beside this one.
 *
 * @throws TypeError where `url` or `readUrl` is no address of PostgreSQL, `schema` no name, or another option not what it must be
 */
export function postgresStorage(options: PostgresStorageOptions): PostgresStorage {
  assertOptions(options, OPTIONS, 'postgresStorage')
  const { maxWaiting = 500, timeoutMs = 10_000, now = () => new Date().toISOString() } = options
  const { logger = pinoLogger({ destination: process.stderr }) } = options
  const schema = schemaGiven(options.schema)
  const server = { ...options, schema, url: addressGiven(options.url, 'url'), sockets: new Set<Socket>() }
  const database = openDatabase({ ...server, maxWaiting })
  const sharedRead = sharedTrips(database)
  // What people look at has trips of its own: a search takes longer than a cart should wait.
  const sharedLook = sharedTrips(database)
  const sharedWrite = sharedTrips(database, [WAIT_BRIEFLY])
  const replica = openReplica(server, maxWaiting)
  const readLagging = replica === null ? sharedLook : laggingReads({ primary: database, replica, logger })
  const tables = new Map<string, Table>([[HOLDS.name, makeTable(schema, HOLDS, 1)]])
  const inserts = new Map<string, number>()
  const bell = jobBell({ schema, connect: () => openClient(server) })
  const underWay = thingsUnderWay<Promise<unknown>>()
  const widened = () => [...tables.values()].filter(({ generation }) => generation > 1)
  const repairs = repairPasses({ database, schema, tables: widened, logger })
  let closing: Promise<void> | null = null

  const tableOf = (name: string) => {
    const table = tables.get(name)
    if (table !== undefined) return table
    throw new TypeError(`Collection "${name}" is unknown: was it given to migrate?`)
  }
  const findCollection = (name: string) => tableOf(name).collection
  const writeCommit = commitWriter({ schema, database, sharedWrite, tableOf, jobs: jobWriter(schema, now) })

  async function open<T>(work: () => Promise<T>): Promise<T> {
    if (closing !== null) throw new StorageUnavailableError('This storage was closed.', { outcome: 'nothing' })
    const doing = work()
    const leave = underWay.enter(doing)
    try {
      return await doing
    } catch (error) {
      throw failureOf(error)
    } finally {
      leave()
    }
  }

  function run(statements: readonly Statement[]) {
    return database.run(statements)
  }

  function readerFor({ mayLag = false }: { mayLag?: boolean | undefined }) {
    return mayLag ? readLagging : sharedRead
  }

  async function commit(
    scope: Parameters<Storage['commit']>[0],
    changes: Parameters<Storage['commit']>[1],
    commitOptions: Parameters<Storage['commit']>[2] = {},
  ): ReturnType<Storage['commit']> {
    const plan = planCommit(findCollection, scope, changes)
    const answer = await writeCommit(scope, plan, commitOptions)
    if (answer.outcome === 'conflict') return answer
    const enqueued = changes.filter((change) => change.do === 'enqueue')
    if (enqueued.length > 0) bell.notify(enqueued)
    countInserts(plan)
    return answer
  }

  /** A table without statistics is searched the wrong way: the first of them come from here. */
  function countInserts(plan: CommitPlan): void {
    for (const { change } of plan.documents) {
      if (change.do !== 'insert' && change.do !== 'append') continue
      const count = (inserts.get(change.in) ?? 0) + 1
      inserts.set(change.in, count)
      if (!ANALYSE_AFTER.includes(count)) continue
      // Whatever comes of it: it is done again by the server.
      run([{ text: `analyze ${tableOf(change.in).name}`, values: [] }]).catch(() => {})
    }
  }

  async function migrate(collections: readonly AnyCollection[]): Promise<void> {
    const compiled = collections.map(compileCollection)
    const migrated = await migrateCollections(database, { schema, logger }, compiled)
    for (const table of migrated) tables.set(table.collection.name, table)
    // Older code may go on writing for a while after a migration.
    if (widened().length > 0) await repairs.begin()
  }

  /** A server that does not answer is not waited for: a call has its time limit, and so has the leaving, where there is one. */
  async function end(): Promise<void> {
    const settled = Promise.allSettled([...underWay.all(), repairs.close()])
    const tooLate = timeoutMs === 0 ? [] : [sleep(timeoutMs, undefined, { ref: false })]
    await Promise.race([settled, ...tooLate])
    const cut = setTimeout(() => {
      for (const socket of server.sockets) socket.destroy()
    }, LEAVING_MS)
    await Promise.all([bell.close(), database.close(), replica?.close()]).finally(() => clearTimeout(cut))
  }

  return {
    jobs: postgresJobs({
      schema,
      run: (statements) => open(() => run(statements)),
      writeOne: (statement, row) => open(async () => (await sharedWrite([statement], row))[0] ?? []),
      listeners: bell,
    }),
    read: (scope, refs) =>
      open(async () => {
        if (refs.length === 0) return []
        const plan = planRead(schema, tableOf, scope, refs)
        return plan.answers(await sharedRead([plan.statement]))
      }),
    list: (scope, query) =>
      open(async () => {
        const listing = planListing(tableOf(query.in), scope, query)
        return listing.page(await readerFor(query)(listing.statements))
      }),
    search: (scope, query) =>
      open(async () => {
        const search = planSearching(tableOf(query.in), scope, query)
        return search.page(await readerFor(query)(search.statements))
      }),
    commit: (scope, changes, commitOptions) => open(() => commit(scope, changes, commitOptions)),
    migrate: (collections) => open(() => migrate(collections)),
    get sent() {
      return database.sent
    },
    close() {
      closing ??= end()
      return closing
    },
  }
}

function openReplica(options: PoolOptions & { readUrl?: string | undefined }, maxWaiting: number): Database | null {
  const { readUrl, timeoutMs } = options
  if (readUrl === undefined) return null
  const url = addressGiven(readUrl, 'readUrl')
  const replica = {
    ...options,
    url,
    timeoutMs: Math.min(timeoutMs || REPLICA_TIMEOUT_MS, REPLICA_TIMEOUT_MS),
    isReadOnly: true,
  }
  return openDatabase({ ...replica, maxWaiting })
}

/** What the port promises for an error of the server that is no conflict. */
function failureOf(error: unknown): unknown {
  if (!(error instanceof StatementError)) return error
  if (isBadValue(error.cause))
    return new TypeError(`PostgreSQL does not take a value: ${error.message}`, { cause: error })
  const hint = isMissingTable(error.cause) ? ' Was the database migrated? Run `bursar migrate`.' : ''
  // Its first line alone: `detail` holds values of rows.
  const message = `PostgreSQL refused: ${error.message}.${hint}`
  if (!isOutage(error.cause)) return new Error(message, { cause: error })
  return new StorageUnavailableError(message, { outcome: 'nothing', cause: error })
}
