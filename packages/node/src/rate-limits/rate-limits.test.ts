import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import type { RateLimits } from '../handler/index.ts'
import { postgresRateLimits } from '../postgres/index.ts'
import { memoryLogger } from '../testing/memory-logger.ts'
import { testSchema } from '../testing/test-schema.ts'
import { memoryRateLimits } from './memory-rate-limits.ts'

const limits = { codes: { acts: 3, seconds: 2 }, carts: { acts: 5, seconds: 60 } }
const { url, schema, open, query, end } = testSchema()
const ends: (() => Promise<void>)[] = [end]
afterAll(async () => {
  for (const each of ends.reverse()) await each()
})

/** The counts as one or two processes see them. */
const kinds: Record<string, () => Promise<readonly RateLimits[]>> = {
  memory: async () => [memoryRateLimits(limits)],
  'PostgreSQL, two processes': async () => {
    await open().migrate([])
    const both = await Promise.all([1, 2].map(() => postgresRateLimits({ url, schema, ...limits })))
    ends.push(...both.map(({ close }) => close))
    return both
  },
}

test.each(Object.entries(kinds))('%s: no more than the limit, however many ask at once', async (_kind, make) => {
  const processes = await make()
  const at = (n: number) => processes[n % processes.length] as RateLimits // there is one at least
  const first = await Promise.all(Array.from({ length: 12 }, (_, n) => at(n).take('codes', 'acme/main 192.0.2.7', 1)))
  expect(first.filter((wait) => wait === null)).toHaveLength(3)
  for (const wait of first) if (wait !== null) expect(wait).toBeLessThanOrEqual(2)
  // Others, other sites and other acts have counts of their own.
  expect(await at(0).take('codes', 'acme/main 192.0.2.8', 3)).toBeNull()
  expect(await at(0).take('codes', 'acme/other 192.0.2.7', 3)).toBeNull()
  expect(await at(0).take('carts', 'acme/main 192.0.2.7', 5)).toBeNull()
  // What is given back counts no more.
  expect(await at(0).take('codes', 'acme/main 192.0.2.9', 3)).toBeNull()
  await at(1).giveBack('codes', 'acme/main 192.0.2.9', 2)
  expect(await at(1).take('codes', 'acme/main 192.0.2.9', 2)).toBeNull()
  expect(await at(0).take('codes', 'acme/main 192.0.2.9', 1)).toBeGreaterThan(0)
  await sleep(2100)
  expect(await at(1).take('codes', 'acme/main 192.0.2.7', 1)).toBeNull()
})

test.each(Object.entries(kinds))('%s: what was refused or given back keeps nobody out', async (_kind, make) => {
  const processes = await make()
  const at = (n: number) => processes[n % processes.length] as RateLimits // there is one at least
  const who = 'acme/main 192.0.2.30'
  const take = (n: number) => at(n).take('codes', who, 1)
  const taken = await Promise.all(Array.from({ length: 9 }, (_, n) => take(n)))
  expect(taken.filter((wait) => wait === null)).toHaveLength(3)
  for (let n = 0; n < 3; n += 1) await at(n).giveBack('codes', who, 1)
  expect([await take(0), await take(1), await take(0)]).toEqual([null, null, null])
  expect(await take(1)).toBeGreaterThan(0)
})

test('a limit that was spent while a clock was ahead is begun anew, once', async () => {
  await open().migrate([])
  const { take, close } = await postgresRateLimits({ url, schema, ...limits })
  ends.push(close)
  const who = 'acme/main 192.0.2.40'
  expect(await take('carts', who, 5)).toBeNull()
  expect(await take('carts', who, 1)).toBeGreaterThan(0)
  await query(`update ${schema}._rate_limits set expire = expire + 6 * 3600000 where points = 5`)
  expect(await take('carts', who, 5)).toBeNull()
  const wait = await take('carts', who, 1)
  expect(wait).toBeGreaterThan(50)
  expect(wait).toBeLessThanOrEqual(60)
})

test('addresses are kept as hashes', async () => {
  const [row] = await query(`select string_agg(key, ' ') as keys from ${schema}._rate_limits`)
  expect(row?.keys).toMatch(/codes:[\w-]{22}/)
  expect(row?.keys).not.toContain('192.0.2')
})

test('counts that are not shared are told, and that they are again', async () => {
  const other = testSchema()
  const logger = memoryLogger()
  // Asked for before the first migration, as a configuration is read by `bursar migrate` too.
  const both = await Promise.all([1, 2].map(() => postgresRateLimits({ url, schema: other.schema, logger, ...limits })))
  ends.push(other.end, ...both.map(({ close }) => close))
  const takeOfBoth = () => Promise.all(both.map(({ take }) => take('codes', 'acme/main 192.0.2.50', 3)))
  expect(await takeOfBoth()).toEqual([null, null])
  const told = {
    level: 'error',
    message: 'rate limits are not shared: this process counts for itself',
    fields: {
      reason: expect.stringMatching(/^relation .* does not exist\. Is `schema` that of the storage, and was it/),
    },
  }
  expect(logger.lines).toEqual([told, told])
  await takeOfBoth()
  expect(logger.lines).toHaveLength(2)
  await other.open().migrate([])
  const later = performance.now() + 60_000
  vi.spyOn(performance, 'now').mockReturnValue(later)
  expect((await takeOfBoth()).filter((wait) => wait === null)).toHaveLength(1)
  expect(logger.lines.slice(2).map(({ message }) => message)).toEqual(
    Array(2).fill('rate limits are shared by all processes again'),
  )
  vi.restoreAllMocks()
})

test('while the database does not answer, each process counts for itself', async () => {
  const logger = memoryLogger()
  const alone = await postgresRateLimits({ url: 'postgres://nobody@127.0.0.1:1/none', logger, ...limits })
  ends.push(alone.close)
  const answers: (number | null)[] = []
  for (let n = 0; n < 5; n += 1) answers.push(await alone.take('codes', 'acme/main 192.0.2.7', 1))
  expect(answers.map((wait) => wait === null)).toEqual([true, true, true, false, false])
  expect(logger.lines).toMatchObject([{ level: 'warn', fields: { reason: expect.stringContaining('ECONNREFUSED') } }])
})

test('a limit that lets nobody through is refused', () => {
  expect(() => memoryRateLimits({ codes: { acts: 0, seconds: 60 } })).toThrow('The limit of codes must have')
})
