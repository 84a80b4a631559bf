import type { DatabaseSync } from 'node:sqlite'
import {
  type CollectionAdditions,
  type CollectionShape,
  type CompiledCollection,
  collectionAdditions,
  HOLDS,
  SEARCH_WORDS,
} from '@bursar/core/storage-adapter'
import { metaValue, placedRows, setMeta } from './meta.ts'
import { WORDS_END, writeSearchEntries } from './search-entries.ts'
import { brokenUniqueKey } from './sqlite-error.ts'
import { facetTable, makeTable, quoted, tokenTable } from './table.ts'

/** Version of the tables beside the collections. A file of another version is not touched. */
const FORMAT = 1

/** Documents whose columns are computed at a time, when a migration adds columns. */
const BACKFILL = 500

const BUILT_IN = `
  create table if not exists _meta (name text primary key, value integer not null) without rowid;
  create table if not exists _collections (name text primary key, shape text not null) without rowid;
  create table if not exists _counters (
    op text not null, counter text not null, used integer not null, held integer not null, primary key (op, counter)
  ) without rowid;
  create table if not exists _series (
    op text not null, series text not null, last integer not null, primary key (op, series)
  ) without rowid;
  create table if not exists _commits (
    op text not null, id text not null, answer text not null, primary key (op, id)
  ) without rowid;
  create table if not exists _jobs (
    id text primary key, op text not null, site text not null, queue text not null, key text, data text not null,
    enqueued_at text not null, run_at text not null, state text not null, attempt integer not null,
    token integer not null, leased_until text, worker text, error text, priority integer not null default 0,
    waits_for text not null default ''
  );
  create index if not exists _jobs_joined on _jobs (op, site, queue, key) where state = 'waiting' and key is not null;
  create index if not exists _jobs_leased on _jobs (leased_until) where state = 'leased';
  create index if not exists _jobs_parked on _jobs (id) where state = 'parked';
`

/** It took the place of those that could not tell apart what jobs wait for, and priorities. */
const LANES = `
  create index if not exists _jobs_waiting_for on _jobs (op, site, queue, waits_for, priority, run_at, id)
    where state = 'waiting';
  drop index if exists _jobs_lanes;
  drop index if exists _jobs_due;
  drop index if exists _jobs_waiting;
`

/** Makes what every file has. Must run in a transaction that writes. */
export function createBuiltIn(database: DatabaseSync): void {
  database.exec(BUILT_IN)
  addToJobs(database, 'priority', 'integer not null default 0')
  addToJobs(database, 'waits_for', "text not null default ''")
  database.exec(LANES)
  const format = metaValue(database, 'format')
  if (format === null) setMeta(database, 'format', FORMAT)
  else if (format !== FORMAT) {
    throw new TypeError(`This file has format ${format}; this version of Bursar reads format ${FORMAT} only.`)
  }
  migrateCollections(database, [HOLDS])
}

/** For files of before jobs had it; code of then goes on beside it, and knows nothing of it. */
function addToJobs(database: DatabaseSync, column: string, definition: string): void {
  const columns = database.prepare("select 1 from pragma_table_info('_jobs') where name = ?")
  if (columns.get(column) === undefined) database.exec(`alter table _jobs add column ${column} ${definition}`)
}

/** Counts the migrations that changed something, by whichever process. */
export function generationOf(database: DatabaseSync): number {
  return metaValue(database, 'generation') ?? 0
}

/** Makes room for collections; answers whether anything was to be done. Must run in a transaction that writes. */
export function migrateCollections(database: DatabaseSync, collections: readonly CompiledCollection[]): boolean {
  const changed = collections.filter((collection) => migrateOne(database, collection))
  if (changed.length > 0) setMeta(database, 'generation', generationOf(database) + 1)
  return changed.length > 0
}

/**
 * Proves that a file still is what these collections need, after another process has migrated it.
 *
 * @throws TypeError when it is not: newer code has added what this code would not fill.
 */
export function checkCollections(database: DatabaseSync, collections: Iterable<CompiledCollection>): void {
  for (const collection of collections) {
    const shape = shapeOf(database, collection.name)
    if (shape !== null) collectionAdditions(shape, collection.shape)
  }
}

function migrateOne(database: DatabaseSync, collection: CompiledCollection): boolean {
  const before = shapeOf(database, collection.name)
  const { shape } = collection
  if (before === null) createTable(database, collection)
  const additions = collectionAdditions(before ?? emptyShape(shape), shape)
  const isReworded = before?.search === true && metaValue(database, wordsOf(collection)) !== SEARCH_WORDS
  if (before !== null && !isReworded && !hasAny(additions)) {
    if (collection.search !== null) createSearchOrder(database, collection)
    return false
  }
  addColumns(database, collection, before === null ? [] : additions.columns)
  if (additions.search) createSearchTables(database, collection)
  if (collection.search !== null) createSearchOrder(database, collection)
  const isRewritten = additions.columns.length > 0 || additions.search || isReworded
  if (before !== null && isRewritten) backfill(database, collection, additions)
  if (collection.search !== null) watchWords(database, collection)
  createIndexes(database, collection, additions)
  database
    .prepare('insert into _collections values (?, ?) on conflict (name) do update set shape = excluded.shape')
    .run(collection.name, JSON.stringify(shape))
  return true
}

function shapeOf(database: DatabaseSync, name: string): CollectionShape | null {
  const row = database.prepare('select shape from _collections where name = ?').get(name)
  return row === undefined ? null : (JSON.parse(String(row.shape)) as CollectionShape) // written by migrateOne
}

function emptyShape(shape: CollectionShape): CollectionShape {
  return { ...shape, columns: [], unique: {}, indexes: {}, search: false }
}

function hasAny({ columns, unique, indexes, search }: CollectionAdditions): boolean {
  return search || columns.length + unique.length + indexes.length > 0
}

/** Columns have no type, so that texts stay texts and numbers numbers. */
function createTable(database: DatabaseSync, { name, columns }: CompiledCollection): void {
  const declared = columns.map((column) => `${quoted(column)},`).join(' ')
  database.exec(`create table ${quoted(name)} (
    _op text not null, _site text not null, _id text not null, _v integer not null, _body text not null,
    ${declared} _search text, primary key (_op, _site, _id)
  )`)
  // A table of before is left as it is: where its rows stand nobody can tell by their ids.
  setMeta(database, placedRows(name), 1)
}

function addColumns(database: DatabaseSync, { name }: CompiledCollection, columns: readonly string[]): void {
  for (const column of columns) database.exec(`alter table ${quoted(name)} add column ${quoted(column)}`)
}

function createSearchTables(database: DatabaseSync, collection: CompiledCollection): void {
  database.exec(`
    create table ${quoted(tokenTable(collection))} (
      _op text not null, _site text not null, token text not null, id text not null, weight integer not null,
      primary key (_op, _site, token, id)
    ) without rowid;
    create table ${quoted(facetTable(collection))} (
      _op text not null, _site text not null, facet text not null, value text not null, id text not null,
      primary key (_op, _site, facet, value, id)
    ) without rowid;
  `)
}

/** In this order a search reaches the entries of a token. Files of before searches had a bound have no such index. */
function createSearchOrder(database: DatabaseSync, collection: CompiledCollection): void {
  const tokens = tokenTable(collection)
  database.exec(`create index if not exists ${quoted(`${tokens}_order`)} on ${quoted(tokens)}
    (_op, _site, token, weight desc, id)`)
}

/** In `_meta`: of which number the words of a collection are. */
const wordsOf = ({ name }: CompiledCollection): string => `words:${name}`

/** Older code may go on beside this: where it writes words of its own, the next migration writes them anew. */
function watchWords(database: DatabaseSync, collection: CompiledCollection): void {
  const table = quoted(collection.name)
  const isOlder = `new._search is not null and new._search not like '%${WORDS_END}'`
  for (const [when, event] of [
    ['added', 'insert'],
    ['put', 'update of _search'],
  ]) {
    const trigger = quoted(`${collection.name}_words_${when}`)
    database.exec(`drop trigger if exists ${trigger};
      create trigger ${trigger} after ${event} on ${table} when ${isOlder}
      begin update _meta set value = 0 where name = '${wordsOf(collection)}'; end`)
  }
  setMeta(database, wordsOf(collection), SEARCH_WORDS)
}

function createIndexes(database: DatabaseSync, collection: CompiledCollection, additions: CollectionAdditions): void {
  const table = quoted(collection.name)
  for (const name of additions.unique) {
    const columns = (collection.unique.get(name) ?? []).map(quoted)
    try {
      database.exec(
        `create unique index ${quoted(`${collection.name}_unique_${name}`)} on ${table} (_op, _site, ${columns})`,
      )
    } catch (error) {
      if (brokenUniqueKey(error) === null) throw error
      throw new TypeError(
        `Collection "${collection.name}" cannot be migrated: documents break its unique key "${name}".`,
        { cause: error },
      )
    }
  }
  for (const name of additions.indexes) {
    const columns = (collection.indexes.get(name) ?? []).map(quoted)
    const isThere = columns.map((column) => `${column} is not null`).join(' and ')
    database.exec(
      `create index ${quoted(indexName(collection, name))} on ${table} (_op, _site, ${columns}, _id) where ${isThere}`,
    )
  }
}

/** Name of the index in the file. */
export function indexName(collection: CompiledCollection, index: string): string {
  return `${collection.name}_index_${index}`
}

/** Computes what was added for the documents that are there. */
function backfill(database: DatabaseSync, collection: CompiledCollection, additions: CollectionAdditions): void {
  const name = quoted(collection.name)
  const table = makeTable(database, collection)
  const added = additions.columns.map((column) => collection.columns.indexOf(column))
  const assigned = additions.columns.map((column) => `${quoted(column)} = ?`).join(', ')
  const next = database.prepare(
    `select rowid, _op, _site, _id, _body, _search from ${name} where rowid > ? order by rowid limit ${BACKFILL}`,
  )
  // The row after the last that a number of JavaScript holds may be taken.
  next.setReadBigInts(true)
  const update = assigned === '' ? null : database.prepare(`update ${name} set ${assigned} where rowid = ?`)
  const setSearch = database.prepare(`update ${name} set _search = ? where rowid = ?`)
  for (let rows = next.all(-1); rows.length > 0; rows = next.all(rows.at(-1)?.rowid ?? null)) {
    for (const row of rows) {
      const body: unknown = JSON.parse(String(row._body))
      const rowid = row.rowid ?? null
      const values = collection.columnValues(body)
      update?.run(...added.map((position) => values[position] ?? null), rowid)
      if (collection.search === null) continue
      const place = { operator: String(row._op), site: String(row._site), id: String(row._id) }
      const kept = row._search === null ? null : String(row._search)
      const search = writeSearchEntries(table, place, kept, body)
      if (search !== kept) setSearch.run(search, rowid)
    }
  }
}
