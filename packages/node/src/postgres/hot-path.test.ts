import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentedCosts, hotPath, makeCourseSoldOnce, stillClock } from '../real-shop/hot-path.ts'
import { type RealShop, realShop } from '../real-shop/real-shop.ts'
import { OF_ALL_OPERATORS, unledBeyond } from '../testing/led-by-operator.ts'
import { sentTexts } from '../testing/sent-texts.ts'
import { testSchema } from '../testing/test-schema.ts'
import type { PostgresStorage } from './postgres-storage.ts'

const sent = sentTexts()
const { open, end, query, schema } = testSchema()
const clock = stillClock()
let storage: PostgresStorage
let shop: RealShop
let once: string
beforeAll(async () => {
  storage = open()
  shop = await realShop({ storage, end, runtime: clock.runtime })
  once = await makeCourseSoldOnce(shop)
  await hotPath(shop, { clock, once, cost })
})
afterAll(async () => {
  sent.end()
  await shop.end()
})

/** Round trips to the server and statements that something costs. */
async function cost(work: () => Promise<unknown>): Promise<number[]> {
  const before = storage.sent
  await work()
  const { roundTrips, statements } = storage.sent
  return [roundTrips - before.roundTrips, statements - before.statements]
}

test('what an operation costs in round trips and statements is what docs/scale.md says', async () => {
  const documented = Object.entries(documentedCosts()).map(([name, [trips, statements]]) => [name, [trips, statements]])
  expect(await hotPath(shop, { clock, once, cost })).toEqual(Object.fromEntries(documented))
})

test('a wrong code takes a try, and a right one none', async () => {
  const tries = () => query(`select 1 from ${schema}.holds where counter like 'tries:%'`)
  const before = await tries()
  await hotPath(shop, { clock, once, cost })
  expect(await tries()).toHaveLength(before.length + 1)
})

test('every statement of the hot path finds and writes rows of each table by their operator', async () => {
  // A purchase with a code writes at least these.
  for (const name of ['carts', 'orders', 'payments', 'journal', 'holds', '_counters', '_jobs'])
    expect([...sent.texts].some((text) => text.includes(`."${name}"`))).toBe(true)
  expect(unledBeyond(OF_ALL_OPERATORS, sent.texts, schema)).toEqual([])
})

/** Not of operators, or found by workers that serve all of them. */
const OF_ALL = ['_meta', '_collections', '_readers', '_rate_limits', '_stale', '_jobs']

test('every key begins with the operator, so that tables can be partitioned by it', async () => {
  const keys = await query(`
    select t.relname as table, i.relname as key, a.attname as first
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
    where t.relnamespace = '${schema}'::regnamespace`)
  expect(keys.length).toBeGreaterThan(50)
  const others = keys.filter(({ first }) => first !== '_op' && first !== 'op')
  expect(others.filter(({ table }) => !OF_ALL.includes(String(table)))).toEqual([])
})
