import { expect, test } from 'vitest'
import { StatementError } from './database.ts'
import { sharedTrips } from './shared-trips.ts'
import type { Statement } from './statement.ts'

const statement = (text: string): Statement => ({ text, values: [] })

/** A database that answers each statement with its text, and refuses batches with `bad` in them. */
function database(refusal: (index: number) => Error = (index) => new StatementError(index, new Error('refused'))) {
  const batches: string[][] = []
  const run = async (statements: readonly Statement[]) => {
    const texts = statements.map(({ text }) => text)
    batches.push(texts)
    const bad = texts.indexOf('bad')
    if (bad !== -1) throw refusal(bad)
    return texts.map((text) => [[text]])
  }
  return { batches, read: sharedTrips({ run }), write: sharedTrips({ run }, [statement('ahead')]) }
}

test('reads of one turn share a trip, at most eight, and each gets its own rows', async () => {
  const { batches, read } = database()
  const names = Array.from({ length: 10 }, (_, n) => `r${n}`)
  const answers = await Promise.all(names.map((name) => read(statement(name))))
  expect(answers).toEqual(names.map((name) => [[name]]))
  expect(batches).toEqual([names.slice(0, 8), names.slice(8)])
  await read(statement('later'))
  expect(batches).toHaveLength(3)
})

test('one that is refused does not harm its neighbours', async () => {
  const { batches, read } = database()
  const answers = await Promise.allSettled([read(statement('a')), read(statement('bad')), read(statement('b'))])
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(batches).toEqual([['a', 'bad', 'b'], ['a'], ['bad'], ['b']])
})

test('a server that does not answer is not asked again for each', async () => {
  const { batches, read } = database(() => new Error('gone'))
  const answers = await Promise.allSettled([read(statement('a')), read(statement('bad'))])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(batches).toHaveLength(1)
})

test('rows are written in the order of their names, after what a shared trip begins with', async () => {
  const { batches, write } = database()
  const answers = await Promise.all(['c', 'a', 'b'].map((name) => write(statement(name), `row ${name}`)))
  expect(answers).toEqual([[['c']], [['a']], [['b']]])
  await write(statement('alone'), 'row d')
  expect(batches).toEqual([['ahead', 'a', 'b', 'c'], ['alone']])
})
