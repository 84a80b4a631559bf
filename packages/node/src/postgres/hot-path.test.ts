import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { customer, type RealShop, realShop } from '../real-shop/real-shop.ts'
import { testSchema } from '../testing/test-schema.ts'
import type { PostgresStorage } from './postgres-storage.ts'

const { open, end, query, schema } = testSchema()
// Every text that is ever prepared goes through the first, and every use of it, by its name, through the second: which of
// them a connection of the pool knows from before is chance.
const prepare = vi.spyOn(pg.Connection.prototype, 'parse')
const use = vi.spyOn(pg.Connection.prototype, 'bind')
const TERMS = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }]
const ann = customer('main', 'learner-ann')
const OPEN_TRIES = `select 1 from ${schema}.holds where counter like 'tries:%'`
let storage: PostgresStorage
let shop: RealShop
/** A course that nobody is sold twice: what its buyer owns is read. */
let once: string
/** All that a purchase sends. */
let texts: string[] = []
beforeAll(async () => {
  storage = open()
  shop = await realShop({ storage, end })
  once = await makeCourseSoldOnce()
  use.mockClear()
  await purchase('to-warm-up')
  const byName = new Map(prepare.mock.calls.map(([{ name, text }]) => [name, text]))
  const used = use.mock.calls.map(([config]) => (config as { statement: string }).statement) // @types/pg does not know it
  texts = [...new Set(used)].flatMap((name) => byName.get(name) ?? [])
})
afterAll(() => shop.end())

/** Round trips to the server and statements that something costs. */
async function cost<T>(work: () => Promise<T>): Promise<{ trips: number; statements: number; answer: T }> {
  const before = storage.sent
  const answer = await work()
  const { sent } = storage
  const statements = sent.statements - before.statements
  return { trips: sent.roundTrips - before.roundTrips, statements, answer }
}

const ask = (method: string, path: string, body?: unknown, key?: string) =>
  shop.ask({
    ...{ method, path, as: ann, headers: key === undefined ? {} : { 'idempotency-key': key } },
    ...(body === undefined ? {} : { body }),
  })

async function makeCourseSoldOnce(): Promise<string> {
  const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
  const variant = { name: 'standard', prices: [{ priceList: 'eur', amount: 4900 }] }
  const made = await admin.products.create({ type: 'course', title: 'Geometry', publication: {}, variants: [variant] })
  return made.variants[0]?.id ?? ''
}

async function purchase(key: string) {
  const lines = [{ lineId: 'a', variantId: shop.variants.book }]
  const made = await cost(() => ask('POST', '/v1/carts', { lines }))
  const path = `/v1/carts/${made.answer.json.cart.id}`
  const added = await cost(() => ask('POST', `${path}/lines`, { lineId: 'b', variantId: shop.variants.course }))
  const addedOnce = await cost(() => ask('POST', `${path}/lines`, { lineId: 'c', variantId: once }))
  expect(addedOnce.answer.json.quote.lines).toHaveLength(3)
  await ask('DELETE', `${path}/lines/c`)
  const { answer: answered, ...code } = await cost(() => ask('POST', `${path}/codes`, { code: 'TENOFF' }))
  expect(await query(OPEN_TRIES)).toEqual([])
  const read = await cost(() => ask('GET', path))
  const body = {
    expectedTotal: { amount: answered.json.quote.total, currency: answered.json.quote.currency },
    consents: TERMS,
    paymentToken: 'tok_approve',
  }
  const bought = await cost(() => ask('POST', `${path}/checkout`, body, key))
  expect(bought.answer.json.order.state).toBe('placed')
  return { made, added, addedOnce, code, read, bought }
}

const countOf = ({ trips, statements }: { trips: number; statements: number }) => ({ trips, statements })

// Again where the belief in an address, of five seconds, ended within the count all the same.
test('what an operation costs in round trips and statements stays what it is', { retry: 2 }, async () => {
  await ask('GET', '/v1/site') // a belief that is over is read anew here
  const { made, added, addedOnce, code, read, bought } = await purchase(`to-be-counted-${randomUUID()}`)
  expect({
    'create a cart': countOf(made),
    'add a line': countOf(added),
    'add a line that is sold once': countOf(addedOnce),
    'apply a code': countOf(code),
    'read a cart': countOf(read),
    buy: countOf(bought),
  }).toMatchInlineSnapshot(`
    {
      "add a line": {
        "statements": 3,
        "trips": 2,
      },
      "add a line that is sold once": {
        "statements": 3,
        "trips": 2,
      },
      "apply a code": {
        "statements": 4,
        "trips": 2,
      },
      "buy": {
        "statements": 24,
        "trips": 3,
      },
      "create a cart": {
        "statements": 2,
        "trips": 2,
      },
      "read a cart": {
        "statements": 2,
        "trips": 1,
      },
    }
  `)
})

/** A table in a text, and what stands before its name. */
const TABLES = new RegExp(`(insert into|from|update|join)\\s+("?${schema}"?\\."?(\\w+)"?)`, 'g')

test('every statement of the hot path finds and writes rows by their operator', () => {
  const touched = texts.flatMap((text) =>
    [...text.matchAll(TABLES)].flatMap(([, verb, table, name]) => ({ text, verb, table, name })),
  )
  // A purchase with a code writes at least these.
  const written = new Set(touched.map(({ name }) => name))
  for (const name of ['carts', 'orders', 'payments', 'journal', 'holds', '_counters', '_jobs'])
    expect(written).toContain(name)
  const wrong = touched.filter(({ text, verb, table = '' }) =>
    verb === 'insert into'
      ? !new RegExp(`insert into ${table.replaceAll('.', '\\.')}( as \\w+)?\\s+\\((id, )?_?op,`).test(text)
      : !/\b_?op = \$\d/.test(text),
  )
  expect(wrong.map(({ text }) => text)).toEqual([])
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
