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
import { storedOf } from './list-documents.ts'
import { facetTable, LIMIT, quoted, ROW, type Table, tokenTable } from './table.ts'

type Value = string | number
/** A piece of SQL, and the values of its parameters in their order. */
type Part = { readonly sql: string; readonly values: readonly Value[] }
type Filters = readonly (readonly [facet: string, values: readonly string[]])[]

/** Above every token that begins with what stands before it. */
const HIGHEST = '\u{10ffff}'

/** One page of what a text finds. The statement is made once for each form of query. */
export function searchDocuments(table: Table, scope: Scope, query: SearchQuery): SearchPage {
  const after = planSearch(table.collection, query)
  const place = [scope.operator, siteOf(table.collection, scope)]
  const tokens = queryTokens(query.text)
  const filters = filtersOf(table, place, Object.entries(query.filters ?? {}))
  const matches = tokens.length === 0 ? all(table, place, filters) : reached(table, place, tokens, filters)
  const page = tokens.length === 0 ? walked(table, place, query, after) : ranked(matches, query, after)
  const rows = table
    .statement(`
      with ${page.sql}
      select ${ROW}, score from page join ${quoted(table.collection.name)} on _op = ? and _site = ? and _id = doc
      order by score desc, doc`)
    .all(...page.values, ...place)
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => storedOf(query.in, row)),
    nextCursor:
      rows.length > shown.length && last !== undefined ? encodeCursor([Number(last.score), String(last.id)]) : null,
    facets: countFacets(table, place, matches, query.facets ?? []),
  }
}

/** The rows of each filter's facet, from `from` on. */
function filtersOf(table: Table, place: readonly string[], filters: Filters): Part[] {
  return filters.map(([facet, values]) => ({
    sql: `from ${quoted(facetTable(table.collection))} where _op = ? and _site = ? and facet = ?
      and value in (select value from json_each(?))`,
    values: [...place, facet, JSON.stringify(values)],
  }))
}

/** Conditions that a document passes all filters: each asked by its id, so that nobody collects all that do. */
function passing(filters: readonly Part[], id: string): Part {
  return {
    sql: filters.map(({ sql }) => ` and exists (select 1 ${sql} and id = ${id})`).join(''),
    values: filters.flatMap(({ values }) => values),
  }
}

/** The table `found (doc, score)` of all documents that pass the filters. */
function all(table: Table, place: readonly string[], filters: readonly Part[]): Part {
  const passed = passing(filters, '_id')
  return {
    sql: `found (doc, score) as
      (select _id, 0 from ${quoted(table.collection.name)} where _op = ? and _site = ?${passed.sql})`,
    values: [...place, ...passed.values],
  }
}

/** The table `found (doc, score)` of what is reached through the narrowest part of the query and meets all others. */
function reached(table: Table, place: readonly string[], tokens: readonly string[], filters: readonly Part[]): Part {
  const entries = tokens.map((token): Part => {
    const sql = `from ${quoted(tokenTable(table.collection))} where _op = ? and _site = ? and token >= ? and token < ?`
    return { sql, values: [...place, token, token + HIGHEST] }
  })
  const parts = [...entries, ...filters]
  const lead = narrowest(table, parts)
  const { sql, values } = parts[lead] as Part // the index is of this list
  const isToken = lead < tokens.length
  const first = isToken
    ? `select id, max(weight) from (select id, weight ${sql} order by token, weight desc, id limit ${SEARCH_REACH}) group by id`
    : `select distinct id, 0 ${sql}`
  const others = tokens.filter((_token, index) => index !== lead)
  const passed = passing(
    filters.filter((_filter, index) => index !== lead - tokens.length),
    'doc',
  )
  // The tokens of a document stand in its row: no index of ours finds them by its id.
  const weights = others.map(
    () => `(select max(entry.value ->> 1) from json_each(_search, '$.tokens') as entry
      where entry.value ->> 0 >= ? and entry.value ->> 0 < ?)`,
  )
  const documents = ` cross join ${quoted(table.collection.name)} on _op = ? and _site = ? and _id = doc`
  const isAsked = others.length > 0
  return {
    // Materialized, for SQLite would reckon a score again wherever it is named.
    sql: `reached (doc, own) as (${first}),
      weighed (doc, score) as materialized (
        select doc, ${['own', ...weights].join(' + ')} from reached${isAsked ? documents : ''} where true${passed.sql}),
      found as (select doc, score from weighed where score is not null)`,
    values: [
      ...values,
      ...others.flatMap((token) => [token, token + HIGHEST]),
      ...(isAsked ? place : []),
      ...passed.values,
    ],
  }
}

/** Which has the fewest rows, counted no further than is reached: the first of equals. */
function narrowest(table: Table, parts: readonly Part[]): number {
  if (parts.length === 1) return 0
  const sizes = parts.map(({ sql, values }) => {
    const count = `select count(*) as count from (select 1 ${sql} limit ${SEARCH_REACH + 1})`
    return Number(table.statement(count).get(...values)?.count)
  })
  return sizes.indexOf(Math.min(...sizes))
}

/** The table `page (doc, score)` of what was found, after a position. */
function ranked(matches: Part, { limit }: SearchQuery, after: SearchPosition | null): Part {
  const beyond = after === null ? '' : ' where score < ? or (score = ? and doc > ?)'
  const position = after === null ? [] : [after.score, after.score, after.id]
  return {
    sql: `${matches.sql}, page as (select doc, score from found${beyond} order by score desc, doc ${LIMIT})`,
    values: [...matches.values, ...position, limit + 1],
  }
}

/** The same without a text: in the order of the ids, of which no more are read than the page has. */
function walked(table: Table, place: readonly string[], query: SearchQuery, after: SearchPosition | null): Part {
  const { filters = {}, limit } = query
  const beyond = after === null ? '' : ' and id > ?'
  const position = after === null ? [] : [after.id]
  const [first, ...rest] = Object.entries(filters)
  if (first === undefined) {
    const sql = `select _id from ${quoted(table.collection.name)} where _op = ? and _site = ?
      ${after === null ? '' : ' and _id > ?'} order by _id ${LIMIT}`
    return pageOf({ sql, values: [...place, ...position, limit + 1] }, limit)
  }
  const [facet, values] = first
  const facets = quoted(facetTable(table.collection))
  const passed = passing(filtersOf(table, place, rest), 'led.id')
  const each = values.map(
    (value): Part => ({
      sql: `select id from (select id from ${facets} as led where _op = ? and _site = ? and facet = ? and value = ?
      ${beyond}${passed.sql} order by id ${LIMIT})`,
      values: [...place, facet, value, ...position, ...passed.values, limit + 1],
    }),
  )
  const none = 'select null where false'
  const sql = each.length === 0 ? none : each.map((part) => part.sql).join(' union ')
  return pageOf({ sql, values: each.flatMap((part) => part.values) }, limit)
}

function pageOf({ sql, values }: Part, limit: number): Part {
  return {
    sql: `walked (doc) as (${sql}), page as (select doc, 0 as score from walked order by doc ${LIMIT})`,
    values: [...values, limit + 1],
  }
}

function countFacets(
  table: Table,
  place: readonly string[],
  matches: Part,
  facets: readonly string[],
): SearchPage['facets'] {
  const sql = `with ${matches.sql}
    select value, count(*) as count from ${quoted(facetTable(table.collection))}
    where _op = ? and _site = ? and facet = ? and id in (select doc from found)
    group by value order by count desc, value`
  return Object.fromEntries(
    facets.map((facet) => {
      const rows = table.statement(sql).all(...matches.values, ...place, facet)
      return [facet, rows.map((row) => ({ value: String(row.value), count: Number(row.count) }))]
    }),
  )
}
