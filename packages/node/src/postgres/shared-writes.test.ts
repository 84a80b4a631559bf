import type { Change, Collection } from '@bursar/core/storage-adapter'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestSchema, testSchema } from '../testing/test-schema.ts'
import type { PostgresStorage } from './postgres-storage.ts'

const boxes: Collection<{ readonly text: string }> = {
  name: 'boxes',
  of: 'operator',
  columns: { text: ({ text }) => text },
  unique: {},
  indexes: { text: ['text'] },
}
const scope = { operator: 'op' }
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const insert = (id: string): Change => ({ do: 'insert', in: 'boxes', id, body: { text: 'new' } })
const put = (id: string, version: number): Change => ({
  do: 'put',
  in: 'boxes',
  id,
  version,
  body: { text: `of ${version}` },
})

let schema: TestSchema
let storage: PostgresStorage
beforeEach(async () => {
  schema = testSchema()
  storage = schema.open()
  await storage.migrate([boxes])
  await storage.commit(scope, NAMES.map(insert))
})
afterEach(() => schema.end())

const versions = async () => {
  const refs = NAMES.map((id) => ({ in: 'boxes', id }))
  return (await storage.read(scope, refs)).map((found) => found !== null && 'version' in found && found.version)
}

test('commits of one row each that come in one turn share a trip, and each has its answer', async () => {
  const before = storage.sent.roundTrips
  const answers = await Promise.all(NAMES.map((id) => storage.commit(scope, [put(id, 1)])))
  expect(storage.sent.roundTrips - before).toBe(1)
  expect(answers).toEqual(NAMES.map((id) => ({ outcome: 'committed', versions: { [`boxes/${id}`]: 2 }, numbers: {} })))
  expect(await versions()).toEqual(NAMES.map(() => 2))
})

test('one that lost its race is a conflict, and its neighbours are stored', async () => {
  const answers = await Promise.all(NAMES.map((id) => storage.commit(scope, [put(id, id === 'c' ? 7 : 1)])))
  expect(answers.map(({ outcome }) => outcome)).toEqual(NAMES.map((id) => (id === 'c' ? 'conflict' : 'committed')))
  expect(answers[2]).toEqual({ outcome: 'conflict', change: 0, why: 'version' })
  expect(await versions()).toEqual(NAMES.map((id) => (id === 'c' ? 1 : 2)))
})

test('of two of one row in one turn one is stored', async () => {
  const answers = await Promise.all([storage.commit(scope, [put('a', 1)]), storage.commit(scope, [put('a', 1)])])
  expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['committed', 'conflict'])
})

test('a row that somebody holds keeps only those waiting that want it', async () => {
  let isHeld = true
  const sleep = `do $$ begin perform 1 from ${schema.schema}.boxes where _id = 'd' for update; perform pg_sleep(1); end $$`
  const held = schema.query(sleep).then(() => {
    isHeld = false
  })
  const asleep = `select 1 from pg_stat_activity where query like 'do %${schema.schema}%' and wait_event = 'PgSleep'`
  await expect.poll(() => schema.query(asleep)).not.toEqual([])
  const waiting = storage.commit(scope, [put('d', 1)])
  const others = NAMES.filter((id) => id !== 'd').map((id) => storage.commit(scope, [put(id, 1)]))
  expect((await Promise.all(others)).every(({ outcome }) => outcome === 'committed')).toBe(true)
  expect(isHeld).toBe(true)
  expect(await waiting).toMatchObject({ outcome: 'committed' })
  await held
})

test('two processes that write the same rows in turns of their own do not wait for each other for ever', async () => {
  const other = schema.open()
  await other.migrate([boxes])
  const deadlocks = async () =>
    Number(
      (await schema.query(`select deadlocks from pg_stat_database where datname = current_database()`))[0]?.deadlocks,
    )
  const before = await deadlocks()
  let stored = 0
  const write = async (process: PostgresStorage, names: readonly string[]) => {
    for (let round = 0; round < 40; round += 1) {
      const found = await process.read(
        scope,
        names.map((id) => ({ in: 'boxes', id })),
      )
      const versionsOf = found.map((one) => (one !== null && 'version' in one ? one.version : 0))
      const answers = await Promise.all(
        names.map((id, place) => process.commit(scope, [put(id, versionsOf[place] ?? 0)])),
      )
      stored += answers.filter(({ outcome }) => outcome === 'committed').length
    }
  }
  await Promise.all([write(storage, NAMES), write(other, NAMES.toReversed())])
  const sum = (await versions()).reduce<number>((all, version) => all + Number(version), 0)
  expect(sum).toBe(NAMES.length + stored)
  expect(await deadlocks()).toBe(before)
})

test('commits of several rows share a trip too, and one that is refused leaves nothing', async () => {
  const before = storage.sent.roundTrips
  const pairs = [
    ['a', 'b'],
    ['c', 'd'],
    ['e', 'f'],
  ]
  const answers = await Promise.all(
    pairs.map((pair) => storage.commit(scope, [...pair.map((id) => put(id, 1)), insert(`new-${pair[0]}`)])),
  )
  expect(storage.sent.roundTrips - before).toBe(1)
  expect(answers.map(({ outcome }) => outcome)).toEqual(pairs.map(() => 'committed'))
  const again = await Promise.all([
    storage.commit(scope, [put('a', 2), insert('new-c')]),
    storage.commit(scope, [put('g', 1), insert('new-g')]),
  ])
  expect(again[0]).toEqual({ outcome: 'conflict', change: 1, why: 'unique', key: 'id' })
  expect(again[1]?.outcome).toBe('committed')
  expect(await versions()).toEqual([2, 2, 2, 2, 2, 2, 2, 1])
})

test('commits of counters alone share a trip, and one without room takes nothing', async () => {
  const before = storage.sent.roundTrips
  const hold = (n: number) =>
    ({ do: 'hold', counter: `c${n % 3}`, hold: `h${n}`, n: 1, limit: 1, due: '2099-01-01T00:00:00.000Z' }) as const
  const first = await Promise.all([0, 1, 2].map((n) => storage.commit(scope, [hold(n)])))
  expect(first.map(({ outcome }) => outcome)).toEqual(['committed', 'committed', 'committed'])
  expect(storage.sent.roundTrips - before).toBe(1)
  const again = await Promise.all([storage.commit(scope, [hold(3)]), storage.commit(scope, [put('a', 1)])])
  expect(again).toMatchObject([{ outcome: 'conflict', why: 'limit', counter: 'c0' }, { outcome: 'committed' }])
})

test('in a rush on few counters, in any order, each is taken as often as it is told, and nobody waits in a circle', async () => {
  const other = schema.open()
  await other.migrate([boxes])
  const COUNTERS = ['x', 'y', 'z']
  const LIMIT = 40
  const taken = new Map<string, number>()
  const buy = async (process: PostgresStorage, n: number) => {
    const wanted = [COUNTERS[n % 3], COUNTERS[(n * 2 + 1) % 3]].filter((name, at, all) => all.indexOf(name) === at)
    const hold = `buyer-${n}`
    const holds = wanted.map(
      (counter = '') => ({ do: 'hold', counter, hold, n: 1, limit: LIMIT, due: '2099-01-01T00:00:00.000Z' }) as const,
    )
    const { outcome } = await process.commit(scope, [insert(hold), ...holds])
    if (outcome === 'committed') for (const { counter } of holds) taken.set(counter, (taken.get(counter) ?? 0) + 1)
  }
  await Promise.all(Array.from({ length: 160 }, (_, n) => buy(n % 2 === 0 ? storage : other, n)))
  const found = await storage.read(
    scope,
    COUNTERS.map((counter) => ({ counter })),
  )
  expect(found).toMatchObject(COUNTERS.map((counter) => ({ held: taken.get(counter) })))
  expect(Math.max(...taken.values())).toBe(LIMIT)
})

test('commits that name the same counters in opposite orders take them in one: who comes second waits, and is not sent again', async () => {
  const other = schema.open()
  await other.migrate([boxes])
  const hold = (counter: string, name: string) =>
    ({ do: 'hold', counter, hold: name, n: 1, limit: 10, due: '2099-01-01T00:00:00.000Z' }) as const
  await storage.commit(scope, [hold('circle-a', 'first'), hold('circle-b', 'first')])
  const counters = `${schema.schema}._counters`
  const sleep = `do $$ begin perform 1 from ${counters} where counter = 'circle-a' for update; perform pg_sleep(2); end $$`
  const held = schema.query(sleep)
  const seen = (what: string) => async () =>
    (await schema.query(`select 1 from pg_stat_activity where query like '%${schema.schema}%' and ${what}`)).length
  await expect.poll(seen(`wait_event = 'PgSleep'`)).toBe(1)
  const trips = () => storage.sent.roundTrips + other.sent.roundTrips
  const before = trips()
  const inOrder = storage.commit(scope, [hold('circle-a', 'one'), hold('circle-b', 'one')])
  await expect.poll(seen(`wait_event_type = 'Lock'`)).toBe(1)
  const opposite = other.commit(scope, [hold('circle-b', 'two'), hold('circle-a', 'two')])
  await expect.poll(seen(`wait_event_type = 'Lock'`)).toBe(2)
  await held
  expect([(await inOrder).outcome, (await opposite).outcome]).toEqual(['committed', 'committed'])
  expect(trips() - before).toBe(2)
})
