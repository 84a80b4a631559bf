import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { type PostgresStorageOptions, postgresRateLimits, postgresStorage } from './postgres/index.ts'
import { type SqliteStorageOptions, sqliteStorage } from './sqlite/index.ts'
import { waitAtMost } from './sqlite/open-database.ts'

const url = 'postgres://db/shop'
const MOST_MS = 2_147_483_647

test.each<[object, string]>([
  [{ timeoutMs: '10000' }, `timeoutMs must be a number, 0 to ${MOST_MS}: 0 is no limit.`],
  [{ timeoutMs: Number.NaN }, 'timeoutMs must be a number'],
  [{ timeoutMs: Number.POSITIVE_INFINITY }, 'timeoutMs must be a number'],
  [{ timeoutMs: -1 }, 'timeoutMs must be a number'],
  [{ maxConnections: 0 }, 'maxConnections must be a number, 1 or more.'],
  [{ maxConnections: Number(undefined) }, 'maxConnections must be a number'],
  [{ maxWaiting: 0 }, 'maxWaiting must be a number, 1 or more.'],
  [{ maxConnection: 5 }, 'maxConnection is not known here: did you mean "maxConnections"?'],
  [{ url: undefined, uri: url }, 'uri is not known here'],
  [{ now: '2026-01-01' }, 'now must be a function.'],
  [{ logger: {} }, 'logger must be a logger: it has no `info`.'],
])('postgresStorage is refused with %o', (given, sentence) => {
  // What a host without types writes.
  const options = { url, ...given } as PostgresStorageOptions
  expect(() => postgresStorage(options)).toThrow(TypeError)
  expect(() => postgresStorage(options)).toThrow(`postgresStorage: ${sentence}`)
})

test('rate limits are refused with what they do not know', async () => {
  const options = { url, carts: { acts: 1, seconds: 1 }, shema: 'shop' }
  await expect(postgresRateLimits(options)).rejects.toThrow('postgresRateLimits: shema is not known here: did you mean')
})

test.each([{ timeoutMs: 0 }, { timeoutMs: 1000 / 3 }, { maxWaiting: Number.POSITIVE_INFINITY }])(
  'postgresStorage is made with %o',
  async (options) => {
    await postgresStorage({ url, ...options }).close()
  },
)

test('rate limits pass over the options of the storage beside which they are', async () => {
  const database = { url, schema: 'shop', readUrl: url, maxConnections: 20, maxWaiting: 10, timeoutMs: 5000 }
  const clock = { now: () => '2026-01-01T00:00:00.000Z' }
  const { close } = await postgresRateLimits({ ...database, ...clock })
  await close()
})

test('a schema whose name the server would cut is refused: another that begins alike would be the same', async () => {
  const [long, fits] = ['ä'.repeat(32), `${'ä'.repeat(31)}x`]
  const sentence = 'PostgreSQL needs as `schema` a name of at most 63 bytes, to which it would cut this one of 64.'
  expect(() => postgresStorage({ url, schema: long })).toThrow(sentence)
  await expect(postgresRateLimits({ url, schema: long })).rejects.toThrow(sentence)
  await postgresStorage({ url, schema: fits }).close()
})

test.each<[object, string]>([
  [{ busyTimeoutMs: '5000' }, 'busyTimeoutMs must be a number, 0 or more.'],
  [{ busyTimeoutMs: Number.NaN }, 'busyTimeoutMs must be a number'],
  [{ maxFileBytes: '1GB' }, 'maxFileBytes must be a number'],
  [{ busyTimeout: 1 }, 'busyTimeout is not known here: did you mean "busyTimeoutMs"?'],
  [{ path: 'shop.sqlite', file: undefined }, 'path is not known here: known are file'],
])('sqliteStorage is refused with %o', (given, sentence) => {
  const options = { file: ':memory:', ...given } as SqliteStorageOptions
  expect(() => sqliteStorage(options)).toThrow(TypeError)
  expect(() => sqliteStorage(options)).toThrow(`sqliteStorage: ${sentence}`)
})

test.each([{ busyTimeoutMs: Number.POSITIVE_INFINITY }, { busyTimeoutMs: 1e12 }, { busyTimeoutMs: 0.5 }])(
  'sqliteStorage waits with %o',
  async (options) => {
    await sqliteStorage({ file: ':memory:', ...options }).close()
  },
)

test.each([Number.POSITIVE_INFINITY, Number.MAX_VALUE, 1e9 / 3])('a file of %d bytes may be filled', async (bytes) => {
  const storage = sqliteStorage({ file: ':memory:', maxFileBytes: bytes })
  await storage.migrate([])
  await storage.close()
})

test('SQLite itself waits no less where there is no limit', () => {
  const database = new DatabaseSync(':memory:')
  waitAtMost(database, Number.POSITIVE_INFINITY)
  expect(database.prepare('pragma busy_timeout').get()).toEqual({ timeout: MOST_MS })
  database.close()
})
