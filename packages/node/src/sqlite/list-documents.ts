import {
  encodeCursor,
  type ListPlan,
  type Page,
  planList,
  type Query,
  type Scope,
  type Stored,
} from '@bursar/core/storage-adapter'
import { indexName } from './schema.ts'
import { LIMIT, quoted, ROW, type Row, type Table } from './table.ts'

type Value = string | number

/** One page of a declared index. The statement is made once for each form of query. */
export function listDocuments(table: Table, scope: Scope, query: Query): Page {
  const plan = planList(table.collection, scope, query)
  const matches = condition(table, plan, query)
  const values = [scope.operator, plan.site, ...matches.values]
  const order = plan.isDescending ? 'desc' : 'asc'
  const keys = [...plan.ordered.map(quoted), '_id']
  const after = plan.after === null ? '' : ` and (${keys}) ${plan.isDescending ? '<' : '>'} (${keys.map(() => '?')})`
  const sort = keys.map((key) => `${key} ${order}`)
  const rows = table
    .statement(`select ${[ROW, ...plan.ordered.map(quoted)]} ${matches.sql}${after} order by ${sort} ${LIMIT}`)
    .all(...values, ...(plan.after ?? []), query.limit + 1)
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const page: Page = {
    items: shown.map((row) => storedOf(query.in, row)),
    nextCursor: rows.length > shown.length && last !== undefined ? cursorOf(plan, last) : null,
  }
  if (query.countUpTo === undefined) return page
  return { ...page, count: countMatches(table, matches.sql, values, query.countUpTo) }
}

/** A row as the port gives it. */
export function storedOf(collection: string, row: Record<string, unknown>): Stored {
  const { id, version, body } = row as unknown as Row // every statement that asks for ROW answers one
  return { in: collection, id, version, body: JSON.parse(body) }
}

function condition(table: Table, plan: ListPlan, query: Query): { sql: string; values: Value[] } {
  const { collection } = table
  const columns = [...plan.fixed, ...plan.ordered].map((column) => `${quoted(column)} is not null`)
  const fixed = plan.fixed.map((column) => `${quoted(column)} = ?`)
  const [first] = plan.ordered
  const bounds: string[] = []
  const values: Value[] = [...query.equals]
  if (first !== undefined && query.range?.from !== undefined) {
    bounds.push(`${quoted(first)} >= ?`)
    values.push(query.range.from)
  }
  if (first !== undefined && query.range?.until !== undefined) {
    bounds.push(`${quoted(first)} < ?`)
    values.push(query.range.until)
  }
  const where = ['_op = ?', '_site = ?', ...columns, ...fixed, ...bounds].join(' and ')
  const index = quoted(indexName(collection, query.index))
  return { sql: `from ${quoted(collection.name)} indexed by ${index} where ${where}`, values }
}

function cursorOf(plan: ListPlan, row: Record<string, unknown>): string {
  // Columns of an index are never null in it.
  const values = plan.ordered.map((column) => row[column] as Value)
  return encodeCursor([...values, String(row.id)])
}

function countMatches(table: Table, sql: string, values: readonly Value[], upTo: number): number | 'more' {
  const row = table.statement(`select count(*) as n from (select 1 ${sql} ${LIMIT})`).get(...values, upTo + 1)
  const count = Number(row?.n)
  return count > upTo ? 'more' : count
}
