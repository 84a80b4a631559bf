import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { BoundedMap, StorageUnavailableError } from '@bursar/core/storage-adapter'
import type { Pool, PoolClient, Submittable } from 'pg'
import { Batch } from './batch.ts'
import { answersWithin, openPool, type PoolOptions } from './open-pool.ts'
import { isCollision, isReadOnly, isRolledBack } from './postgres-error.ts'
import type { Statement, TextRow } from './statement.ts'
import { timeLimits } from './time-limits.ts'

/** Where statements go. */
export interface Database {
  /**
   * Runs statements in one transaction and one round trip; answers the rows of each.
   *
   * @throws StatementError when the server refused one: nothing is done. StorageUnavailableError when it did not answer.
   */
  run(statements: readonly Statement[]): Promise<Rows>
  /**
   * Runs several batches on one connection, for what must be decided between them, each within `timeoutMs`. Where `work` fails,
   * the connection is given up, and with it whatever it had begun or locked.
   */
  withConnection<T>(work: (connection: Connection) => Promise<T>, options?: { timeoutMs?: number }): Promise<T>
  /** What was sent so far. */
  readonly sent: Traffic
  /** Ends it. */
  close(): Promise<void>
}

/** What was sent to a server. */
export interface Traffic {
  /** Batches: each is one round trip. */
  readonly roundTrips: number
  /** Statements in them. */
  readonly statements: number
}

/** The rows of each statement of a batch. */
export type Rows = readonly (readonly TextRow[])[]

/** One connection, as long as it is lent. */
export interface Connection {
  /** As `Database.run`. */
  run(statements: readonly Statement[]): Promise<Rows>
}

/** The server refused a statement and rolled the transaction back. */
export class StatementError extends Error {
  /** The statement's place in its batch. */
  readonly index: number

  constructor(index: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'StatementError'
    this.index = index
  }
}

/** How a database is used. */
export interface DatabaseOptions extends PoolOptions {
  /** Round trips that may wait for a connection; more are refused at once. */
  readonly maxWaiting: number
}

/** Deadlocks and serialisation failures are sent again so often. */
const COLLISIONS = 5
/** Longest first wait before that, in milliseconds; grows with each try. */
const COLLISION_WAIT_MS = 10

/** Connections are given up because the server only reads no more often than this, in milliseconds: it may go on doing so. */
const DOUBT_MS = 1000

/** Names of statements that are kept; that of another is reckoned again. */
const MOST_NAMES = 1000

/** A database behind a pool of connections, made at the first call. */
export function openDatabase({ maxWaiting, ...server }: DatabaseOptions): Database {
  const names = new BoundedMap<string, string>(MOST_NAMES)
  let opening: Promise<Pool> | null = null
  let sent: Traffic = { roundTrips: 0, statements: 0 }
  // When each connection was first lent, and before when they are not trusted: after a fail-over they may be to a server
  // that only reads, and would stay so.
  const lentSince = new WeakMap<PoolClient, number>()
  let doubtedBefore = 0
  const watch = timeLimits()
  let limit: number | null = null

  /** At the first use: an address that cannot be read is told then. */
  function timeLimit(): number {
    limit ??= answersWithin(server)
    return limit
  }

  function nameOf(text: string): string {
    const kept = names.get(text)
    if (kept !== undefined) return kept
    // Of the text: behind a pooler that is too old, a name that another process gave must not run its statement.
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    names.set(text, name)
    return name
  }

  async function connect(): Promise<PoolClient> {
    opening ??= openPool({ ...server, hasOwnTimeLimit: true })
    try {
      const opened = await opening
      if (opened.waitingCount >= maxWaiting) {
        throw new StorageUnavailableError('PostgreSQL is busy: too many calls wait for a connection.', {
          outcome: 'nothing',
        })
      }
      for (;;) {
        const client = await opened.connect()
        const since = lentSince.get(client) ?? performance.now()
        lentSince.set(client, since)
        if (since >= doubtedBefore) return client
        client.release(true)
      }
    } catch (error) {
      if (error instanceof StorageUnavailableError) throw error
      throw new StorageUnavailableError(`PostgreSQL cannot be reached: ${reasonOf(error)}`, {
        outcome: 'nothing',
        cause: error,
      })
    }
  }

  function submit(client: PoolClient, statements: readonly Statement[], timeoutMs = timeLimit()): Promise<Rows> {
    sent = { roundTrips: sent.roundTrips + 1, statements: sent.statements + statements.length }
    return new Promise((resolve, reject) => {
      const batch = new Batch({
        statements,
        nameOf,
        resolve(rows) {
          unwatch()
          resolve(rows)
        },
        reject(error, index) {
          unwatch()
          reject(isRolledBack(error) ? new StatementError(index, error) : lost(error))
        },
      })
      const unwatch = watch(timeoutMs, () => batch.handleError(new Error('Query read timeout')))
      try {
        client.query(batch as unknown as Submittable) // the types know only the part that all submittables share
      } catch (error) {
        batch.handleError(error)
      }
    })
  }

  async function lend<T>(work: (client: PoolClient) => Promise<T>, isBroken: (error: unknown) => boolean): Promise<T> {
    const client = await connect()
    let isGivenUp = false
    try {
      return await work(client)
    } catch (error) {
      isGivenUp = isBroken(error)
      if (hasOnlyRead(error) && performance.now() - doubtedBefore > DOUBT_MS) doubtedBefore = performance.now()
      throw error
    } finally {
      client.release(isGivenUp)
    }
  }

  async function run(statements: readonly Statement[]): Promise<Rows> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await lend((client) => submit(client, statements), isLost)
      } catch (error) {
        if (hasOnlyRead(error) && attempt === 1) continue // another connection may be to a server that writes
        const isAgain = error instanceof StatementError && isCollision(error.cause) && attempt < COLLISIONS
        if (!isAgain) throw error
        await sleep(Math.random() * COLLISION_WAIT_MS * attempt)
      }
    }
  }

  return {
    run,
    withConnection: (work, { timeoutMs } = {}) =>
      lend(
        (client) => work({ run: (statements) => submit(client, statements, timeoutMs) }),
        () => true,
      ),
    get sent() {
      return sent
    },
    async close() {
      const opened = await opening?.catch(() => null)
      await opened?.end()
    },
  }
}

const isLost = (error: unknown): boolean => error instanceof StorageUnavailableError

const hasOnlyRead = (error: unknown): boolean => error instanceof StatementError && isReadOnly(error.cause)

/** The connection broke, or the answer did not come: what was sent may have been done. */
function lost(error: unknown): StorageUnavailableError {
  return new StorageUnavailableError(`PostgreSQL did not answer: ${reasonOf(error)}`, {
    outcome: 'unknown',
    cause: error,
  })
}

function reasonOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error)
}
