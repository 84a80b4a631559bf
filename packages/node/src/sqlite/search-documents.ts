import {
  encodeCursor,
  planSearch,
  queryTokens,
  type Scope,
  type SearchPage,
  type SearchQuery,
  siteOf,
} from '@bursar/core/storage-adapter'
import { storedOf } from './list-documents.ts'
import { facetTable, LIMIT, quoted, ROW, type Table, tokenTable } from './table.ts'

type Value = string | number
type Part = { readonly sql: string; readonly values: readonly Value[] }

/** Above every token that begins with what stands before it. */
const HIGHEST = '\u{10ffff}'

/** One page of what a text finds. The statement is made once for each form of query. */
export function searchDocuments(table: Table, scope: Scope, query: SearchQuery): SearchPage {
  const after = planSearch(table.collection, query)
  const place = [scope.operator, siteOf(table.collection, scope)]
  const matches = matching(table, place, query)
  const beyond = after === null ? '' : ' where score < ? or (score = ? and doc > ?)'
  const position = after === null ? [] : [after.score, after.score, after.id]
  const rows = table
    .statement(`
      with ${matches.sql},
      page as (select doc, score from found${beyond} order by score desc, doc ${LIMIT})
      select ${ROW}, score from page join ${quoted(table.collection.name)} on _op = ? and _site = ? and _id = doc
      order by score desc, doc`)
    .all(...matches.values, ...position, query.limit + 1, ...place)
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => storedOf(query.in, row)),
    nextCursor:
      rows.length > shown.length && last !== undefined ? encodeCursor([Number(last.score), String(last.id)]) : null,
    facets: countFacets(table, place, matches, query.facets ?? []),
  }
}

/** The table `found (doc, score)` of all that matches. */
function matching(table: Table, place: readonly string[], query: SearchQuery): Part {
  const scored = scoring(table, place, queryTokens(query.text))
  const filters = Object.entries(query.filters ?? {})
  const facets = quoted(facetTable(table.collection))
  const filtered = filters.map(
    () => `doc in (select id from ${facets} where _op = ? and _site = ? and facet = ?
      and value in (select value from json_each(?)))`,
  )
  const where = filtered.length === 0 ? '' : ` where ${filtered.join(' and ')}`
  return {
    sql: `scored (doc, score) as (${scored.sql}), found as (select doc, score from scored${where})`,
    values: [...scored.values, ...filters.flatMap(([facet, values]) => [...place, facet, JSON.stringify(values)])],
  }
}

function scoring(table: Table, place: readonly string[], tokens: readonly string[]): Part {
  if (tokens.length === 0) {
    return { sql: `select _id, 0 from ${quoted(table.collection.name)} where _op = ? and _site = ?`, values: place }
  }
  const one = `select id, max(weight) as weight from ${quoted(tokenTable(table.collection))}
    where _op = ? and _site = ? and token >= ? and token < ? group by id`
  return {
    sql: `select id, sum(weight) from (${tokens.map(() => one).join(' union all ')})
      group by id having count(*) = ${tokens.length}`,
    values: tokens.flatMap((token) => [...place, token, token + HIGHEST]),
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
