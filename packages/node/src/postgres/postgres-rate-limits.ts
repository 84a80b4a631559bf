import { commerceOptionChecks, type Logger, type OptionCheck } from '@bursar/core'
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible'
import type { LimitedAct, RateLimits } from '../handler/index.ts'
import { pinoLogger } from '../logging/index.ts'
import { assertOptions, known } from '../option-checks.ts'
import { type LimitOptions, limiterRateLimits, limitsOf } from '../rate-limits/index.ts'
import { openPool } from './open-pool.ts'
import type { PostgresStorageOptions } from './postgres-storage.ts'
import { addressGiven, schemaGiven } from './read-address.ts'
import { sharedCounts } from './shared-counts.ts'

/** Where the counts are kept, and how many are too many. */
export interface PostgresRateLimitsOptions extends LimitOptions {
  /** As that of the storage. */
  readonly url: string | undefined
  /** Schema of the storage, which must have been migrated. @default 'bursar' */
  readonly schema?: string | undefined
  /** Is told when counts cannot be shared, and when they are again, a minute after the last failure. @default `pinoLogger` on standard error */
  readonly logger?: Logger | undefined
}

/** Those of the storage are passed over: a host may keep both in one object. */
const OPTIONS = {
  ...{ readUrl: known, maxConnections: known, maxWaiting: known, timeoutMs: known, now: known },
  ...{ codes: known, carts: known, payments: known },
  url: known,
  schema: known,
  logger: commerceOptionChecks.logger,
} satisfies Record<keyof PostgresRateLimitsOptions | keyof PostgresStorageOptions, OptionCheck>

/** Connections of a process: a count is one statement on one row. */
const CONNECTIONS = 2
/** A count that takes longer, in milliseconds, is made in the process alone. */
const TIMEOUT_MS = 1000

/**
 * Counts that all processes on one database share, in a table `_rate_limits` beside the shop's. While the database does
 * not answer, or the schema has no such table, each process counts for itself, and the log says so. By default 30 wrong codes and 30 declined
 * payments in ten minutes, 100 carts in one.
 *
 * @throws TypeError where `url` is no address of PostgreSQL, `schema` no name, or another option not what it must be
 */
export async function postgresRateLimits(
  options: PostgresRateLimitsOptions,
): Promise<RateLimits & { close(): Promise<void> }> {
  assertOptions(options, OPTIONS, 'postgresRateLimits')
  const schema = schemaGiven(options.schema)
  const url = addressGiven(options.url, 'url')
  const limits = limitsOf(options)
  const pool = await openPool({
    url,
    schema,
    maxConnections: CONNECTIONS,
    timeoutMs: TIMEOUT_MS,
    allowExitOnIdle: true,
  })
  const { logger = pinoLogger({ destination: process.stderr }) } = options
  const counts = sharedCounts({ pool, logger, now: () => performance.now() })
  const limiterOf = (act: LimitedAct) => {
    const { acts: points, seconds: duration } = limits[act]
    return new RateLimiterPostgres({
      ...{ storeClient: counts, storeType: 'pool', schemaName: schema, tableName: '_rate_limits', tableCreated: true },
      ...{ points, duration, keyPrefix: '' },
      insuranceLimiter: new RateLimiterMemory({ points, duration }),
    })
  }
  const limiters = { codes: limiterOf('codes'), carts: limiterOf('carts'), payments: limiterOf('payments') }
  return { ...limiterRateLimits((act) => limiters[act]), close: () => pool.end() }
}
