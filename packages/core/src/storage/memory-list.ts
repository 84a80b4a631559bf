import type { Page, Query, Scope, SearchPage, SearchQuery, Stored } from '../ports/storage.ts'
import type { CompiledCollection } from './adapter-collection.ts'
import { encodeCursor, type ListPlan, planList, planSearch } from './adapter-list.ts'
import { siteOf } from './adapter-plan.ts'
import { compareText, compareValues } from './compare-values.ts'
import { type MemoryPartition, type MemoryRow, type MemoryTable, partitionOf } from './memory-data.ts'
import { queryTokens } from './search-tokens.ts'

/** One page of a declared index. */
export function listMemory(table: MemoryTable, scope: Scope, query: Query): Page {
  const { collection } = table
  const plan = planList(collection, scope, query)
  const partition = partitionOf(table, scope, plan.site)
  const keyOfRow = keyReader(collection, plan.ordered)
  const matching = sortedRows(collection, partition, query.index).filter((row) => matches(collection, plan, query, row))
  if (plan.isDescending) matching.reverse()
  const { after } = plan
  const direction = plan.isDescending ? -1 : 1
  const rest = after === null ? matching : matching.filter((row) => compareKeys(keyOfRow(row), after) * direction > 0)
  const rows = rest.slice(0, query.limit)
  const last = rows.at(-1)
  const page: Page = {
    items: rows.map(({ stored }) => stored),
    nextCursor: rest.length > rows.length && last !== undefined ? encodeCursor(keyOfRow(last)) : null,
  }
  if (query.countUpTo === undefined) return page
  return { ...page, count: matching.length > query.countUpTo ? 'more' : matching.length }
}

type Key = readonly (string | number)[]

/** Reads the values of columns, then the id. Only for rows that are in an index of these columns. */
function keyReader(collection: CompiledCollection, columns: readonly string[]): (row: MemoryRow) => Key {
  const positions = columns.map((column) => collection.columns.indexOf(column))
  return (row) => [...positions.map((position) => row.values[position] ?? ''), row.stored.id]
}

function compareKeys(a: Key, b: Key): number {
  for (let index = 0; index < a.length; index += 1) {
    const order = compareValues(a[index] ?? '', b[index] ?? '')
    if (order !== 0) return order
  }
  return 0
}

/** The rows of an index in its order; those with a null in a column are not in it. */
function sortedRows(collection: CompiledCollection, partition: MemoryPartition, index: string): readonly MemoryRow[] {
  const kept = partition.sorted.get(index)
  if (kept !== undefined) return kept
  const columns = collection.indexes.get(index) ?? []
  const positions = columns.map((column) => collection.columns.indexOf(column))
  const keyOfRow = keyReader(collection, columns)
  const rows = [...partition.rows.values()]
    .filter((row) => positions.every((position) => (row.values[position] ?? null) !== null))
    .map((row) => ({ row, key: keyOfRow(row) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ row }) => row)
  partition.sorted.set(index, rows)
  return rows
}

function matches(collection: CompiledCollection, plan: ListPlan, query: Query, row: MemoryRow): boolean {
  const valueIn = (column: string) => row.values[collection.columns.indexOf(column)] ?? ''
  if (plan.fixed.some((column, index) => valueIn(column) !== query.equals[index])) return false
  const column = plan.ordered[0]
  if (query.range === undefined || column === undefined) return true
  const { from, until } = query.range
  const value = valueIn(column)
  if (from !== undefined && compareValues(value, from) < 0) return false
  return until === undefined || compareValues(value, until) < 0
}

/** One page of what a text finds. */
export function searchMemory(table: MemoryTable, scope: Scope, query: SearchQuery): SearchPage {
  const after = planSearch(table.collection, query)
  const partition = partitionOf(table, scope, siteOf(table.collection, scope))
  const tokens = queryTokens(query.text)
  const found = [...partition.rows.values()]
    .filter((row) => hasFacets(row, query.filters ?? {}))
    .map((row) => ({ row, score: scoreOf(row, tokens), id: row.stored.id }))
    .filter(({ score }) => score !== null)
    .map((match) => ({ ...match, score: match.score ?? 0 }))
    .sort(byScore)
  const rest = after === null ? found : found.filter((match) => byScore(match, after) > 0)
  const shown = rest.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ row }): Stored => row.stored),
    nextCursor: rest.length > shown.length && last !== undefined ? encodeCursor([last.score, last.id]) : null,
    facets: countFacets(
      found.map(({ row }) => row),
      query.facets ?? [],
    ),
  }
}

function byScore(a: { score: number; id: string }, b: { score: number; id: string }): number {
  return b.score - a.score || compareText(a.id, b.id)
}

/** The sum over the tokens of the greatest weight that each meets; null when one of them meets nothing. */
function scoreOf(row: MemoryRow, tokens: readonly string[]): number | null {
  let score = 0
  for (const token of tokens) {
    const met = (row.search?.tokens ?? []).filter(([own]) => own.startsWith(token))
    if (met.length === 0) return null
    score += Math.max(...met.map(([, weight]) => weight))
  }
  return score
}

function hasFacets(row: MemoryRow, filters: { readonly [facet: string]: readonly string[] }): boolean {
  return Object.entries(filters).every(([facet, values]) =>
    row.search?.facets.some(([own, value]) => own === facet && values.includes(value)),
  )
}

function countFacets(rows: readonly MemoryRow[], facets: readonly string[]): SearchPage['facets'] {
  return Object.fromEntries(
    facets.map((facet) => {
      const counts = new Map<string, number>()
      for (const row of rows) {
        for (const [own, value] of row.search?.facets ?? []) {
          if (own === facet) counts.set(value, (counts.get(value) ?? 0) + 1)
        }
      }
      const values = [...counts].map(([value, count]) => ({ value, count }))
      return [facet, values.sort((a, b) => b.count - a.count || compareText(a.value, b.value))]
    }),
  )
}
