import type { CollectionSearch } from '../ports/storage.ts'
import { shortenMarks } from './shorten-marks.ts'

/** Tokens of a text typed to search that count; the rest is ignored. */
export const MAX_QUERY_TOKENS = 12

/** Longer tokens are cut, in documents and in queries alike. */
const MAX_TOKEN_LENGTH = 64

/**
 * Counts the changes of {@link searchTokens}: a storage that keeps tokens remembers of which number they are, and its migration
 * writes those of a lower one anew.
 */
export const SEARCH_WORDS = 2

const words = new Intl.Segmenter('und', { granularity: 'word' })

/** The segmenter takes what they join for one word: `l’économie` is found by `économie`, `snake_case` by `case`. */
const joints = /['\u2018\u2019\u02bc_]/g

/**
 * Accents of Latin, Greek and Cyrillic letters; points and signs of vowels of Hebrew and Arabic, and the stroke that stretches
 * Arabic words, which nobody types to search; what is invisible, as soft hyphens. Marks of other scripts are letters.
 */
const marks =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\p{Cf}]/gu

/** Letters that are no base and accent, as they are written where a keyboard lacks them; and the sigma of a word's end. */
const letters: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ı', 'i'],
  ['ς', 'σ'],
])
const special = new RegExp(`[${[...letters.keys()].join('')}]`, 'g')

/**
 * The words of a text as tokens, each once, in order: lower case, decomposed (NFKD) and without accents, so that `Élève` is
 * found by `eleve`, `Straße` by `strasse` and `L’école` by `école`. No stemming. All storages use this one function.
 */
export function searchTokens(text: string): string[] {
  const tokens = new Set<string>()
  const plain = shortenMarks(text).normalize('NFKC').toLowerCase().replace(joints, ' ')
  for (const { segment, isWordLike } of words.segment(plain)) {
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
  const plain = word.normalize('NFKD').replace(marks, '')
  return plain.replace(special, (letter) => letters.get(letter) ?? letter).slice(0, MAX_TOKEN_LENGTH)
}
