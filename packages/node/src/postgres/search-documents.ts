import {
  encodeCursor,
  planSearch,
  queryTokens,
  type Scope,
  SEARCH_REACH,
  type SearchPage,
  type SearchPosition,
  type SearchQuery,
  siteOf,
} from '@bursar/core/storage-adapter'
import type { Rows } from './database.ts'
import { storedOf } from './read-documents.ts'
import type { Parameter, Statement, TextRow } from './statement.ts'
import type { Table } from './table.ts'

/** A search as statements, and how their rows answer it. */
export interface Search {
  readonly statements: readonly Statement[]
  page(rows: Rows): SearchPage
}

/** Gives a value a parameter; answers its name. */
type Bind = (value: Parameter) => string
type Filters = readonly (readonly [facet: string, values: readonly string[]])[]

/** Above every token that begins with what stands before it. */
const HIGHEST = '\u{10ffff}'

const NONE = "select '' as id where false"

/** One page of what a text finds, and the values of its facets. */
export function planSearching(table: Table, scope: Scope, query: SearchQuery): Search {
  const after = planSearch(table.collection, query)
  const site = siteOf(table.collection, scope)
  const facets = query.facets ?? []
  const tokens = queryTokens(query.text)
  const filters = Object.entries(query.filters ?? {})

  const statement = (text: (bind: Bind) => string): Statement => {
    const values: Parameter[] = [scope.operator, site]
    return { text: text((value) => `$${values.push(value)}`), values }
  }
  const found = (bind: Bind) =>
    tokens.length === 0 ? all(table, filters, bind) : reached(table, tokens, filters, bind)
  const page = statement((bind) => {
    const limit = `${bind(query.limit + 1)}::int`
    const matches =
      tokens.length === 0
        ? walked(table, filters, { after, limit, bind })
        : `${found(bind)}, page as (select doc, score from found${beyond(after, bind)} order by score desc, doc limit ${limit})`
    // Each by its key: of a limit that is bound PostgreSQL expects a tenth of all, and would read the whole table.
    return `with ${matches}
      select d._id, d._v, d._body, score from page cross join lateral (
        select _id, _v, _body from ${table.name} where _op = $1 and _site = $2 and _id = doc limit 1) d
      order by score desc, doc`
  })
  const counts = facets.map((facet) =>
    statement(
      (bind) => `with ${found(bind)}
        select value, count(*) from ${table.facets} where _op = $1 and _site = $2 and facet = ${bind(facet)}
        and id in (select doc from found) group by value order by count(*) desc, value`,
    ),
  )
  return {
    statements: [page, ...counts],
    page: ([rows = [], ...values]) => ({
      ...pageOf(query, rows),
      facets: Object.fromEntries(
        facets.map((facet, index) => [
          facet,
          (values[index] ?? []).map(([value, count]) => ({ value: value ?? '', count: Number(count) })),
        ]),
      ),
    }),
  }
}

function pageOf(query: SearchQuery, rows: readonly TextRow[]): Omit<SearchPage, 'facets'> {
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    items: shown.flatMap((row) => storedOf(query.in, row) ?? []),
    nextCursor:
      rows.length > shown.length && last !== undefined ? encodeCursor([Number(last[3]), String(last[0])]) : null,
  }
}

function beyond(after: SearchPosition | null, bind: Bind): string {
  if (after === null) return ''
  const score = bind(after.score)
  return ` where score < ${score}::bigint or (score = ${score}::bigint and doc > ${bind(after.id)})`
}

const facetRows = (table: Table, [facet, values]: Filters[number], bind: Bind): string =>
  `from ${table.facets} f where _op = $1 and _site = $2 and facet = ${bind(facet)} and value = any(${bind(values)}::text[])`

/**
 * The documents of one value of a facet, in the order of their ids. The range of one value and the order by it make PostgreSQL
 * go by the key, which has that order, also where it takes the value for a common one and would read the whole table.
 */
function withValue(table: Table, facet: string, value: string, condition: string, limit: string | number): string {
  return `(select l.id from ${table.facets} l where _op = $1 and _site = $2 and facet = ${facet}
    and value between ${value} and ${value}${condition} order by value, l.id limit ${limit})`
}

/** Conditions that a document passes all filters: each asked by its id, so that nobody collects all that do. */
function passing(table: Table, filters: Filters, id: string, bind: Bind): string {
  return filters.map((filter) => ` and exists (select 1 ${facetRows(table, filter, bind)} and f.id = ${id})`).join('')
}

/** The table `found (doc, score)` of all documents that pass the filters; `$1` is the operator, `$2` the site. */
function all(table: Table, filters: Filters, bind: Bind): string {
  const passed = passing(table, filters, 'd._id', bind)
  return `found (doc, score) as (select _id, 0::bigint from ${table.name} d where _op = $1 and _site = $2${passed})`
}

/**
 * The table `page (doc, score)` of what passes the filters, in the order of the ids, of which no more are read than the page
 * has.
 */
function walked(
  table: Table,
  filters: Filters,
  { after, limit, bind }: { after: SearchPosition | null; limit: string; bind: Bind },
): string {
  const [first, ...rest] = filters
  const position = (id: string) => (after === null ? '' : ` and ${id} > ${bind(after.id)}`)
  const walk = (from: string) => `page (doc, score) as (select id, 0::bigint from ${from} order by id limit ${limit})`
  if (first === undefined) {
    return walk(`(select _id as id from ${table.name} where _op = $1 and _site = $2${position('_id')}) as one`)
  }
  const [facet, values] = first
  const each = values.map((value) => {
    const condition = `${position('l.id')}${passing(table, rest, 'l.id', bind)}`
    return withValue(table, bind(facet), bind(value), condition, limit)
  })
  return walk(`(${each.length === 0 ? NONE : each.join(' union ')}) as one`)
}

/**
 * The table `found (doc, score)` of what is reached through the narrowest part of the query and meets all others. Which part
 * that is is found in the same statement; the rows of the others are then not read.
 */
function reached(table: Table, tokens: readonly string[], filters: Filters, bind: Bind): string {
  const entries = tokens.map(
    (token) => `from ${table.tokens} where _op = $1 and _site = $2
      and token >= ${bind(token)} and token < ${bind(token + HIGHEST)}`,
  )
  const best = (from: string) => `select id, weight ${from} order by token, weight desc, id limit ${SEARCH_REACH}`
  const [only = ''] = entries
  if (entries.length + filters.length === 1) {
    return `found (doc, score) as (select id, max(weight)::bigint from (${best(only)}) as reach group by id)`
  }
  const facets = filters.map(([facet, values]) => {
    const each = values.map((value) => withValue(table, bind(facet), bind(value), '', SEARCH_REACH + 1))
    return `from (${each.length === 0 ? NONE : each.join(' union all ')}) as led where true`
  })
  const sizes = [...entries, ...facets].map(
    (from, part) =>
      `select ${part} as part, (select count(*) from (select 1 ${from} limit ${SEARCH_REACH + 1}) as few) as size`,
  )
  const isLed = (part: number) => `(select part from lead) = ${part}`
  const reaches = [
    ...entries.map((from, part) => best(`${from} and ${isLed(part)}`)),
    ...facets.map((from, index) => `select id, 0 ${from} and ${isLed(tokens.length + index)}`),
  ]
  // By `starts_with`, and so by the document's id: a range of tokens would invite to read all entries of a common word.
  const weights = tokens.map(
    (token, part) => `case when ${isLed(part)} then own else (select max(weight) from ${table.tokens} t
      where _op = $1 and _site = $2 and t.id = doc and starts_with(token, ${bind(token)})) end`,
  )
  return `sizes as materialized (${sizes.join(' union all ')}),
    lead as materialized (select part from sizes order by size, part limit 1),
    reached (doc, own) as materialized (
      select id, max(weight) from (${reaches.map((reach) => `(${reach})`).join(' union all ')}) as reach group by id),
    found (doc, score) as materialized (select doc, score from (
      select doc, (${weights.join(' + ')})::bigint as score from reached where true${passing(table, filters, 'doc', bind)} offset 0
    ) as weighed where score is not null)`
}
