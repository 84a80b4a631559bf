import { type Collection, compileCollection } from '@bursar/core/storage-adapter'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestSchema, testSchema } from '../testing/test-schema.ts'
import { planListing } from './list-documents.ts'
import { planSearching } from './search-documents.ts'
import { makeTable } from './table.ts'

const notes: Collection<{ readonly state: string; readonly at: string }> = {
  name: 'notes',
  of: 'operator',
  columns: { state: ({ state }) => state, at: ({ at }) => at },
  unique: {},
  indexes: { at: ['at'], state: ['state', 'at'] },
  search: { fields: ({ at }) => [{ text: at, weight: 1 }], facets: ({ state }) => ({ state: [state] }) },
}
const scope = { operator: 'op' }

let schema: TestSchema
beforeAll(async () => {
  schema = testSchema()
  const storage = schema.open()
  await storage.migrate([notes])
  const changes = Array.from({ length: 3000 }, (_, n) => {
    const body = { state: 'common', at: String(n).padStart(4, '0') }
    return { do: 'insert', in: 'notes', id: `n${n}`, body } as const
  })
  await storage.commit(scope, changes)
  for (const table of ['notes', '_facets_notes', '_tokens_notes'])
    await schema.query(`analyze ${schema.schema}.${table}`)
})
afterAll(() => schema.end())

/** How PostgreSQL would run a statement, whatever its values are. */
async function planOf(statement: { readonly text: string } | undefined): Promise<string> {
  const rows = await schema.query(`explain (generic_plan) ${statement?.text}`)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

const table = () => makeTable(schema.schema, compileCollection(notes), 1)

test.each(['asc', 'desc'] as const)(
  'a list goes by its index where all have one value, for others are rare: %s',
  async (order) => {
    const query = { in: 'notes', index: 'state', equals: ['rare'], order, limit: 20 }
    const plan = await planOf(planListing(table(), scope, query).statements[0])
    expect(plan).toContain('notes_index_state')
    expect(plan).not.toContain('Sort')
  },
)

test.each([
  ['of a facet’s value', { text: '', filters: { state: ['common'] } }],
  ['of all', { text: '' }],
  ['by words', { text: '0001 0002' }],
])('a page of a search reads no table whole: %s', async (_of, asked) => {
  const plan = await planOf(planSearching(table(), scope, { in: 'notes', limit: 20, ...asked }).statements[0])
  expect(plan).not.toContain('Seq Scan')
})
