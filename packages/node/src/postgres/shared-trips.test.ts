import { expect, test } from 'vitest'
import { StatementError } from './database.ts'
import { sharedTrips } from './shared-trips.ts'
import type { Statement } from './statement.ts'

const statement = (text: string, turn?: string): Statement => ({ text, values: [], turn })
const rowsOf = (...texts: string[]) => texts.map((text) => [[text]])

/** A database that answers each statement with its text, and refuses batches with `bad` in them. */
function database(refusal: (index: number) => Error = (index) => new StatementError(index, new Error('refused'))) {
  const batches: string[][] = []
  const run = async (statements: readonly Statement[]) => {
    const texts = statements.map(({ text }) => text)
    batches.push(texts)
    const bad = texts.indexOf('bad')
    if (bad !== -1) throw refusal(bad)
    return rowsOf(...texts)
  }
  const read = sharedTrips({ run })
  return { batches, read: (text: string) => read([statement(text)]), write: sharedTrips({ run }, [statement('ahead')]) }
}

test('reads of one turn share a trip, at most 64 statements, and each gets its own rows', async () => {
  const { batches, read } = database()
  const names = Array.from({ length: 70 }, (_, n) => `r${n}`)
  const answers = await Promise.all(names.map(read))
  expect(answers).toEqual(names.map((name) => rowsOf(name)))
  expect(batches).toEqual([names.slice(0, 64), names.slice(64)])
  await read('later')
  expect(batches).toHaveLength(3)
})

test('one that is refused does not harm its neighbours', async () => {
  const { batches, read } = database()
  const answers = await Promise.allSettled(['a', 'bad', 'b'].map(read))
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(batches).toEqual([['a', 'bad', 'b'], ['a'], ['bad'], ['b']])
})

test('a server that does not answer is not asked again for each', async () => {
  const { batches, read } = database(() => new Error('gone'))
  const answers = await Promise.allSettled(['a', 'bad'].map(read))
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(batches).toHaveLength(1)
})

test('rows are written in the order of their names, after what a shared trip begins with', async () => {
  const { batches, write } = database()
  const answers = await Promise.all(['c', 'a', 'b'].map((name) => write([statement(name)], `row ${name}`)))
  expect(answers).toEqual([rowsOf('c'), rowsOf('a'), rowsOf('b')])
  await write([statement('alone')], 'row d')
  expect(batches).toEqual([['ahead', 'a', 'b', 'c'], ['alone']])
})

test('what many want is locked last, in one order for all, and each gets its own rows', async () => {
  const { batches, write } = database()
  const answers = await Promise.all([
    write([statement('b'), statement('takes y', 'y'), statement('b2')], 'row b'),
    write([statement('a'), statement('takes x', 'x'), statement('takes y too', 'y')], 'row a'),
  ])
  expect(batches).toEqual([['ahead', 'a', 'b', 'b2', 'takes x', 'takes y too', 'takes y']])
  expect(answers.map((rows) => rows.length)).toEqual([3, 3])
  expect(answers[0]).toEqual(rowsOf('b', 'takes y', 'b2'))
})

test('what has more statements than a trip is a trip of its own', async () => {
  const { batches, write } = database()
  const many = Array.from({ length: 70 }, (_, n) => statement(`m${n}`))
  await Promise.all([write([statement('a')], 'a'), write(many, 'b'), write([statement('c')], 'c')])
  expect(batches.map((texts) => texts.length)).toEqual([1, 70, 1])
})

/** A database that answers when it is told to. */
function slowDatabase() {
  const batches: string[][] = []
  const answers: (() => void)[] = []
  const read = sharedTrips({
    run(statements) {
      const texts = statements.map(({ text }) => text)
      batches.push(texts)
      return new Promise((resolve) => answers.push(() => resolve(rowsOf(...texts))))
    },
  })
  return { batches, answers, read: (text: string) => read([statement(text)]) }
}

const oneTurn = () => new Promise((resolve) => setImmediate(resolve))

test('while two trips are under way, what comes gathers until one of them ends', async () => {
  const { batches, answers, read } = slowDatabase()
  for (const text of ['a', 'b', 'c', 'd']) {
    void read(text)
    await oneTurn()
  }
  expect(batches).toEqual([['a'], ['b']])
  answers[1]?.()
  await oneTurn()
  expect(batches).toEqual([['a'], ['b'], ['c', 'd']])
  void read('e')
  await oneTurn()
  expect(batches).toHaveLength(3)
})

test('trips that do not end keep nobody waiting for long', async () => {
  const { batches, answers, read } = slowDatabase()
  for (const text of ['a', 'b']) {
    void read(text)
    await oneTurn()
  }
  const late = read('c')
  await expect.poll(() => batches).toEqual([['a'], ['b'], ['c']])
  answers[2]?.()
  expect(await late).toEqual(rowsOf('c'))
})

test('trips that were refused make room for the next', async () => {
  const { batches, read } = database()
  await Promise.allSettled(['bad', 'a', 'bad'].map(read))
  void read('next')
  await oneTurn()
  expect(batches.at(-1)).toEqual(['next'])
})
