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
import { quoted, ROW, type Table } from './table.ts'

type Answer = Stored | CounterState | null

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

  function statementOf(refs: readonly Ref[]): StatementSync {
    const form = refs.map(formOf).join(' ')
    const kept = statements.get(form)
    if (kept !== undefined) return kept
    const made = database.prepare(refs.map((ref, place) => sqlOf(tableOf, ref, place)).join(' union all '))
    statements.set(form, made)
    return made
  }

  function readSome(scope: Scope, refs: readonly Ref[]): Answer[] {
    const values = refs.flatMap((ref) => valuesOf(tableOf, scope, ref))
    const rows = new Map(
      statementOf(refs)
        .all(...values)
        .map((row) => [Number(row.place), row]),
    )
    return refs.map((ref, place) => answerOf(ref, rows.get(place)))
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

/** What the text of a statement depends on. */
function formOf(ref: Ref): string {
  if ('counter' in ref) return '#'
  return 'id' in ref ? ref.in : `${ref.in}.${ref.unique}`
}

function valuesOf(tableOf: (name: string) => Table, scope: Scope, ref: Ref): (string | number)[] {
  if ('counter' in ref) return [scope.operator, ref.counter]
  if (ref.in === HOLDS.name) throw new TypeError('Holds are listed, not read.')
  const { collection } = tableOf(ref.in)
  const place = [scope.operator, siteOf(collection, scope)]
  if ('id' in ref) return [...place, ref.id]
  assertUnique(collection, ref.unique, ref.key.length)
  return [...place, ...ref.key]
}

function sqlOf(tableOf: (name: string) => Table, ref: Ref, place: number): string {
  if ('counter' in ref) {
    return `select ${place} as place, null as id, used as version, held as body from _counters where op = ? and counter = ?`
  }
  const { collection } = tableOf(ref.in)
  const columns = 'id' in ref ? ['_id'] : (collection.unique.get(ref.unique) ?? [])
  const where = ['_op', '_site', ...columns].map((column) => `${quoted(column)} = ?`)
  return `select ${place} as place, ${ROW} from ${quoted(ref.in)} where ${where.join(' and ')}`
}

function assertUnique(collection: CompiledCollection, key: string, length: number): void {
  if (collection.unique.get(key)?.length === length) return
  throw new TypeError(`Collection "${collection.name}" declares no unique key "${key}" of ${length} columns.`)
}

function answerOf(ref: Ref, row: Record<string, SQLOutputValue> | undefined): Answer {
  if ('counter' in ref) return { counter: ref.counter, used: Number(row?.version ?? 0), held: Number(row?.body ?? 0) }
  return row === undefined ? null : storedOf(ref.in, row)
}
