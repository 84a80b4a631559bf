import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testSchema } from '../testing/test-schema.ts'
import type { PostgresStorage } from './postgres-storage.ts'

const { open, end, query, schema, url } = testSchema()
const prepare = vi.spyOn(pg.Connection.prototype, 'parse')
const LATER = '2026-01-01T00:00:00.000Z'
let storage: PostgresStorage

beforeAll(async () => {
  storage = open()
  await storage.migrate([])
  // One operator has much in wait, in two priorities and also for later; another has one job.
  await query(`insert into ${schema}._jobs
    (id, op, site, queue, data, enqueued_at, run_at, state, joins, attempt, token, priority)
    select 'j' || n, case when n = 0 then 'small' else 'big' end, 'main', 'work', '{}', '', case when n % 3 = 0 then '' else '9' end,
      'waiting', false, 0, 0, n % 2 from generate_series(0, 9000) as n`)
  await query(`vacuum analyze ${schema}._jobs`)
})
afterAll(() => end())

/** The plan, for any values, of a statement that was sent, and the rows that it looked at. */
async function planOf(part: string, values: string): Promise<{ text: string; most: number }> {
  const text = prepare.mock.calls.map(([config]) => config.text).find((sent) => sent?.includes(part)) ?? ''
  const client = new pg.Client({ connectionString: url, options: '-c plan_cache_mode=force_generic_plan' })
  await client.connect()
  try {
    await client.query(`prepare asked as ${text}`)
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, timing off) execute asked${values}`,
    )
    const lines = rows.map((row) => row['QUERY PLAN'])
    const looked = lines.map((line) => Number(/actual rows=([\d.]+) loops/.exec(line)?.[1] ?? 0))
    return { text: lines.join('\n'), most: Math.max(...looked) }
  } finally {
    await client.end()
  }
}

test('a look for jobs reads those that it takes, however many wait', async () => {
  const leased = await storage.jobs.lease({ worker: 'w', limit: 4, leaseMs: 60_000, now: LATER })
  expect(leased.map(({ scope }) => scope.operator)).toEqual(['big', 'small', 'big', 'big'])
  const plan = await planOf('skip locked', `('${LATER}', 4, null, '${LATER}', 'w', '{}', '{big,small}', '{main,main}')`)
  expect(plan.text).toContain('_jobs_waiting_for')
  expect(plan.text).toContain('_jobs_leased')
  expect(plan.text).not.toContain('Seq Scan')
  expect(plan.most).toBeLessThan(20)
})

test('when to look again is found without a look at all that wait', async () => {
  expect(await storage.jobs.nextRunAt()).toBe('')
  const plan = await planOf('select min(at)', `(null, '{}')`)
  expect(plan.text).not.toContain('Seq Scan')
  expect(plan.most).toBeLessThan(20)
})

test('what was planned while there were no jobs is good for many: the table is not read whole', async () => {
  const young = testSchema()
  const reads = async () => {
    const counts = 'seq_scan as whole, idx_scan as by_index from pg_stat_user_tables'
    const [row] = await young.query(`select ${counts} where schemaname = '${young.schema}' and relname = '_jobs'`)
    return { whole: Number(row?.whole), byIndex: Number(row?.by_index) }
  }
  const lease = (from: PostgresStorage) =>
    from.jobs.lease({ worker: 'w', limit: 1, leaseMs: 60_000, now: LATER }).then(([job]) => job)
  /** What a connection has counted is told when it ends, which is after the pool has. */
  const allHaveEnded = () => {
    const open = `select count(*)::int as n from pg_stat_activity where application_name = 'bursar ${young.schema}'`
    return expect.poll(async () => (await young.query(open))[0]?.n).toBe(0)
  }
  const first = young.open()
  await first.migrate([])
  await first.close()
  await allHaveEnded()
  const before = await reads()

  const storage = young.open({ maxConnections: 1 })
  await storage.migrate([])
  expect(await lease(storage)).toBeUndefined()
  expect(await storage.jobs.complete({ id: 'none', token: 1 })).toBe(false)
  await young.query(`insert into ${young.schema}._jobs
    (id, op, site, queue, data, enqueued_at, run_at, state, joins, attempt, token, priority)
    select 'j' || n, 'op', 'main', 'work', '{}', '', '', 'waiting', false, 0, 0, 0 from generate_series(1, 5000) as n`)
  const job = await lease(storage)
  expect(job && (await storage.jobs.complete(job))).toBe(true)
  await storage.close()
  await allHaveEnded()
  await expect.poll(async () => (await reads()).byIndex).toBeGreaterThan(before.byIndex)
  expect((await reads()).whole).toBe(before.whole)
  await young.end()
})
