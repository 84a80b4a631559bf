import { SEARCH_WORDS, type SearchEntries, searchEntries } from '@bursar/core/storage-adapter'
import type { Table } from './table.ts'

/** Where a document stands. */
export interface Place {
  readonly operator: string
  readonly site: string
  readonly id: string
}

/** What is kept with a document ends so where its words are those of this version: older code keeps none, or another number. */
export const WORDS_END = `"words":${SEARCH_WORDS}}`

const NONE: SearchEntries = { tokens: [], facets: [] }

/**
 * Brings the entries of a document from those kept with it to those of its new body; answers what to keep. A null
 * body has none.
 */
export function writeSearchEntries(table: Table, place: Place, kept: string | null, body: unknown): string | null {
  const { search } = table.collection
  if (search === null) return null
  const entries = body === null ? NONE : searchEntries(search, body)
  const text = JSON.stringify({ ...entries, words: SEARCH_WORDS })
  if (text === kept) return kept
  // Only this function writes what is kept.
  const before = kept === null ? NONE : (JSON.parse(kept) as SearchEntries)
  removeEntries(table, place, before)
  insertEntries(table, place, entries)
  return text
}

function removeEntries(table: Table, { operator, site, id }: Place, { tokens, facets }: SearchEntries): void {
  for (const [token] of tokens) table.removeToken().run(operator, site, token, id)
  for (const [facet, value] of facets) table.removeFacet().run(operator, site, facet, value, id)
}

function insertEntries(table: Table, { operator, site, id }: Place, { tokens, facets }: SearchEntries): void {
  for (const [token, weight] of tokens) table.insertToken().run(operator, site, token, id, weight)
  for (const [facet, value] of facets) table.insertFacet().run(operator, site, facet, value, id)
}
