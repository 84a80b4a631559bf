import { encodeCursor, type ListPlan, type Page, planList, type Query, type Scope } from '@bursar/core/storage-adapter'
import type { Rows } from './database.ts'
import { storedOf } from './read-documents.ts'
import type { Parameter, Statement, TextRow } from './statement.ts'
import { quoted, ROW, type Table } from './table.ts'

/** A list as statements, and how their rows answer it. */
export interface Listing {
  readonly statements: readonly Statement[]
  page(rows: Rows): Page
}

/** Columns of a row before those that order the list. */
const ROW_LENGTH = 3

/** One page of a declared index. Page and count come of one statement each; the count is of about the same moment. */
export function planListing(table: Table, scope: Scope, query: Query): Listing {
  const plan = planList(table.collection, scope, query)
  checkKinds(table, plan, query)
  const values: Parameter[] = []
  const place = (value: Parameter) => `$${values.push(value)}`
  const matches = condition(table, plan, query, [place(scope.operator), place(plan.site)], place)
  const counted = [...values]
  const order = plan.isDescending ? 'desc' : 'asc'
  const keys = [...plan.ordered.map(quoted), '_id']
  const after = plan.after === null ? '' : ` and (${keys}) ${plan.isDescending ? '<' : '>'} (${plan.after.map(place)})`
  const last = lastFixed(plan)
  const sort = [...(last === undefined ? [] : [quoted(last)]), ...keys].map((key) => `${key} ${order}`)
  const page: Statement = {
    text: `select ${[ROW, ...plan.ordered.map(quoted)]} ${matches}${after} order by ${sort} limit ${place(query.limit + 1)}`,
    values,
  }
  const { countUpTo } = query
  if (countUpTo === undefined) return { statements: [page], page: ([rows = []]) => pageOf(plan, query, rows) }
  const count: Statement = {
    text: `select count(*) from (select 1 ${matches} limit $${counted.length + 1}) as found`,
    values: [...counted, countUpTo + 1],
  }
  return {
    statements: [page, count],
    page: ([rows = [], counts = []]) => {
      const found = Number(counts[0]?.[0])
      return { ...pageOf(plan, query, rows), count: found > countUpTo ? 'more' : found }
    },
  }
}

/**
 * The column that is fixed by a range of one value and sorted by all the same, so that only the declared index has the order.
 * Of a plain `=` PostgreSQL knows that it needs no sorting, and where one value is common it would walk another index in
 * search of rare ones: through all orders, for those of a state that none has.
 */
const lastFixed = ({ fixed, ordered }: ListPlan): string | undefined =>
  ordered.length === 0 ? undefined : fixed.at(-1)

/** A document of which a column of the index is null is not in it: the same condition as the index has. */
function condition(
  table: Table,
  plan: ListPlan,
  query: Query,
  [operator, site]: readonly string[],
  place: (value: Parameter) => string,
): string {
  const columns = [...plan.fixed, ...plan.ordered].map((column) => `${quoted(column)} is not null`)
  const fixed = plan.fixed.map((column, index) => {
    const value = place(query.equals[index] ?? null)
    return column === lastFixed(plan)
      ? `${quoted(column)} between ${value} and ${value}`
      : `${quoted(column)} = ${value}`
  })
  const [first] = plan.ordered
  const bounds: string[] = []
  const { from, until } = query.range ?? {}
  if (first !== undefined && from !== undefined) bounds.push(`${quoted(first)} >= ${place(from)}`)
  if (first !== undefined && until !== undefined) bounds.push(`${quoted(first)} < ${place(until)}`)
  const where = [`_op = ${operator}`, `_site = ${site}`, ...columns, ...fixed, ...bounds]
  return `from ${table.name} where ${where.join(' and ')}`
}

function pageOf(plan: ListPlan, query: Query, rows: readonly TextRow[]): Page {
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    items: shown.flatMap((row) => storedOf(query.in, row) ?? []),
    nextCursor: rows.length > shown.length && last !== undefined ? cursorOf(plan, last) : null,
  }
}

function cursorOf(plan: ListPlan, row: TextRow): string {
  // Columns of an index are never null in it. Numbers stay texts here: the server compares what it has sent.
  return encodeCursor([...plan.ordered.map((_column, index) => row[ROW_LENGTH + index] ?? ''), row[0] ?? ''])
}

/** @throws TypeError for a value of the wrong kind. */
function checkKinds({ collection }: Table, plan: ListPlan, query: Query): void {
  const fits = (column: string, value: string | number | undefined) =>
    value === undefined || (typeof value === 'number') === collection.numbers.has(column)
  const isFit =
    plan.fixed.every((column, index) => fits(column, query.equals[index])) &&
    (plan.ordered[0] === undefined ||
      (fits(plan.ordered[0], query.range?.from) && fits(plan.ordered[0], query.range?.until)))
  if (!isFit) throw new TypeError(`A value for index "${query.index}" of "${query.in}" is of the wrong kind.`)
}
