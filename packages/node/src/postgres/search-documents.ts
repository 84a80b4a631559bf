import {
  encodeCursor,
  planSearch,
  queryTokens,
  type Scope,
  type SearchPage,
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

/** Above every token that begins with what stands before it. */
const HIGHEST = '\u{10ffff}'

/** One page of what a text finds, and the values of its facets. */
export function planSearching(table: Table, scope: Scope, query: SearchQuery): Search {
  const after = planSearch(table.collection, query)
  const site = siteOf(table.collection, scope)
  const facets = query.facets ?? []

  const found = matching(table, scope, site, query)
  const values = [...found.values]
  const place = (value: Parameter) => `$${values.push(value)}`
  const beyond =
    after === null
      ? ''
      : ` where score < ${place(after.score)}::bigint or (score = ${place(after.score)}::bigint and doc > ${place(after.id)})`
  const page: Statement = {
    text: `with ${found.sql},
      page as (select doc, score from found${beyond} order by score desc, doc limit ${place(query.limit + 1)}::int)
      select d._id, d._v, d._body, score from page join ${table.name} d
      on d._op = $1 and d._site = $2 and d._id = doc order by score desc, doc`,
    values,
  }
  const counts = facets.map((facet): Statement => {
    const facetValues = [...found.values, facet]
    return {
      text: `with ${found.sql}
        select value, count(*) from ${table.facets} where _op = $1 and _site = $2 and facet = $${facetValues.length}
        and id in (select doc from found) group by value order by count(*) desc, value`,
      values: facetValues,
    }
  })
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

/** The table `found (doc, score)` of all that matches; `$1` is the operator, `$2` the site. */
function matching(
  table: Table,
  scope: Scope,
  site: string,
  query: SearchQuery,
): { sql: string; values: readonly Parameter[] } {
  const values: Parameter[] = [scope.operator, site]
  const place = (value: Parameter) => `$${values.push(value)}`
  const scored = scoring(table, queryTokens(query.text), place)
  const filters = Object.entries(query.filters ?? {}).map(
    ([facet, wanted]) => `doc in (select id from ${table.facets} where _op = $1 and _site = $2
      and facet = ${place(facet)} and value = any(${place(wanted)}::text[]))`,
  )
  const where = filters.length === 0 ? '' : ` where ${filters.join(' and ')}`
  return { sql: `scored (doc, score) as (${scored}), found as (select doc, score from scored${where})`, values }
}

function scoring(table: Table, tokens: readonly string[], place: (value: Parameter) => string): string {
  if (tokens.length === 0) return `select _id, 0::bigint from ${table.name} where _op = $1 and _site = $2`
  const each = tokens.map(
    (token) => `select id, max(weight) as weight from ${table.tokens} where _op = $1 and _site = $2
      and token >= ${place(token)} and token < ${place(token + HIGHEST)} group by id`,
  )
  return `select id, sum(weight)::bigint from (${each.join(' union all ')}) as met
    group by id having count(*) = ${tokens.length}`
}
