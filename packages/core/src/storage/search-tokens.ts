import type { CollectionSearch } from '../ports/storage.ts'

/** Tokens of a text typed to search that count; the rest is ignored. */
export const MAX_QUERY_TOKENS = 12

/** Longer tokens are cut, in documents and in queries alike. */
const MAX_TOKEN_LENGTH = 64

const words = new Intl.Segmenter('und', { granularity: 'word' })
const accents = /[\u0300-\u036f]/g

/**
 * The words of a text as tokens, each once, in order: lower case, decomposed (NFKD) and without the accents of Latin, Greek
 * and Cyrillic letters, so that `Élève` is found by `eleve`. No stemming. All storages use this one function.
 */
export function searchTokens(text: string): string[] {
  const tokens = new Set<string>()
  for (const { segment, isWordLike } of words.segment(text.normalize('NFKC').toLowerCase())) {
    if (isWordLike) tokens.add(fold(segment))
  }
  tokens.delete('')
  return [...tokens]
}

/** The tokens of a text typed to search: a token that begins another one says nothing more and is left out. */
export function queryTokens(text: string): string[] {
  const tokens = searchTokens(text)
  return tokens
    .filter((token) => !tokens.some((other) => other !== token && other.startsWith(token)))
    .slice(0, MAX_QUERY_TOKENS)
}

/** What a document is found by. */
export interface SearchEntries {
  /** Each token, with the greatest weight of a field in which it stands; sorted by token. */
  readonly tokens: readonly (readonly [token: string, weight: number])[]
  /** Pairs of facet and value, each once, sorted. */
  readonly facets: readonly (readonly [facet: string, value: string])[]
}

/** The entries of a document, by what its collection declares. */
export function searchEntries(search: CollectionSearch<unknown>, body: unknown): SearchEntries {
  const weights = new Map<string, number>()
  for (const { text, weight } of search.fields(body)) {
    for (const token of searchTokens(text)) weights.set(token, Math.max(weight, weights.get(token) ?? 0))
  }
  const facets = Object.entries(search.facets?.(body) ?? {}).flatMap(([facet, values]) =>
    [...new Set(values)].sort().map((value) => [facet, value] as const),
  )
  return {
    tokens: [...weights].sort(([a], [b]) => (a < b ? -1 : 1)),
    facets: facets.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  }
}

function fold(word: string): string {
  return word.normalize('NFKD').replace(accents, '').slice(0, MAX_TOKEN_LENGTH)
}
