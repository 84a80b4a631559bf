import {
  type CounterState,
  checkScope,
  HOLDS,
  type Ref,
  type Scope,
  type Stored,
  siteOf,
} from '@bursar/core/storage-adapter'
import type { Rows } from './database.ts'
import type { Parameter, Statement, TextRow } from './statement.ts'
import { qualified, quoted, ROW, type Table } from './table.ts'

/** A read as one statement, and how its rows answer it. */
export interface ReadPlan {
  readonly statement: Statement
  answers(rows: Rows): (Stored | CounterState | null)[]
}

/** The rows of a read say which part of it they answer, and by which key. */
const PART = 0
const ID = 1
const VERSION = 2

type Answer = (byPart: ReadonlyMap<string, TextRow>) => Stored | CounterState | null

/**
 * All refs in one statement, and so of one moment: a part for each collection, each unique key, and the counters. One id is
 * compared by itself: for `any($n)` of a list PostgreSQL reckons with ten, and before version 17 reads all rows of the operator
 * where they were few when it planned.
 */
export function planRead(
  schema: string,
  tableOf: (name: string) => Table,
  scope: Scope,
  refs: readonly Ref[],
): ReadPlan {
  checkScope(scope)
  const values: Parameter[] = []
  const parts: (() => string)[] = []
  const place = (value: Parameter) => `$${values.push(value)}`
  const operator = place(scope.operator)
  /** A condition on what is asked for by then. */
  const among = (column: string, wanted: readonly string[]) => {
    const [only] = wanted
    return wanted.length === 1 && only !== undefined
      ? `${column} = ${place(only)}`
      : `${column} = any(${place(wanted)}::text[])`
  }

  const byId = new Map<string, { part: number; ids: string[] }>()
  const counters: string[] = []
  const answers = refs.map((ref): Answer => {
    if ('counter' in ref) {
      counters.push(ref.counter)
      return (rows) => counterOf(ref.counter, rows.get(`c ${ref.counter}`))
    }
    if (ref.in === HOLDS.name) throw new TypeError('Holds are listed, not read.')
    const table = tableOf(ref.in)
    const site = siteOf(table.collection, scope)
    if ('unique' in ref) {
      const columns = uniqueColumns(table, ref.unique, ref.key.length)
      const part = parts.length
      const where = columns.map((column, index) => `${quoted(column)} = ${place(ref.key[index] ?? null)}`)
      const text = `select '${part}', _id, _v, _body from ${table.name} where _op = ${operator} and _site = ${place(site)} and ${where.join(' and ')}`
      parts.push(() => text)
      return (rows) => storedOf(ref.in, rows.get(`${part}`)?.slice(ID))
    }
    const group = byId.get(ref.in) ?? { part: parts.length, ids: [] }
    if (group.ids.length === 0) {
      byId.set(ref.in, group)
      const ids: string[] = group.ids
      parts.push(
        () =>
          `select '${group.part} ' || _id, ${ROW} from ${table.name} where _op = ${operator} and _site = ${place(site)} and ${among('_id', ids)}`,
      )
    }
    group.ids.push(ref.id)
    return (rows) => storedOf(ref.in, rows.get(`${group.part} ${ref.id}`)?.slice(ID))
  })
  if (counters.length > 0) {
    parts.push(
      () =>
        `select 'c ' || counter, used::text, held::int8, null from ${qualified(schema, '_counters')} where op = ${operator} and ${among('counter', counters)}`,
    )
  }
  return {
    statement: { text: parts.map((part) => part()).join(' union all '), values },
    answers([rows = []]) {
      const byPart = new Map(rows.map((row) => [row[PART] ?? '', row]))
      return answers.map((answer) => answer(byPart))
    },
  }
}

/** A document from a row of `ROW`. */
export function storedOf(collection: string, row: TextRow | undefined): Stored | null {
  if (row === undefined) return null
  const [id, version, body] = row
  return { in: collection, id: id ?? '', version: Number(version), body: JSON.parse(body ?? 'null') }
}

function counterOf(counter: string, row: TextRow | undefined): CounterState {
  return { counter, used: Number(row?.[ID] ?? 0), held: Number(row?.[VERSION] ?? 0) }
}

function uniqueColumns({ collection }: Table, key: string, length: number): readonly string[] {
  const columns = collection.unique.get(key)
  if (columns?.length === length) return columns
  throw new TypeError(`Collection "${collection.name}" declares no unique key "${key}" of ${length} columns.`)
}
