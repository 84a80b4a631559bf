import type { Page, Query, Scope } from '../ports/storage.ts'
import type { CompiledCollection } from './adapter-collection.ts'
import { encodeCursor, type ListPlan, planList } from './adapter-list.ts'
import { compareValues } from './compare-values.ts'
import { type MemoryPartition, type MemoryRow, type MemoryTable, partitionOf } from './memory-data.ts'

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
