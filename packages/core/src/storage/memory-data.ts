import type { Enqueued } from '../ports/job-queue.ts'
import type { Committed, CounterState, Json, Scope, Stored } from '../ports/storage.ts'
import { type ColumnValue, type CompiledCollection, HOLDS } from './adapter-collection.ts'
import type { MemoryJob } from './memory-job.ts'
import { type SearchEntries, searchEntries } from './search-tokens.ts'

/** All that memory storages keep; two storages made on the same data are two handles of one storage. */
export interface MemoryData {
  readonly tables: Map<string, MemoryTable>
  readonly counters: Map<string, CounterState>
  readonly series: Map<string, number>
  /** Answers of the commits that had an id. */
  readonly answers: Map<string, Committed>
  readonly jobs: Map<string, MemoryJob>
  readonly listeners: Set<(enqueued?: readonly Enqueued[]) => void>
}

/** The documents of one collection, by scope. */
export interface MemoryTable {
  collection: CompiledCollection
  /** By operator, then site; the site is empty in an operator's collection. */
  readonly partitions: Map<string, Map<string, MemoryPartition>>
}

/** The documents of one collection in one scope. */
export interface MemoryPartition {
  readonly rows: Map<string, MemoryRow>
  /** By name of the unique key: which id has which values. */
  readonly unique: Map<string, Map<string, string>>
  /** Rows in the order of an index, kept until the next write. */
  readonly sorted: Map<string, readonly MemoryRow[]>
}

/** A document with what it is found by. */
export interface MemoryRow {
  readonly stored: Stored
  readonly values: readonly ColumnValue[]
  readonly search: SearchEntries | null
}

/** Undoes what a commit did so far; the last step first. */
export type Undo = (() => void)[]

/** Memory with nothing in it, to make several storages on. */
export function memoryData(): MemoryData {
  return {
    tables: new Map([[HOLDS.name, { collection: HOLDS, partitions: new Map() }]]),
    counters: new Map(),
    series: new Map(),
    answers: new Map(),
    jobs: new Map(),
    listeners: new Set(),
  }
}

/** A key of two parts that no other two parts have. */
export function keyOf(first: string, second: string): string {
  return `${first.length}:${first}${second}`
}

/** The documents of a collection in a scope. */
export function partitionOf(table: MemoryTable, scope: Scope, site: string): MemoryPartition {
  const own = table.partitions.get(scope.operator) ?? new Map<string, MemoryPartition>()
  const existing = own.get(site)
  if (existing !== undefined) return existing
  const partition: MemoryPartition = { rows: new Map(), unique: new Map(), sorted: new Map() }
  table.partitions.set(scope.operator, own.set(site, partition))
  return partition
}

/** A row for a body. */
export function rowOf(collection: CompiledCollection, id: string, version: number, body: Json): MemoryRow {
  const kept = frozen(body)
  return {
    stored: Object.freeze({ in: collection.name, id, version, body: kept }),
    values: collection.columnValues(kept),
    search: collection.search === null ? null : searchEntries(collection.search, kept),
  }
}

/** Puts a row in its place, or takes it away; unique keys are the caller's to move. */
export function setRow(partition: MemoryPartition, id: string, row: MemoryRow | null, undo: Undo): void {
  const before = partition.rows.get(id)
  replace(partition, id, row ?? undefined)
  undo.push(() => replace(partition, id, before))
}

function replace(partition: MemoryPartition, id: string, row: MemoryRow | undefined): void {
  partition.sorted.clear()
  if (row === undefined) partition.rows.delete(id)
  else partition.rows.set(id, row)
}

/** The values of a unique key as text, or null where one is null. */
function uniqueText(collection: CompiledCollection, columns: readonly string[], row: MemoryRow): string | null {
  const values: ColumnValue[] = []
  for (const column of columns) {
    const value = row.values[collection.columns.indexOf(column)] ?? null
    if (value === null) return null
    values.push(value)
  }
  return JSON.stringify(values)
}

/** Takes the unique keys of a row; answers the name of one that another row has, or null. */
export function takeUnique(table: MemoryTable, partition: MemoryPartition, row: MemoryRow, undo: Undo): string | null {
  for (const [name, columns] of table.collection.unique) {
    const text = uniqueText(table.collection, columns, row)
    if (text === null) continue
    const taken = partition.unique.get(name) ?? new Map<string, string>()
    partition.unique.set(name, taken)
    if (taken.has(text)) return name
    taken.set(text, row.stored.id)
    undo.push(() => taken.delete(text))
  }
  return null
}

/** Lets go of the unique keys of a row. */
export function freeUnique(table: MemoryTable, partition: MemoryPartition, row: MemoryRow, undo: Undo): void {
  for (const [name, columns] of table.collection.unique) {
    const text = uniqueText(table.collection, columns, row)
    const taken = partition.unique.get(name)
    if (text === null || taken === undefined) continue
    taken.delete(text)
    undo.push(() => taken.set(text, row.stored.id))
  }
}

/**
 * The value, frozen to the ground. The same object, unless it has members that are undefined, which JSON cannot say:
 * then a copy without them.
 */
export function frozen(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return frozenArray(value)
  // Json's only other object is the record.
  return frozenObject(value as { readonly [name: string]: Json | undefined })
}

function frozenArray(value: readonly Json[]): Json {
  const isSame = value.every((item) => frozen(item) === item)
  return Object.freeze(isSame ? value : value.map(frozen))
}

function frozenObject(value: { readonly [name: string]: Json | undefined }): Json {
  for (const name of Object.keys(value)) {
    const member = value[name]
    if (member === undefined || frozen(member) !== member) return Object.freeze(withoutUndefined(value))
  }
  return Object.freeze(value)
}

function withoutUndefined(value: { readonly [name: string]: Json | undefined }): Json {
  const kept = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [[name, frozen(member)] as const],
  )
  return Object.fromEntries(kept)
}
