import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import {
  BoundedMap,
  type CompiledCollection,
  type CounterState,
  checkScope,
  HOLDS,
  type Ref,
  type Scope,
  type Stored,
  siteOf,
} from '@bursar/core/storage-adapter'
import { storedOf } from './list-documents.ts'
import { KEY_IN_ROW, quoted, ROW, type Table } from './table.ts'

type Answer = Stored | CounterState | null
/** In which row a document should be; null for what is found by an index. */
type Place = number | null
/** By the place in what was asked for. */
type Rows = ReadonlyMap<number, Record<string, SQLOutputValue>>

/** Reads documents and counters, in the order of what is asked for; null for a document that is not there. */
export type ReadDocuments = (scope: Scope, refs: readonly Ref[]) => Answer[]

/**
 * So many are read by one statement: a call of SQLite costs as much as the search that it is for. Where more are asked for,
 * what is read is of one moment only in a transaction.
 */
export const MOST_IN_STATEMENT = 8

/** Forms of reads whose statements are kept: those of use cases are some dozens. */
const MOST_FORMS = 200

/** Makes the reader of a database. */
export function documentReader(database: DatabaseSync, tableOf: (name: string) => Table): ReadDocuments {
  const statements = new BoundedMap<string, StatementSync>(MOST_FORMS)

  function statementOf(refs: readonly Ref[], places: readonly Place[]): StatementSync {
    const form = refs.map((ref, index) => formOf(ref, places[index] ?? null)).join(' ')
    const kept = statements.get(form)
    if (kept !== undefined) return kept
    const selects = refs.map((ref, index) => sqlOf(tableOf, ref, index, places[index] ?? null))
    const made = database.prepare(selects.join(' union all '))
    statements.set(form, made)
    return made
  }

  function rowsOf(scope: Scope, refs: readonly Ref[], places: readonly Place[]): Rows {
    const values = refs.flatMap((ref, index) => valuesOf(tableOf, scope, ref, places[index] ?? null))
    const rows = statementOf(refs, places).all(...values)
    return new Map(rows.map((row) => [Number(row.place), row]))
  }

  function readSome(scope: Scope, refs: readonly Ref[]): Answer[] {
    const places = refs.map((ref) => placeOf(tableOf, scope, ref))
    const found = rowsOf(scope, refs, places)
    const isSought = places.some((place, index) => place !== null && !found.has(index))
    // All of them anew, so that what is answered is of one moment.
    const rows = isSought ? rowsOf(scope, refs, refs.map(nowhere)) : found
    return refs.map((ref, index) => answerOf(ref, rows.get(index)))
  }

  return (scope, refs) => {
    checkScope(scope)
    const answers: Answer[] = []
    for (let first = 0; first < refs.length; first += MOST_IN_STATEMENT) {
      answers.push(...readSome(scope, refs.slice(first, first + MOST_IN_STATEMENT)))
    }
    return answers
  }
}

const nowhere = (): Place => null

function placeOf(tableOf: (name: string) => Table, scope: Scope, ref: Ref): Place {
  if (!('id' in ref)) return null
  const table = tableOf(ref.in)
  return table.rowOf(scope.operator, siteOf(table.collection, scope), ref.id)
}

/** What the text of a statement depends on. */
function formOf(ref: Ref, place: Place): string {
  if ('counter' in ref) return '#'
  if ('unique' in ref) return `${ref.in}.${ref.unique}`
  return place === null ? ref.in : `${ref.in}#`
}

function valuesOf(tableOf: (name: string) => Table, scope: Scope, ref: Ref, row: Place): (string | number)[] {
  if ('counter' in ref) return [scope.operator, ref.counter]
  if (ref.in === HOLDS.name) throw new TypeError('Holds are listed, not read.')
  const { collection } = tableOf(ref.in)
  const place = [scope.operator, siteOf(collection, scope)]
  if ('id' in ref) return row === null ? [...place, ref.id] : [row, ...place, ref.id]
  assertUnique(collection, ref.unique, ref.key.length)
  return [...place, ...ref.key]
}

function sqlOf(tableOf: (name: string) => Table, ref: Ref, index: number, row: Place): string {
  if ('counter' in ref) {
    return `select ${index} as place, null as id, used as version, held as body from _counters where op = ? and counter = ?`
  }
  const { collection } = tableOf(ref.in)
  const columns = 'id' in ref ? ['_id'] : (collection.unique.get(ref.unique) ?? [])
  const where = ['_op', '_site', ...columns].map((column) => `${quoted(column)} = ?`).join(' and ')
  return `select ${index} as place, ${ROW} from ${quoted(ref.in)} where ${row === null ? where : KEY_IN_ROW}`
}

function assertUnique(collection: CompiledCollection, key: string, length: number): void {
  if (collection.unique.get(key)?.length === length) return
  throw new TypeError(`Collection "${collection.name}" declares no unique key "${key}" of ${length} columns.`)
}

function answerOf(ref: Ref, row: Record<string, SQLOutputValue> | undefined): Answer {
  if ('counter' in ref) return { counter: ref.counter, used: Number(row?.version ?? 0), held: Number(row?.body ?? 0) }
  return row === undefined ? null : storedOf(ref.in, row)
}
