import type { Scope, SearchPage, SearchQuery, Stored } from '../ports/storage.ts'
import { encodeCursor, planSearch } from './adapter-list.ts'
import { siteOf } from './adapter-plan.ts'
import { compareText } from './compare-values.ts'
import { type MemoryRow, type MemoryTable, partitionOf } from './memory-data.ts'
import { SEARCH_REACH } from './search-reach.ts'
import { queryTokens } from './search-tokens.ts'

interface Match {
  readonly row: MemoryRow
  readonly id: string
  readonly score: number
}

/** A token of a document that begins with a token of the text. */
interface Entry {
  readonly row: MemoryRow
  readonly token: string
  readonly weight: number
}

/** One page of what a text finds. */
export function searchMemory(table: MemoryTable, scope: Scope, query: SearchQuery): SearchPage {
  const after = planSearch(table.collection, query)
  const partition = partitionOf(table, scope, siteOf(table.collection, scope))
  const found = matching([...partition.rows.values()], query).sort(byScore)
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

/** What is reached through the narrowest part of the query and meets all other parts. */
function matching(rows: readonly MemoryRow[], { text, filters = {} }: SearchQuery): Match[] {
  const filtered = rows.filter((row) => hasFacets(row, filters))
  const tokens = queryTokens(text)
  const lead = leadOf(rows, tokens, filters)
  if (lead === null) return filtered.flatMap((row) => matchOf(row, tokens))
  const reached = Map.groupBy(lead.entries, ({ row }) => row)
  const others = tokens.filter((token) => token !== lead.token)
  return filtered.flatMap((row) => {
    const entries = reached.get(row)
    return entries === undefined ? [] : matchOf(row, others, greatest(entries.map(({ weight }) => weight)) ?? 0)
  })
}

/** The token of which there are fewest entries, the first of equals; null where a filter has no more than it, or no text is. */
function leadOf(
  rows: readonly MemoryRow[],
  tokens: readonly string[],
  filters: NonNullable<SearchQuery['filters']>,
): { token: string; entries: readonly Entry[] } | null {
  const sizes = Object.entries(filters).map(([facet, values]) => facetEntries(rows, facet, values))
  const parts = tokens.map((token) => ({ token, entries: entriesOf(rows, token) }))
  const [first] = parts
  if (first === undefined) return null
  const lead = parts.reduce((least, part) => (sizeOf(part.entries) < sizeOf(least.entries) ? part : least), first)
  if (sizes.some((size) => size < sizeOf(lead.entries))) return null
  return { token: lead.token, entries: lead.entries.toSorted(byReach).slice(0, SEARCH_REACH) }
}

/** Nobody counts further than is reached. */
const sizeOf = (entries: readonly Entry[]): number => Math.min(entries.length, SEARCH_REACH + 1)

function entriesOf(rows: readonly MemoryRow[], token: string): Entry[] {
  return rows.flatMap((row) =>
    (row.search?.tokens ?? [])
      .filter(([own]) => own.startsWith(token))
      .map(([own, weight]) => ({ row, token: own, weight })),
  )
}

function facetEntries(rows: readonly MemoryRow[], facet: string, values: readonly string[]): number {
  const isWanted = ([own, value]: readonly [string, string]) => own === facet && values.includes(value)
  return rows.reduce((all, row) => all + (row.search?.facets ?? []).filter(isWanted).length, 0)
}

/** The word itself before longer ones; of one word what weighs most. */
function byReach(a: Entry, b: Entry): number {
  return compareText(a.token, b.token) || b.weight - a.weight || compareText(a.row.stored.id, b.row.stored.id)
}

function byScore(a: { score: number; id: string }, b: { score: number; id: string }): number {
  return b.score - a.score || compareText(a.id, b.id)
}

/** A row that meets all tokens: the sum of the greatest weight that each meets, and what it has already. */
function matchOf(row: MemoryRow, tokens: readonly string[], already = 0): Match[] {
  let score = already
  for (const token of tokens) {
    const weight = greatest(entriesOf([row], token).map((entry) => entry.weight))
    if (weight === null) return []
    score += weight
  }
  return [{ row, id: row.stored.id, score }]
}

const greatest = (weights: readonly number[]): number | null => (weights.length === 0 ? null : Math.max(...weights))

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
