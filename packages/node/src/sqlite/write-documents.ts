import {
  answerKey,
  type ConflictReason,
  type DocumentChange,
  type Json,
  withNumber,
} from '@bursar/core/storage-adapter'
import { writeSearchEntries } from './search-entries.ts'
import { brokenUniqueKey } from './sqlite-error.ts'
import type { Table } from './table.ts'

/** What the writing of documents needs and gives. */
export interface DocumentWork {
  readonly operator: string
  readonly tableOf: (name: string) => Table
  readonly versions: Record<string, number>
  readonly numbers: Readonly<Record<string, number>>
}

/** Why which change failed. */
export type Refusal = { readonly index: number; readonly why: ConflictReason }

const ORDER = { remove: 0, put: 1, check: 2, insert: 3, append: 3 }

/**
 * Writes the documents of a commit: what lets go of unique keys goes before what takes them. Where several documents of
 * one collection are put, all let go first, so that two may swap theirs.
 */
export function writeDocuments(work: DocumentWork, documents: readonly DocumentChange[]): Refusal | null {
  if (documents.length > 1) {
    const refusal = freeSwapped(work, documents)
    if (refusal !== null) return refusal
  }
  const ordered = documents.length > 1 ? documents.toSorted(byKind) : documents
  for (const document of ordered) {
    const why = writeOne(work, document)
    if (why !== null) return { index: document.index, why }
  }
  return null
}

function byKind(a: DocumentChange, b: DocumentChange): number {
  return ORDER[a.change.do] - ORDER[b.change.do]
}

function freeSwapped(work: DocumentWork, documents: readonly DocumentChange[]): Refusal | null {
  const puts = documents.filter(({ change, collection }) => change.do === 'put' && collection.unique.size > 0)
  for (const { change, collection, site, index } of puts) {
    if (!('version' in change) || puts.filter((other) => other.collection === collection).length < 2) continue
    const table = work.tableOf(collection.name)
    const { changes } = table.freeUnique().run(work.operator, site, change.id, change.version)
    if (changes === 0) return { index, why: { why: 'version' } }
  }
  return null
}

function writeOne(work: DocumentWork, document: DocumentChange): ConflictReason | null {
  const table = work.tableOf(document.collection.name)
  try {
    return writeTo(table, work, document)
  } catch (error) {
    const key = brokenKey(table, error)
    if (key === null) throw error
    return { why: 'unique', key }
  }
}

function writeTo(table: Table, work: DocumentWork, document: DocumentChange): ConflictReason | null {
  const { change } = document
  switch (change.do) {
    case 'insert':
    case 'append':
      return insert(table, work, document, change)
    case 'put':
      return put(table, work, document, change)
    case 'remove':
      return remove(table, work, document, change)
    case 'check': {
      const found = table.check().get(work.operator, document.site, change.id, change.version)
      return found === undefined ? { why: 'version' } : null
    }
  }
}

type Write = { readonly in: string; readonly id: string; readonly body: Json }
type Versioned = { readonly in: string; readonly id: string; readonly version: number }

function insert(table: Table, work: DocumentWork, { site, collection }: DocumentChange, change: Write): null {
  const { operator } = work
  const body = numbered(work, collection.number, change)
  const search = writeSearchEntries(table, { operator, site, id: change.id }, null, body)
  const values = collection.columnValues(body)
  const row = table.rowOf(operator, site, change.id)
  table.insert().run(row, row, operator, site, change.id, 1, JSON.stringify(body), ...values, search)
  work.versions[answerKey(change)] = 1
  return null
}

function put(
  table: Table,
  work: DocumentWork,
  { site, collection }: DocumentChange,
  change: Write & Versioned,
): ConflictReason | null {
  const { operator } = work
  const { id, version } = change
  const body = numbered(work, collection.number, change)
  const values = collection.columnValues(body)
  const text = JSON.stringify(body)
  if (collection.search === null) {
    const row = table.rowOf(operator, site, id)
    const [same, place] = row === null ? [table.putSame(), []] : [table.putSameInRow(), [row]]
    const isSame = same.run(text, ...place, operator, site, id, version, ...values).changes !== 0
    if (!isSame && table.put().run(text, ...values, null, operator, site, id, version).changes === 0) {
      return { why: 'version' }
    }
  } else {
    const kept = keptSearch(table, work, site, change)
    if (kept === undefined) return { why: 'version' }
    const search = writeSearchEntries(table, { operator, site, id }, kept, body)
    table.put().run(text, ...values, search, operator, site, id, version)
  }
  work.versions[answerKey(change)] = version + 1
  return null
}

function remove(table: Table, work: DocumentWork, { site }: DocumentChange, change: Versioned): ConflictReason | null {
  const { operator } = work
  const { id, version } = change
  if (table.collection.search !== null) {
    const kept = keptSearch(table, work, site, change)
    if (kept === undefined) return { why: 'version' }
    writeSearchEntries(table, { operator, site, id }, kept, null)
  }
  return table.remove().run(operator, site, id, version).changes === 0 ? { why: 'version' } : null
}

/** The search entries kept with a document; undefined when there is none of this version. */
function keptSearch(
  table: Table,
  { operator }: DocumentWork,
  site: string,
  change: Versioned,
): string | null | undefined {
  const row = table.readSearch().get(operator, site, change.id, change.version)
  return row === undefined ? undefined : (row.search as string | null) // a text column
}

function numbered(work: DocumentWork, field: string | null, change: Write): Json {
  const value = field === null ? undefined : work.numbers[answerKey(change)]
  return value === undefined || field === null ? change.body : withNumber(change.body, field, value)
}

/** The name of the unique key that an error is about, `id` for the key of the table; null for any other error. */
function brokenKey({ collection }: Table, error: unknown): string | null {
  const columns = brokenUniqueKey(error)
  if (columns === null) return null
  for (const [key, names] of collection.unique) {
    const text = ['_op', '_site', ...names].map((column) => `${collection.name}.${column}`).join(', ')
    if (text === columns) return key
  }
  return columns === `${collection.name}._op, ${collection.name}._site, ${collection.name}._id` ? 'id' : null
}
