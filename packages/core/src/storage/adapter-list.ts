import { isStorable } from '../json/index.ts'
import type { Query, Scope, SearchQuery } from '../ports/storage.ts'
import type { CompiledCollection } from './adapter-collection.ts'
import { siteOf } from './adapter-plan.ts'

/** A query, checked against the collection that declares its index. */
export interface ListPlan {
  readonly site: string
  /** The columns that `equals` fixes. */
  readonly fixed: readonly string[]
  /** The columns after them, by which the list is ordered, before the id. */
  readonly ordered: readonly string[]
  readonly isDescending: boolean
  /** Values of `ordered`, then the id, of the last item seen. */
  readonly after: readonly (string | number)[] | null
}

/** Where a search goes on: score and id of the last item seen. */
export interface SearchPosition {
  readonly score: number
  readonly id: string
}

/**
 * Checks a query.
 *
 * @throws TypeError for a caller's mistake; RangeError for a cursor that is none of this query's.
 */
export function planList(collection: CompiledCollection, scope: Scope, query: Query): ListPlan {
  const columns = collection.indexes.get(query.index)
  if (columns === undefined) {
    throw new TypeError(`Collection "${collection.name}" declares no index "${query.index}".`)
  }
  checkLimit(query.limit)
  const fixed = columns.slice(0, query.equals.length)
  const ordered = columns.slice(query.equals.length)
  if (query.equals.length > columns.length || (query.range !== undefined && ordered.length === 0)) {
    throw new TypeError(`Index "${query.index}" of "${collection.name}" has ${columns.length} columns only.`)
  }
  return {
    site: siteOf(collection, scope),
    fixed,
    ordered,
    isDescending: query.order === 'desc',
    after: query.cursor === undefined ? null : positionOf(collection, ordered, query.cursor),
  }
}

/** Each value as its column has it. PostgreSQL writes numbers as texts. @throws RangeError */
function positionOf(collection: CompiledCollection, ordered: readonly string[], cursor: string): (string | number)[] {
  return decodeCursor(cursor, ordered.length + 1).map((value, index) => {
    const column = ordered[index]
    const isNumber = column !== undefined && collection.numbers.has(column)
    if (isNumber && value !== '' && Number.isFinite(Number(value))) return Number(value)
    if (isNumber || typeof value !== 'string') throw badCursor()
    return value
  })
}

/**
 * Checks a search, and answers where it goes on.
 *
 * @throws TypeError for a caller's mistake; RangeError for a cursor that is no search's.
 */
export function planSearch(collection: CompiledCollection, query: SearchQuery): SearchPosition | null {
  if (collection.search === null) throw new TypeError(`Collection "${collection.name}" declares no search.`)
  checkLimit(query.limit)
  if (query.cursor === undefined) return null
  const [score, id] = decodeCursor(query.cursor, 2)
  if (!Number.isSafeInteger(score) || typeof score !== 'number' || typeof id !== 'string') throw badCursor()
  return { score, id }
}

/** @throws TypeError for a limit outside 1 to 1,000. */
export function checkLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return
  throw new TypeError(`A limit is 1 to 1,000, not ${limit}.`)
}

/** A cursor of these values, in characters that a URL takes as they are. */
export function encodeCursor(values: readonly (string | number)[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(values))
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** @throws RangeError when it is not a cursor of so many values. */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  const values = parseCursor(cursor)
  if (!Array.isArray(values) || values.length !== length || !values.every(isValue)) throw badCursor()
  return values
}

function parseCursor(cursor: string): unknown {
  try {
    const text = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0))))
  } catch {
    throw badCursor()
  }
}

/** What a database would refuse is no value that a cursor was made of. */
function isValue(value: unknown): value is string | number {
  return typeof value === 'string' ? isStorable(value) : Number.isFinite(value)
}

function badCursor(): RangeError {
  return new RangeError('This cursor is none of this query.')
}
