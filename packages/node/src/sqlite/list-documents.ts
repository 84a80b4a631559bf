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
  const { from, until } = query.range ?? {}
  const bounds = [from, until].filter((bound) => bound !== undefined)
  const values = [scope.operator, plan.site, ...query.equals, ...bounds]
  const rows = table
    .statement(`page ${formOf(query)}`, () => pageSql(table, plan, query))
    .all(...values, ...(plan.after ?? []), query.limit + 1)
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const page: Page = {
    items: shown.map((row) => storedOf(query.in, row)),
    nextCursor: rows.length > shown.length && last !== undefined ? cursorOf(plan, last) : null,
  }
  if (query.countUpTo === undefined) return page
  return { ...page, count: countMatches(table, plan, query, values) }
}

/** All that a query's statements depend on; texts that are long to make and to compare. */
function formOf({ index, equals, range, order, cursor }: Query): string {
  const parts = [range?.from !== undefined, range?.until !== undefined, order === 'desc', cursor !== undefined]
  return `${index} ${equals.length} ${parts}`
}

function pageSql(table: Table, plan: ListPlan, query: Query): string {
  const order = plan.isDescending ? 'desc' : 'asc'
  const keys = [...plan.ordered.map(quoted), '_id']
  const after = plan.after === null ? '' : ` and (${keys}) ${plan.isDescending ? '<' : '>'} (${keys.map(() => '?')})`
  const sort = keys.map((key) => `${key} ${order}`)
  const columns = [ROW, ...plan.ordered.map(quoted)]
  return `select ${columns} ${matching(table, plan, query)}${after} order by ${sort} ${LIMIT}`
}

/** A row as the port gives it. */
export function storedOf(collection: string, row: Record<string, unknown>): Stored {
  const { id, version, body } = row as unknown as Row // every statement that asks for ROW answers one
  return { in: collection, id, version, body: JSON.parse(body) }
}

function matching({ collection }: Table, plan: ListPlan, { index, range }: Query): string {
  const isThere = [...plan.fixed, ...plan.ordered].map((column) => `${quoted(column)} is not null`)
  const fixed = plan.fixed.map((column) => `${quoted(column)} = ?`)
  const [first = ''] = plan.ordered
  const from = range?.from === undefined ? [] : [`${quoted(first)} >= ?`]
  const until = range?.until === undefined ? [] : [`${quoted(first)} < ?`]
  const where = ['_op = ?', '_site = ?', ...isThere, ...fixed, ...from, ...until].join(' and ')
  return `from ${quoted(collection.name)} indexed by ${quoted(indexName(collection, index))} where ${where}`
}

function cursorOf(plan: ListPlan, row: Record<string, unknown>): string {
  // Columns of an index are never null in it.
  const values = plan.ordered.map((column) => row[column] as Value)
  return encodeCursor([...values, String(row.id)])
}

function countMatches(table: Table, plan: ListPlan, query: Query, values: readonly Value[]): number | 'more' {
  const { countUpTo = 0 } = query
  const sql = () => `select count(*) as n from (select 1 ${matching(table, plan, query)} ${LIMIT})`
  const row = table.statement(`count ${formOf(query)}`, sql).get(...values, countUpTo + 1)
  const count = Number(row?.n)
  return count > countUpTo ? 'more' : count
}
