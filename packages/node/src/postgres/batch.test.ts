import { afterAll, expect, test } from 'vitest'
import { testSchema } from '../testing/test-schema.ts'
import { openDatabase } from './database.ts'

const { url } = testSchema()
const database = openDatabase({ url, maxConnections: 1, maxWaiting: 10 })
afterAll(() => database.close())

const count = { text: 'select count(*)::text from pg_prepared_statements', values: [] }
const form = (n: number) => ({ text: `select $1::text || ' of ${n}'`, values: [`v${n}`] })

test('a connection prepares 500 forms of statements; others are answered all the same, and kept by nobody', async () => {
  for (let first = 0; first < 600; first += 50) {
    const forms = Array.from({ length: 50 }, (_, index) => form(first + index))
    const rows = await database.run(forms)
    expect(rows.map(([row]) => row?.[0])).toEqual(forms.map((_form, index) => `v${first + index} of ${first + index}`))
  }
  const [[row] = []] = await database.run([count])
  expect(row?.[0]).toBe('500')
  // Mixed with one that is prepared, and twice in one batch.
  const again = await database.run([form(599), form(0), form(599), form(598)])
  expect(again.map(([answer]) => answer?.[0])).toEqual(['v599 of 599', 'v0 of 0', 'v599 of 599', 'v598 of 598'])
})

test('a statement that fails beyond them is prepared no less often afterwards', async () => {
  const broken = { text: `select 1 / ($1::int - 1)`, values: ['1'] }
  await expect(database.run([form(700), broken, form(701)])).rejects.toMatchObject({ index: 1 })
  const rows = await database.run([form(701), form(700)])
  expect(rows.map(([row]) => row?.[0])).toEqual(['v701 of 701', 'v700 of 700'])
})
